"""One value or one row of a plan, looked at by itself; and how many rows a copy has, table by table.

    count_rows(plan, *, subjects) -> tuple[tuple[PlannedTable, int], ...]
    value_at(plan, *, label, row, field) -> str
    row_at(plan, *, label, row) -> tuple[tuple[str, str], ...]
    hash_at(plan, *, label, row, field) -> str

    rows_through(plan, *, records) -> Iterator[tuple[str, UUID]]

All run in the current reading; `value_at` and `row_at` open, charged to whom the row is directly about.
"""

import hashlib
from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.db import connection

from commonweal.foundations.exporting.rows import in_words
from commonweal.foundations.personal_data.declarations import Category
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.personal_data.subjects.plan import Plan, PlannedColumn, PlannedTable
from commonweal.foundations.personal_data.subjects.reaching import reach
from commonweal.foundations.scope.scopes import current_scope


class NoSuchRow(LookupError):
    """The row is gone."""


def count_rows(plan: Plan, *, subjects: Collection[UUID]) -> tuple[tuple[PlannedTable, int], ...]:
    """Each table that belongs in a copy, with the number of rows of these subjects and of their records."""
    values = reach(plan, subjects)
    found = []
    for table in plan.tables:
        if table.is_collected:
            with connection.cursor() as cursor:
                cursor.execute(f"select count(*) from {table.table} t where {table.statements.rows}", values)
                found.append((table, int(cursor.fetchone()[0])))
    return tuple(found)


def rows_through(plan: Plan, *, records: Collection[UUID]) -> Iterator[tuple[str, UUID]]:
    """These records themselves and the rows that belong to them, by label and id; nothing is opened."""
    for table in plan.tables:
        declared = table.declaration
        if not (table.is_collected and declared.is_owned):
            continue
        names = [declared.key, *([declared.through] if declared.through else [])]
        where = " or ".join(f't."{name}" = any(%(records)s)' for name in names)
        with connection.cursor() as cursor:
            cursor.execute(
                f'select t."{declared.key}" from {table.table} t'
                f" where t.organisation_id = %(organisation)s and ({where})",
                {"organisation": current_scope().organisation, "records": list(records)},
            )
            yield from ((table.label, row) for (row,) in cursor.fetchall())


def is_shown(_label: str, column: PlannedColumn) -> bool:
    """Whether a column belongs in what a person is given: never which member of staff did it (practice: the trace)."""
    return column.is_copied and column.category is not Category.WORK


def value_at(plan: Plan, *, label: str, row: UUID, field: str) -> str:
    """One sealed value, opened. Raises NoSuchRow."""
    column = next(column for column in plan.table(label).columns if column.name == field)
    return _opened(plan.table(label), (column,), row)[0][1]


def row_at(plan: Plan, *, label: str, row: UUID) -> tuple[tuple[str, str], ...]:
    """The shown columns of a row that have a value, with their values as text. Raises NoSuchRow."""
    table = plan.table(label)
    columns = tuple(column for column in table.columns if is_shown(label, column))
    return tuple((name, text) for name, text in _opened(table, columns, row) if text)


def hash_at(plan: Plan, *, label: str, row: UUID, field: str = "") -> str:
    """The SHA-256 of a value, or of the shown columns of a row, as they lie in the database; empty when it is gone.

    Nothing is opened, and of a sealed text nothing can be guessed from it: it is another once the text is written anew.
    """
    table = plan.table(label)
    columns = [one for one in table.columns if (one.name == field if field else is_shown(label, one))]
    held = _held(table, tuple(columns), row)
    if held is None:
        return ""
    content = [bytes(value) if isinstance(value, memoryview) else value for value in held[:-1]]
    return hashlib.sha256(repr(content).encode()).hexdigest()


def _opened(table: PlannedTable, columns: tuple[PlannedColumn, ...], row: UUID) -> list[tuple[str, str]]:
    found = _held(table, columns, row)
    if found is None:
        raise NoSuchRow
    return [
        (column.name, _as_text(table, column, value, row, found[-1] or row))
        for column, value in zip(columns, found[:-1], strict=True)
    ]


def _held(table: PlannedTable, columns: tuple[PlannedColumn, ...], row: UUID) -> tuple[Any, ...] | None:
    """The columns of a row as they lie in the database, and whom it is directly about."""
    declared = table.declaration
    whose = f't."{declared.subject}"' if table.is_own else "null::uuid"
    wanted = ", ".join(f't."{column.name}"' for column in columns)
    where = f't."{declared.key}" = %s' + (" and t.organisation_id = %s" if declared.is_owned else "")
    asked: list[UUID | int] = [row, current_scope().organisation] if declared.is_owned else [row]
    with connection.cursor() as cursor:
        cursor.execute(f"select {wanted}, {whose} from {table.table} t where {where}", asked)
        found: tuple[Any, ...] | None = cursor.fetchone()
    return found


def _as_text(table: PlannedTable, column: PlannedColumn, value: Any, row: UUID, subject: UUID) -> str:
    if value is None or not column.is_sealed:
        return in_words(value)
    (text,) = current_reading().open_column(
        [value], label=f"{table.label}.{column.name}", rows=[row], subjects=[subject]
    )
    return text or ""
