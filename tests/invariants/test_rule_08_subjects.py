"""Rule 8: what refers to a person's record is in the plan of people, and erasing by plan never meets a foreign key."""

import pytest

from commonweal.foundations.personal_data.declarations import SubjectKind
from commonweal.foundations.personal_data.subjects.plan import Plan, plan_for
from tests.keepers.tables import Reference, index_columns, references, tables

PERSON = plan_for(SubjectKind.PERSON)


def outside(plan: Plan, found: list[Reference], owned: set[str]) -> set[str]:
    """Tables of an organisation that refer to the plan's, directly or by further tables, and are not in it."""
    known = {table.table for table in plan.tables}
    missing: set[str] = set()
    while led := {one.table for one in found if one.target in known | missing} & owned - known - missing:
        missing |= led
    return missing


def met(plan: Plan, found: list[Reference]) -> list[str]:
    """References that stop an erasure: the row that is named would go first, and what names it would not let go."""
    place = {table.table: number for number, table in enumerate(plan.tables)}
    kept = {table.table for table in plan.tables if table.kept is not None}
    emptied = {(table.table, name) for table in plan.tables for name in table.statements.emptied}
    return [
        one.name
        for one in found
        if one.target in place.keys() - kept
        and one.table != one.target
        and (place.get(one.table, -1) < place[one.target] or one.table in kept)
        and not any((one.table, column) in emptied for column in one.columns)
    ]


@pytest.mark.django_db
def test_every_table_that_refers_to_a_persons_record_is_in_the_plan_of_people() -> None:
    owned = {table.name for table in tables() if table.is_isolated}
    assert {"cases_case", "forms_submission", "cases_clockpause"} <= {table.table for table in PERSON.tables}
    assert outside(PERSON, references(), owned) == set()


@pytest.mark.django_db
def test_an_erasure_by_plan_never_meets_a_foreign_key() -> None:
    assert met(PERSON, references()) == []


def test_a_table_that_nobody_declared_is_noticed() -> None:
    near = Reference("near", "made_near", "cases_case", ("organisation_id", "case_id"), ("organisation_id", "id"))
    far = Reference("far", "made_far", "made_near", ("organisation_id", "near_id"), ("organisation_id", "id"))
    assert outside(PERSON, [far, near], {"made_near", "made_far", "cases_case"}) == {"made_near", "made_far"}
    assert met(PERSON, [near]) == ["near"]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [SubjectKind.PERSON, SubjectKind.DRAFT])
def test_whose_a_row_is_and_where_it_belongs_are_indexed(kind: SubjectKind) -> None:
    """So that a copy takes as long in a database of a million people as in one of ten thousand."""
    first = {(table, columns[1]) for table, columns in index_columns() if len(columns) > 1}
    missing = [
        f"{table.table}.{name}"
        for table in plan_for(kind).tables
        for name in ({table.declaration.subject} if table.is_own else set()) | {table.declaration.through}
        if name and name != table.declaration.key and (table.table, name) not in first
    ]
    assert missing == [], missing
