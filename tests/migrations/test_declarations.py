"""Rule 11: what older versions stored of services is still read, whole, by this one."""

import json

import pytest
from pydantic import create_model

from commonweal.capabilities.catalogue.queries.declarations import Service
from tests.keepers.declarations import faults_of, lost_in, recorded


@pytest.mark.parametrize("name", recorded())
def test_a_stored_declaration_is_read_and_nothing_of_it_is_lost(name: str) -> None:
    stored = recorded()[name]
    assert list(faults_of(stored, Service)) == []
    read = Service.model_validate_json(stored)
    assert list(lost_in(json.loads(stored), json.loads(read.model_dump_json()))) == []


def test_something_was_recorded() -> None:
    assert recorded()


class TestTheHarnessBites:
    """What would break whoever began under an older version."""

    def test_a_part_that_must_be_given_now(self) -> None:
        stricter = create_model("Stricter", __base__=Service, colour=(str, ...))
        assert [list(faults_of(stored, stricter)) for stored in recorded().values()] == [
            ["colour: Field required"] for _stored in recorded()
        ]

    def test_a_part_that_is_no_more(self) -> None:
        for stored in recorded().values():
            before = json.dumps({**json.loads(stored), "colour": "red"})
            assert list(faults_of(before, Service)) == ["colour: Extra inputs are not permitted"]

    def test_a_part_that_is_read_as_something_else(self) -> None:
        assert list(lost_in({"a": [{"b": 1}], "c": 2}, {"a": [{"b": 2}], "d": 3})) == [".a[0].b", ".c"]
        assert list(lost_in({"a": [1]}, {"a": [1, 2]})) == [".a"]
        assert list(lost_in({"a": 1}, {"a": 1, "b": 2})) == []
