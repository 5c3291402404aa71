"""Rows of a table as tuples, batch by batch, by a cursor that the server keeps: memory does not grow with them."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from django.db import connection
from psycopg.types.string import TextLoader

from commonweal.foundations.personal_data.subjects.plan import PlannedColumn, PlannedTable
from commonweal.foundations.personal_data.subjects.reaching import Values

AT_ONCE = 2000

_AS_TEXT = ("uuid", "date", "timestamptz")
"""Types that are written as PostgreSQL prints them: making Python values of them takes longer than all the rest."""


def batches(
    table: PlannedTable,
    columns: Sequence[PlannedColumn],
    condition: str,
    values: Values,
    *,
    beside: str = "",
    is_written: bool = False,
) -> Iterator[list[tuple[Any, ...]]]:
    """The values of `columns`, then the row's id and whose the row is, of rows under a condition on `t`, by id.

    Whose it is: the person the row is directly about, else the first of the subjects. Rows to be written have ids and
    dates as text.
    """
    declared = table.declaration
    whose = f'coalesce(t."{declared.subject}", %(first)s)' if table.is_own else "%(first)s::uuid"
    wanted = ", ".join([*(f't."{column.name}"' for column in columns), f't."{declared.key}"', whose])
    statement = f'select {wanted} from {table.table} t {beside} where {condition} order by t."{declared.key}"'
    named = {**values, "first": next(iter(values["subjects"]), None)}
    with connection.cursor() as cursor:
        _load(cursor, is_written=is_written)
        cursor.execute(f"{statement} limit {AT_ONCE + 1}", named)
        found = cursor.fetchall()
    if len(found) <= AT_ONCE:
        if found:
            yield found
        return
    with connection.cursor() as cursor:
        cursor.execute("select set_config('cursor_tuple_fraction', '1', true)")
    with closing(connection.chunked_cursor()) as cursor:
        _load(cursor, is_written=is_written)
        cursor.execute(statement, named)
        while batch := cursor.fetchmany(AT_ONCE):
            yield batch


def _load(cursor: Any, *, is_written: bool) -> None:
    for name in _AS_TEXT if is_written else ():
        cursor.adapters.register_loader(name, TextLoader)
