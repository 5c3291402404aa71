"""Rows of any table, made by raw SQL under the application's login, to try the walls between organisations with.

Django's connection is asked for its own psycopg connection, since the guard of rule 6 refuses writes outside actions.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any
from uuid import uuid4

import psycopg
from django.db import connection

from tests.keepers.tables import Reference, references

Cursor = psycopg.Cursor[Any]
NOBODY = "00000000-0000-7000-8000-000000000000"

_VALUES: dict[str, Any] = {
    "uuid": uuid4,
    "bigint": lambda: 1,
    "integer": lambda: 1,
    "smallint": lambda: 1,
    "boolean": lambda: False,
    "bytea": lambda: uuid4().bytes,
    "text": lambda: uuid4().hex,
    "character varying": lambda: uuid4().hex,
    "date": lambda: "2026-11-02",
    "timestamp with time zone": lambda: "2026-11-02T09:00:00+00:00",
    "jsonb": lambda: "{}",
    "numeric": lambda: 1,
}


@contextmanager
def raw_cursor() -> Iterator[Cursor]:
    """A cursor of the application's login, in the transaction of the test."""
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        yield cursor


def enter(cursor: Cursor, organisation: int | None) -> None:
    """Set the organisation of the transaction, as a scope does; None takes it away as the end of a scope does."""
    written = "" if organisation is None else str(organisation)
    readable = "" if organisation is None else f"{{{organisation}}}"
    cursor.execute(
        "select set_config('commonweal.organisation', %s, true), set_config('commonweal.organisations', %s, true)",
        [written, readable],
    )


@contextmanager
def attempt(cursor: Cursor) -> Iterator[None]:
    """A savepoint that is always rolled back: nothing tried in it lasts."""
    cursor.execute("savepoint attempt")
    try:
        yield
    finally:
        cursor.execute("rollback to savepoint attempt")


def insert_any(
    cursor: Cursor,
    table: str,
    *,
    organisation: int,
    given: Mapping[str, Any] = MappingProxyType({}),
    only: Collection[str] | None = None,
) -> dict[str, Any]:
    """Insert a row with something in every required column, and the rows it refers to; returns what was put in.

    `only` leaves out the columns that an older version did not know.
    """
    values = dict(given)
    for name, kind, in_array, length in _required(cursor, table):
        if only is not None and name not in only:
            continue
        value = [] if in_array else _VALUES[kind]()
        values.setdefault(name, value[:length] if isinstance(value, str) else value)
    if "organisation_id" in _columns(cursor, table):
        values["organisation_id"] = organisation
    for reference in references():
        if reference.table == table:
            _point(cursor, reference, values, given, organisation)
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join(["%s"] * len(values))
    cursor.execute(f'insert into "{table}" ({names}) values ({marks})', list(values.values()))
    return values


def _point(
    cursor: Cursor, reference: Reference, values: dict[str, Any], given: Mapping[str, Any], organisation: int
) -> None:
    """Let a required reference point at a row made for it; an optional one stays empty."""
    pairs = dict(zip(reference.columns, reference.target_columns, strict=True))
    pairs.pop("organisation_id", None)
    if any(column in given for column in pairs) or not any(column in values for column in pairs):
        return
    if reference.target == "organisations_organisation":
        values.update(dict.fromkeys(pairs, organisation))
        return
    made = insert_any(cursor, reference.target, organisation=organisation)
    values.update({column: made[target] for column, target in pairs.items()})


def _required(cursor: Cursor, table: str) -> list[tuple[str, str, bool, int]]:
    cursor.execute(
        "select attname, format_type(coalesce(nullif(typelem, 0), atttypid), null), typcategory = 'A',"
        " case when format_type(atttypid, null) = 'character varying' then atttypmod - 4 else 32 end"
        " from pg_attribute join pg_type t on t.oid = atttypid where attrelid = %s::regclass and attnum > 0"
        " and attnotnull and not atthasdef and attidentity = '' and not attisdropped",
        [table],
    )
    return cursor.fetchall()


def _columns(cursor: Cursor, table: str) -> set[str]:
    cursor.execute("select attname from pg_attribute where attrelid = %s::regclass and attnum > 0", [table])
    return {name for (name,) in cursor.fetchall()}
