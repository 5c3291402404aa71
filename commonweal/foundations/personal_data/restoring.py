"""After a restore from a backup, replace the backup's keys with those of the newest export."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from commonweal.foundations.personal_data import exports, installation, ledger
from commonweal.foundations.personal_data.exports import ExportError, Header
from commonweal.foundations.personal_data.ledger import Line
from commonweal.foundations.personal_data.wrapping import Keyring

_KEY = "id, organisation_id, scope, holder, retention_class, wrapped, wrapped_by, made_at"
_ERASURE = "id, organisation_id, at, holder, is_whole, classes, keys, wrapped_by, action, plan"
_WIDTH = len(_ERASURE.split(","))
"""Lines of older exports lack the plan at their end."""

_MERGE = (
    "insert into personal_data_erasure select * from exported_erasure on conflict (id) do nothing",
    # Keys made after the export stand in no ledger; the operator said to keep those, or there are none.
    "delete from personal_data_datakey where id not in (select id from newer_key)",
    "insert into personal_data_datakey select * from exported_key"
    " on conflict (organisation_id, holder, scope, retention_class) do nothing",
    "delete from personal_data_datakey where id in (select unnest(keys) from personal_data_erasure)",
    "delete from personal_data_searchtoken token using personal_data_erasure line"
    " where line.is_whole and token.organisation_id = line.organisation_id and token.row = line.holder"
    " and not exists (select from personal_data_datakey key"
    " where key.organisation_id = line.organisation_id and key.holder = line.holder)",
)
"""The tables of an export are made like the tables they go into, columns in the same order."""


@dataclass(frozen=True)
class Restored:
    """What a restore did: the keys there are, those of the backup that are gone, and the lines of the ledger."""

    keys: int
    gone: int
    erasures: int


def restore_keys(owner: BaseDatabaseWrapper, ring: Keyring, path: Path, *, is_keeping_newer: bool = False) -> Restored:
    """Replace the key table by the export's, replay the erasure ledger, and let the data be served again.

    Killed at any point it is run again: the data may not be served until all is done. Raises ExportError.
    """
    header = exports.verify(path, ring)
    with transaction.atomic(using=owner.alias), owner.cursor() as cursor:
        cursor.execute("lock table personal_data_datakey, personal_data_erasure in access exclusive mode")
        _load(cursor, path)
        _refuse_older(cursor, header, path)
        _find_newer(cursor, ring, path, is_keeping=is_keeping_newer)
        cursor.execute("select id into temp backup_key from personal_data_datakey")
        for statement in _MERGE:
            cursor.execute(statement)
        _merge_retired(cursor, header)
        cursor.execute(
            "select (select count(*) from personal_data_datakey),"
            " (select count(*) from backup_key where id not in (select id from personal_data_datakey))"
        )
        keys, gone = cursor.fetchone()
        cursor.execute("drop table exported_key, exported_erasure, newer_key, backup_key")
    erasures = ledger.replay(_lines(owner))
    with owner.cursor() as cursor:
        installation.settle(cursor)
    return Restored(keys, gone, erasures)


def _load(cursor: Any, path: Path) -> None:
    cursor.execute("create temp table exported_key (like personal_data_datakey)")
    cursor.execute("create temp table exported_erasure (like personal_data_erasure)")
    with cursor.copy(f"copy exported_key ({_KEY}) from stdin") as copy:
        for *place, wrapped, wrapped_by, made_at in exports.read_lines(path, "key"):
            copy.write_row([*place, bytes.fromhex(wrapped), wrapped_by, made_at])
    with cursor.copy(f"copy exported_erasure ({_ERASURE}) from stdin") as copy:
        for line in exports.read_lines(path, "erasure"):
            copy.write_row([*line, ""][:_WIDTH])
    cursor.execute("analyze exported_key, exported_erasure")


def _refuse_older(cursor: Any, header: Header, path: Path) -> None:
    """The export must be of this installation, and know every erasure and every retired key that the data knows."""
    if header.installation != installation.id_of(cursor):
        raise ExportError(f"The key export {path} is of another installation: take the newest one of this.")
    cursor.execute(
        "select exists (select from personal_data_erasure where id not in (select id from exported_erasure))"
        " or exists (select from personal_data_retiredkey where name <> all(%s::text[]))",
        [[name for name, *_moments in header.retired]],
    )
    if cursor.fetchone()[0]:
        raise ExportError(
            f"The key export {path} is older than the data and does not know all that was erased: take the newest one."
        )


def _find_newer(cursor: Any, ring: Keyring, path: Path, *, is_keeping: bool) -> None:
    """Keys that the backup has, the export has not, and nobody erased: they were made after the export.

    Drafts are left out: their keys die without a line in the ledger, so that nobody could tell.
    """
    cursor.execute(
        "select id into temp newer_key from personal_data_datakey where id not in (select id from exported_key)"
        " and id not in (select unnest(keys) from exported_erasure) and scope <> 'draft' and wrapped_by = any(%s)",
        [list(ring.keys)],
    )
    cursor.execute("select count(*) from newer_key")
    (newer,) = cursor.fetchone()
    if newer and not is_keeping:
        raise ExportError(
            f"The key export {path} is older than the data: {newer} keys were made after it, and what they seal would "
            "be lost. Take the newest export, or add --keep-newer to keep those keys as the backup has them."
        )


def _merge_retired(cursor: Any, header: Header) -> None:
    cursor.executemany(
        "insert into personal_data_retiredkey (name, made_at, retired_at, destroyed_at) values (%s, %s, %s, %s)"
        " on conflict (name) do update set destroyed_at ="
        " coalesce(personal_data_retiredkey.destroyed_at, excluded.destroyed_at)",
        list(header.retired),
    )


def _lines(owner: BaseDatabaseWrapper) -> Iterator[Line]:
    with owner.cursor() as cursor:
        cursor.execute(
            "select id, organisation_id, at, holder, is_whole, classes, plan from personal_data_erasure order by at, id"
        )
        for identity, organisation, at, holder, is_whole, classes, plan in cursor.fetchall():
            yield Line(identity, organisation, at, holder, is_whole, tuple(classes), plan)
