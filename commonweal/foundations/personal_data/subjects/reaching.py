"""Which records are somebody's, or go with an erasure: a few ids, asked for table by table with parents first."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from commonweal.foundations.personal_data.subjects.plan import Plan
from commonweal.foundations.scope.scopes import current_scope

Values = dict[str, Any]


@dataclass(frozen=True)
class Gone:
    """What an erasure is about.

    `people`: they themselves and their rows that belong to no record. `records`: these records and all that belongs to
    them, whomever it is about. `within`: rows directly about `people`, and about those in `about` who stay themselves,
    inside these records of others, which stay otherwise. `is_everywhere`: inside any record, and rows whose own ids are
    among `records`, as the ledger names them.
    """

    people: Collection[UUID] = ()
    records: Collection[UUID] = ()
    within: Collection[UUID] = ()
    about: Collection[UUID] = ()
    is_everywhere: bool = False


def reach(plan: Plan, subjects: Collection[UUID]) -> Values:
    """The values of the statements about these subjects, with the ids of their records and of what belongs to those."""
    values: Values = {"organisation": current_scope().organisation, "subjects": list(subjects)}
    _follow(plan, values, "of", lambda table: table.statements.reached)
    return values


def records_of(plan: Plan, *, subjects: Collection[UUID]) -> Iterator[tuple[str, UUID]]:
    """The records of these subjects that belong to no other: the label of the table, and the id; for an erasure."""
    values = reach(plan, subjects)
    for table in plan.records:
        if not table.declaration.through and table.kept is None and not table.declaration.is_self(plan.kind):
            yield from ((table.label, record) for record in values.get(f"of_{table.label}", ()))


def reach_gone(plan: Plan, gone: Gone, *, is_locking: bool = True) -> Values:
    """The values of the statements of an erasure; locks the rows that others point at, which will go."""
    locking = " for update" if is_locking else ""
    values: Values = {
        "organisation": current_scope().organisation,
        "people": list(gone.people),
        "about": list({*gone.people, *gone.about}),
        "lone": list(set(gone.about) - set(gone.people)),
        "records": list(gone.records),
        "within": list(gone.within),
        "everywhere": gone.is_everywhere,
    }
    _follow(plan, values, "within", lambda table: table.statements.inside if gone.within else "")
    _follow(plan, values, "gone", lambda table: table.statements.gone and table.statements.gone + locking)
    return values


def _follow(plan: Plan, values: Values, which: str, statement: Any) -> None:
    every: list[UUID] = []
    values[f"{which}_all"] = every
    for table in plan.records:
        found = _ids(statement(table), values)
        values[f"{which}_{table.label}"] = found
        if table.statements.reached:
            every += found


def _ids(statement: str, values: Values) -> list[UUID]:
    if not statement:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [found for (found,) in cursor.fetchall()]
