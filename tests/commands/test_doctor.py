"""`commonweal doctor` holds the numbers of the worklists against the cases, and says what to do."""

import pytest
from django.db import connections

from commonweal.capabilities.cases.tasks import mend_tallies
from commonweal.conftest import Cast, apply_for_permit
from commonweal.frontends.cli.checking import examine_tallies


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
