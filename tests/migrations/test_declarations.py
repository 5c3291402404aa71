"""Rule 11: what older versions stored of services is still read, whole, by this one."""

import json

import pytest
from pydantic import create_model

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.older import as_now
from commonweal.capabilities.catalogue.queries.services import parse
from tests.keepers.declarations import faults_of, lost_in, recorded


@pytest.mark.parametrize("name", recorded())
def test_a_stored_declaration_is_read_and_nothing_of_it_is_lost(name: str) -> None:
    stored = as_now(recorded()[name])
    assert list(faults_of(stored, Service)) == []
    assert list(lost_in(stored, json.loads(parse(recorded()[name]).model_dump_json()))) == []


def test_something_was_recorded() -> None:
    assert recorded()


def test_the_one_clock_of_before_is_the_first_of_now() -> None:
    before = recorded()["missed_collection-d529b7c3.json"]["case"]["clock"]
    clock = parse(recorded()["missed_collection-d529b7c3.json"]).case.clocks[0]
    assert (clock.working_days, clock.words.en) == (before["working_days"], before["words"]["en"])


class TestTheHarnessBites:
    """What would break whoever began under an older version."""

    def test_a_part_that_must_be_given_now(self) -> None:
        stricter = create_model("Stricter", __base__=Service, colour=(str, ...))
        for stored in recorded().values():
            assert list(faults_of(as_now(stored), stricter)) == ["colour: Field required"]

    def test_a_part_that_is_no_more(self) -> None:
        for stored in recorded().values():
            before = {**as_now(stored), "colour": "red"}
            assert list(faults_of(before, Service)) == ["colour: Extra inputs are not permitted"]

    def test_a_part_that_was_called_otherwise(self) -> None:
        unread = faults_of(recorded()["missed_collection-d529b7c3.json"], Service)
        assert list(unread) == ["case.clocks: Field required", "case.clock: Extra inputs are not permitted"]

    def test_a_part_that_is_read_as_something_else(self) -> None:
        assert list(lost_in({"a": [{"b": 1}], "c": 2}, {"a": [{"b": 2}], "d": 3})) == [".a[0].b", ".c"]
        assert list(lost_in({"a": [1]}, {"a": [1, 2]})) == [".a"]
        assert list(lost_in({"a": 1}, {"a": 1, "b": 2})) == []
