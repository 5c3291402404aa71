"""`commonweal doctor` looks at the data as well, and says what to do about what is wrong."""

from typing import Any

import pytest
from django.db import connections

from commonweal.capabilities.cases.tasks import mend_tallies
from commonweal.capabilities.organisations.tasks import seal_audit_log
from commonweal.conftest import Cast, apply_for_permit
from commonweal.foundations.tasks.dispatcher import dispatch_all
from commonweal.frontends.cli.findings import examine_deliveries, examine_seals, examine_tallies


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_wrong_numbers_are_told_and_mended_as_it_says(cast: Cast) -> None:
    apply_for_permit(cast)
    owner = connections["owner"]
    owner.ensure_connection()
    assert examine_tallies(owner.connection).is_well
    with owner.cursor() as cursor:
        cursor.execute("update cases_tally set n = n + 2")
    wrong = examine_tallies(owner.connection)
    assert not wrong.is_well
    assert wrong.sentence.startswith("1 of the numbers on worklists are wrong: restart the worker")
    mend_tallies()
    assert examine_tallies(owner.connection).is_well


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_case_that_was_left_out_is_noticed(cast: Cast) -> None:
    apply_for_permit(cast)
    with connections["owner"].cursor() as cursor:
        cursor.execute("delete from cases_tally")
    assert not examine_tallies(connections["owner"].connection).is_well


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
class TestWhatLagsBehind:
    """Each is well while it is young, also while nothing was ever sealed or delivered."""

    @pytest.fixture
    def owner(self, cast: Cast) -> Any:
        apply_for_permit(cast)
        connections["owner"].ensure_connection()
        return connections["owner"].connection

    def test_an_end_of_the_log_that_nobody_seals(self, owner: Any) -> None:
        assert examine_seals(owner).is_well
        owner.execute("update audit_entry set at = at - interval '90 minutes'")
        assert "has waited for its seal for 90 minutes: see that a worker" in examine_seals(owner).sentence
        while seal_audit_log():
            pass
        assert examine_seals(owner).is_well

    def test_an_event_that_nobody_delivers(self, owner: Any) -> None:
        owner.execute("update events_outgoing set at = at - interval '1 day', next_at = next_at - interval '1 day'")
        assert "An event has waited for 1,440 minutes" in examine_deliveries(owner).sentence
        dispatch_all()
        assert examine_deliveries(owner).is_well

    def test_an_event_that_fails_shows_at_once(self, owner: Any) -> None:
        dispatch_all()
        owner.execute("update events_outgoing set delivered_at = null, attempts = 1, error = 'ConnectionError'")
        assert not examine_deliveries(owner).is_well
        assert "`commonweal events list` says why" in examine_deliveries(owner).sentence
