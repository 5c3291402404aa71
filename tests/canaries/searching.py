"""Where canaries are looked for: a dump table by table, the database's own files, sessions, and every other file."""

import json
import re
from collections.abc import Iterable
from pathlib import Path

from django.contrib.sessions.backends.base import SessionBase

from tests.canaries.encodings import find, find_unbroken
from tests.stack.stack import Stack

_COPY = re.compile(rb'^COPY public\.(?P<table>"?\w+"?) .*? FROM stdin;\n(?P<rows>.*?)^\\\.$', re.MULTILINE | re.DOTALL)


def tables_of(dump: bytes) -> dict[str, bytes]:
    """The rows of each table of a dump, as `pg_dump` writes them."""
    return {found["table"].decode().strip('"'): found["rows"] for found in _COPY.finditer(dump)}


def tables_holding(dump: bytes, canary: str) -> set[str]:
    """In which tables of the dump a canary lies."""
    return {table for table, rows in tables_of(dump).items() if find(rows, [canary])}


def sessions(stack: Stack, store: type[SessionBase]) -> bytes:
    """What the sessions hold as a `store` unpacks them: they are packed, so a dump shows nothing of them."""
    rows = stack.database.rows("select session_data from django_session")
    return "\n".join(json.dumps(store().decode(data), ensure_ascii=False) for (data,) in rows).encode()


def found_in_files(stack: Stack, canaries: Iterable[str]) -> list[str]:
    """Canaries in the files of a stack: logs, notes, keys; the database's own files apart."""
    left_out = {stack.server.place.data, stack.folder / "static"}
    files = [path for path in _files_below(stack.folder) if not left_out & set(path.parents)]
    return [f"{path}: {canary}" for path in files for canary in find(_read_if_there(path), canaries)]


def found_in_database_files(stack: Stack, canaries: Iterable[str]) -> list[str]:
    """Canaries in what the database keeps on its disk: tables, indexes, and the log of every change."""
    stack.database.change("checkpoint")
    return [
        f"{path}: {canary}"
        for path in _files_below(stack.server.place.data)
        for canary in find_unbroken(_read_if_there(path).rstrip(b"\0"), canaries)
    ]


def _read_if_there(path: Path) -> bytes:
    """A running server removes files between a listing and a reading of it: its caches, a log it recycles."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _files_below(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]
