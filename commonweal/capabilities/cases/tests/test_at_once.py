"""A button that is pressed twice at the same moment: it counts once, and nobody meets an error."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from commonweal.capabilities.cases.actions.asking import answer_question
from commonweal.capabilities.cases.actions.bereavement import record_death
from commonweal.capabilities.cases.actions.moving import move
from commonweal.capabilities.cases.actions.saving import save_filter
from commonweal.capabilities.cases.queries.filters import Filter
from commonweal.capabilities.cases.tests.permits import row_of
from commonweal.conftest import Cast, Report, apply_for_permit

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def eight_times(work: Callable[[], object]) -> list[object]:
    """What each of eight at once was answered."""

    def answered(_number: int) -> object:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(answered, range(8)))


def test_a_death_is_recorded_once_and_each_is_told_so(cast: Cast, report: Report) -> None:
    reference = report(cast.rosa)
    eight_times(
        lambda: record_death(
            cast.priya,
            organisation=cast.leeds,
            reference=reference,
            died_on=None,
            told_by="Her son, on the phone",
            certainty="told",
        )
    )


def test_an_answer_is_sent_once_and_each_is_told_that_it_counts(cast: Cast) -> None:
    reference = apply_for_permit(cast)
    case = row_of(cast, reference)
    usual: dict[str, Any] = {"organisation": cast.leeds, "case": case.id, "revision": case.revision}
    move(cast.priya, **usual, to="ask", question="Which gate is yours?")
    eight_times(lambda: answer_question(cast.rosa, organisation=cast.leeds, reference=reference, text="The green one"))
    assert row_of(cast, reference).stage == "received"


def test_a_filter_is_kept_once(cast: Cast) -> None:
    kept = eight_times(lambda: save_filter(cast.priya, organisation=cast.leeds, name="Mine", asked=Filter()))
    assert len(set(kept)) == 1
