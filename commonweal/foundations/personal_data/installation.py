"""Which installation this is, and whether its data may be served. A restored backup alone may not.

The row that names the installation also says where its tables lie: the server, the database and the table itself, as
PostgreSQL numbers them. What pg_restore makes lies somewhere else, so it shows. A copy of the whole server's files
shows by the newest key export, which knows of erasures and rotations that the copy does not.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from django.db import connection

PLACE = (
    "(select system_identifier::text from pg_control_system())"
    " || '/' || (select oid::text from pg_database where datname = current_database())"
    " || '/' || 'personal_data_installation'::regclass::oid::text"
)
RESTORED = (
    "This database was restored from a backup and still holds what was erased since: run `commonweal keys restore` "
    "with the newest key export before anything serves."
)


class NotServable(Exception):
    """The data was restored and the newest keys were not: nothing opens, nothing starts."""


class Cursor(Protocol):
    """What Django's cursors and psycopg's have in common."""

    def execute(self, statement: Any, values: Any = None) -> Any: ...

    def fetchone(self) -> Any: ...

    def fetchall(self) -> Any: ...


@dataclass(frozen=True)
class Known:
    """What a key export says of the installation it was made from."""

    installation: UUID
    erasures: Mapping[int, int]
    retired: frozenset[str]


@dataclass
class _Home:
    """What this process found out: a process that serves does not ask again."""

    at: set[str] = field(default_factory=set)


_home = _Home()


def refuse_moved() -> None:
    """Raises NotServable when the tables lie elsewhere than the installation's row says. Asked once by each process."""
    name = str(connection.settings_dict["NAME"])
    if name in _home.at:
        return
    with connection.cursor() as cursor:
        if is_moved(cursor):
            raise NotServable(RESTORED)
    _home.at.add(name)


def is_moved(cursor: Cursor) -> bool:
    """Whether the installation's row names another place than the one it lies in. Emptied tables name none."""
    cursor.execute(f"select place <> {PLACE} from personal_data_installation")  # noqa: S608 a constant
    row = cursor.fetchone()
    return row is not None and bool(row[0])


def id_of(cursor: Cursor) -> UUID | None:
    """The random id of this installation: the same in every backup of it. None when its tables were emptied."""
    cursor.execute("select id from personal_data_installation")
    row = cursor.fetchone()
    return None if row is None else UUID(str(row[0]))


def identify(cursor: Cursor) -> UUID:
    """The id of this installation, given by the owner when its tables were emptied."""
    cursor.execute(
        "insert into personal_data_installation (id, place)"  # noqa: S608 a constant
        f" select gen_random_uuid(), {PLACE} where not exists (select from personal_data_installation)"
    )
    found = id_of(cursor)
    assert found is not None
    return found


def is_behind(cursor: Cursor, known: Known) -> bool:
    """Whether the export knows erasures or retired keys that the data does not. Needs an open transaction."""
    if known.installation != id_of(cursor):
        return False
    cursor.execute("select name from personal_data_retiredkey")
    if known.retired - {name for (name,) in cursor.fetchall()}:
        return True
    return any(count < known.erasures[body] for body, count in _count_erasures(cursor, known.erasures).items())


def settle(cursor: Cursor) -> None:
    """Say that the tables lie where they should: the end of a restore, by the owner."""
    cursor.execute(f"update personal_data_installation set place = {PLACE}")  # noqa: S608 a constant


def _count_erasures(cursor: Cursor, bodies: Mapping[int, int]) -> dict[int, int]:
    readable = "{" + ",".join(map(str, bodies)) + "}"
    cursor.execute("select set_config('commonweal.organisations', %s, true)", [readable])
    cursor.execute(
        "select body, (select count(*) from personal_data_erasure where organisation_id = body)"
        " from unnest(%s::bigint[]) as body",
        [list(bodies)],
    )
    return {int(body): int(count) for body, count in cursor.fetchall()}


def exports_file(folder: Path, installation: UUID) -> Path:
    """Where the newest key export of an installation lies: never where another's would be overwritten."""
    return folder / f"{installation}.keys"
