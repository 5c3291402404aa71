"""Rule 11: what the version that landed last reads and writes still works on the schema of this one."""

from copy import deepcopy

import pytest

from commonweal.conftest import Cast
from tests.keepers.rows import attempt, enter, insert_any, raw_cursor
from tests.keepers.schema import Schema, faults_between, recorded, schema
from tests.keepers.tables import tables


@pytest.fixture
def previous(db: None) -> Schema:
    found = recorded()
    if found is None:
        pytest.skip("No version has landed yet: there is nothing older to test.")
    return found


def test_the_previous_version_finds_what_it_reads_and_writes(previous: Schema) -> None:
    assert list(faults_between(previous, schema())) == []


def test_the_previous_version_still_inserts(previous: Schema, cast: Cast) -> None:
    """It gives the columns that it knew it had to give, and no others."""
    owned = {table.name for table in tables() if table.is_isolated and not table.is_partition}
    with raw_cursor() as cursor:
        for table in sorted(owned & previous.keys()):
            known = {name for name, column in previous[table].items() if column["must_be_given"]}
            enter(cursor, cast.leeds)
            with attempt(cursor):
                insert_any(cursor, table, organisation=cast.leeds, only=known)


class TestTheHarnessBites:
    OLD: Schema = {"people_person": {"id": {"type": "uuid", "must_be_given": True}}}

    @pytest.mark.parametrize(
        ("change", "fault"),
        [
            ({}, "people_person is gone"),
            ({"people_person": {}}, "people_person.id is gone"),
            (
                {"people_person": {"id": {"type": "bigint", "must_be_given": True}}},
                "people_person.id was uuid and is bigint",
            ),
            (
                {"people_person": {**OLD["people_person"], "born": {"type": "date", "must_be_given": True}}},
                "people_person.born is new and must be given",
            ),
        ],
    )
    def test_what_the_old_code_would_miss(self, change: Schema, fault: str) -> None:
        assert list(faults_between(self.OLD, change)) == [fault]

    def test_a_column_that_must_be_given_now(self) -> None:
        old = deepcopy(self.OLD)
        old["people_person"]["id"]["must_be_given"] = False
        assert list(faults_between(old, self.OLD)) == ["people_person.id must be given now"]

    def test_what_it_can_live_with(self) -> None:
        new = deepcopy(self.OLD)
        new["people_person"]["born"] = {"type": "date", "must_be_given": False}
        new["cases_case"] = {"id": {"type": "uuid", "must_be_given": True}}
        assert list(faults_between(self.OLD, new)) == []
