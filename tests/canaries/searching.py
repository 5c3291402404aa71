"""Where canaries are looked for: a dump table by table, the database's own files, sessions, and every other file."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.contrib.sessions.backends.base import SessionBase

from tests.canaries.encodings import find
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
    return list(_found_below(stack.folder, canaries, but_for={stack.server.place.data, stack.folder / "static"}))


def found_in_database_files(stack: Stack, canaries: Iterable[str]) -> list[str]:
    """Canaries in what the database keeps on its disk: tables, indexes, and the log of every change."""
    stack.database.change("checkpoint")
    return list(_found_below(stack.server.place.data, canaries, but_for=set()))


def _found_below(folder: Path, canaries: Iterable[str], *, but_for: set[Path]) -> Iterator[str]:
    wanted = list(canaries)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not but_for & set(path.parents):
            yield from (f"{path}: {canary}" for canary in find(path.read_bytes(), wanted))
