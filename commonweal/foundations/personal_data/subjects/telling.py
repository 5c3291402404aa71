"""What an erasure would do, field by field, before anybody decides; the same words tell what it did.

    tally(plan, *, gone) -> tuple[Told, ...]

Runs in a query's scope or an action's; changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from commonweal.foundations.errors import Words
from commonweal.foundations.personal_data.declarations import Category, Ground
from commonweal.foundations.personal_data.subjects.plan import Outcome, Plan, PlannedTable
from commonweal.foundations.personal_data.subjects.reaching import Gone, Values, reach_gone


@dataclass(frozen=True)
class Told:
    """What happens, or happened, to one field of `rows` rows. `ground` and `words` say why it is kept."""

    label: str
    field: str
    category: Category | None
    why: str
    outcome: Outcome
    ground: Ground | None
    words: Words
    rows: int


@dataclass(frozen=True)
class Staying:
    """Rows that would stay behind and are about somebody who goes."""

    label: str
    rows: int


def tally(plan: Plan, *, gone: Gone) -> tuple[Told, ...]:
    """What `erase` would do: of each table it meets, the outcome of each field that says something about somebody."""
    values = reach_gone(plan, gone, is_locking=False)
    return told(plan, count(plan, values))


def stays(plan: Plan, *, gone: Gone) -> tuple[Staying, ...]:
    """What keeps these people from going: rows about them in records that stay. Empty when nothing does."""
    return staying(plan, reach_gone(plan, gone, is_locking=False))


def is_left(plan: Plan, *, gone: Gone) -> bool:
    """Whether there is anything that `erase` would take."""
    counts = count(plan, reach_gone(plan, gone, is_locking=False))
    return any(counts[table.label] for table in plan.tables if table.kept is None)


def count(plan: Plan, values: Values) -> dict[str, int]:
    """How many rows of each table are met."""
    return {table.label: count_rows(table, values) for table in plan.tables}


def count_rows(table: PlannedTable, values: Values) -> int:
    """How many rows of a table are met."""
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table.table} t where {table.statements.going}", values)
        return int(cursor.fetchone()[0])


def staying(plan: Plan, values: Values) -> tuple[Staying, ...]:
    asked = [table.statements.staying for table in plan.tables if table.statements.staying]
    if not asked or not values["people"]:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(asked), values)
        return tuple(Staying(label, rows) for label, rows in cursor.fetchall())


def told(plan: Plan, counts: Mapping[str, int]) -> tuple[Told, ...]:
    """The outcomes of the tables that were met."""
    return tuple(
        Told(
            label=table.label,
            field=column.name,
            category=column.category,
            why=column.why,
            outcome=column.outcome,
            ground=table.kept.ground if table.kept else None,
            words=table.kept.words if table.kept else "",
            rows=counts[table.label],
        )
        for table in plan.tables
        if counts.get(table.label)
        for column in table.columns
        if column.category is not None or table.declaration.kind is None
    )
