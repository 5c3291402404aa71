"""Key exports: the wrapped data keys and the erasure ledger at one moment, apart from the data; no key that wraps.

A file of lines of JSON: a header, the ledger, the keys, and at the end a keyed hash of it all, under the current
key-encryption key: a file that was cut short or altered shows.
"""

import hmac
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data import installation
from commonweal.foundations.personal_data.installation import Known, NotServable
from commonweal.foundations.personal_data.wrapping import Keyring

FORMAT = "commonweal key export 1"

_LINES = (
    "copy (select json_build_object('erasure', json_build_array(id, organisation_id, at, holder, is_whole, classes,"
    " keys, wrapped_by, action, plan)) from personal_data_erasure order by id) to stdout",
    "copy (select json_build_object('key', json_build_array(id, organisation_id, scope, holder, retention_class,"
    " encode(wrapped, 'hex'), wrapped_by, made_at)) from personal_data_datakey) to stdout",
)


class ExportError(Exception):
    """The key export is missing, damaged, too old, or another installation's; the sentence says what to do."""


@dataclass(frozen=True)
class Header:
    """The first line of an export. `erasures` counts the ledger's lines of each organisation."""

    installation: UUID
    made_at: datetime
    current: str
    keys: int
    erasures: dict[int, int]
    retired: tuple[tuple[str, str | None, str, str | None], ...]
    """Retired key-encryption keys: name, and when it was made, retired and destroyed."""

    def known(self) -> Known:
        return Known(self.installation, self.erasures, frozenset(name for name, *_moments in self.retired))

    def line(self) -> bytes:
        document = {**vars(self), "installation": str(self.installation), "made_at": self.made_at.isoformat()}
        return json.dumps({"format": FORMAT, **document}).encode() + b"\n"


def write_export(owner: BaseDatabaseWrapper, ring: Keyring, path: Path) -> Header:
    """Write an export to `path`, whole or not at all, as the owner; replaces an older one of the same installation.

    Raises NotServable on data that was restored and left so, and ExportError when `path` holds something else.
    """
    with _snapshot(owner) as cursor:
        header = _header(cursor, ring)
        _refuse_replacing(cursor, path, header)
        half = path.with_name(f".{path.name}.half")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        half.unlink(missing_ok=True)
        try:
            _write(half, header, cursor, ring)
            half.rename(path)
        finally:
            half.unlink(missing_ok=True)
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return header


def read_header(path: Path) -> Header:
    """The first line of an export. Raises ExportError when there is none."""
    try:
        with path.open("rb") as file:
            document = json.loads(file.readline())
        if document.pop("format") != FORMAT:
            raise ValueError
        return Header(
            UUID(document["installation"]),
            datetime.fromisoformat(document["made_at"]),
            document["current"],
            document["keys"],
            {int(body): count for body, count in document["erasures"].items()},
            tuple((name, made, retired, destroyed) for name, made, retired, destroyed in document["retired"]),
        )
    except FileNotFoundError:
        raise ExportError(
            f"The key export {path} is missing: take the newest one from where it is kept; nothing restored may serve "
            "without it."
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ExportError(
            f"{path} is not a key export, or is damaged: put the newest one in its place. Only where this database was "
            "never restored from a backup, delete that file and run `commonweal keys export`."
        ) from None


def verify(path: Path, ring: Keyring) -> Header:
    """Read an export to its end. Raises ExportError unless it is whole and of this keyring."""
    header = read_header(path)
    if header.current not in ring.keys:
        raise ExportError(
            f"The key export {path} was made before the keyring's last rotation and opens nothing: take the newest one."
        )
    digest, end = _digest(ring, header.current), b""
    with path.open("rb") as file:
        for line in file:
            if end:
                digest.update(end)
            end = line
    if end.strip() != json.dumps({"end": digest.hexdigest()}).encode():
        raise ExportError(f"The key export {path} was cut short or altered: take another copy of the newest one.")
    return header


def read_lines(path: Path, kind: str) -> Iterator[list[Any]]:
    """The ledger's lines ("erasure") or the keys ("key") of an export that was verified."""
    with path.open("rb") as file:
        file.readline()
        for line in file:
            document = json.loads(line)
            if kind in document:
                yield document[kind]


@contextmanager
def _snapshot(owner: BaseDatabaseWrapper) -> Iterator[Any]:
    with transaction.atomic(using=owner.alias), owner.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read")
        yield cursor


def _header(cursor: Any, ring: Keyring) -> Header:
    if installation.is_moved(cursor):
        raise NotServable(installation.RESTORED)
    cursor.execute("select count(*) from personal_data_datakey")
    (count,) = cursor.fetchone()
    cursor.execute("select organisation_id, count(*) from personal_data_erasure group by 1 order by 1")
    erasures = dict(cursor.fetchall())
    cursor.execute("select name, made_at, retired_at, destroyed_at from personal_data_retiredkey order by retired_at")
    retired = tuple((name, *(_iso(moment) for moment in moments)) for name, *moments in cursor.fetchall())
    return Header(installation.identify(cursor), now(), ring.current, count, erasures, retired)


def _refuse_replacing(cursor: Any, path: Path, header: Header) -> None:
    if not path.exists():
        return
    there = read_header(path)
    if there.installation != header.installation:
        raise ExportError(f"{path} is the key export of another installation: name another file.")
    if installation.is_behind(cursor, there.known()):
        raise NotServable(f"{path} knows erasures that this database does not: run `commonweal keys restore` first.")


def _write(half: Path, header: Header, cursor: Any, ring: Keyring) -> None:
    digest = _digest(ring, header.current)
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(header.line())
        digest.update(header.line())
        for statement in _LINES:
            with cursor.copy(statement) as copy:
                copy.set_types(["text"])
                for (text,) in copy.rows():
                    line = text.encode() + b"\n"
                    file.write(line)
                    digest.update(line)
        file.write(json.dumps({"end": digest.hexdigest()}).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _digest(ring: Keyring, name: str) -> "hmac.HMAC":
    key = hmac.new(ring.keys[name], FORMAT.encode(), sha256).digest()
    return hmac.new(key, digestmod=sha256)


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
