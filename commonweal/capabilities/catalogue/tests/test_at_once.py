"""Several designers at the same moment: one of them is heard, the others are told, and nothing is made twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from commonweal.capabilities.catalogue.actions import keep_draft, make_live, make_live_again, offer_service
from commonweal.capabilities.catalogue.queries.designing import draft, versions
from commonweal.capabilities.catalogue.tests.declared import SMALLEST, changed
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.errors import Refusal

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
NAME = "lost_property"


def eight_times(work: Callable[[int], object]) -> list[str]:
    """What each was told; empty for whoever was heard."""

    def told(number: int) -> str:
        try:
            work(number)
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(8) as pool:
        return sorted(pool.map(told, range(8)))


def test_a_draft_goes_live_once(cast: Cast) -> None:
    offer_service(SET_UP, organisation=cast.leeds, declaration=SMALLEST)
    newer = changed("Report lost property", "Tell us what you lost")
    keep_draft(SET_UP, organisation=cast.leeds, name=NAME, text=newer, based_on=1)
    told = eight_times(lambda _n: make_live(SET_UP, organisation=cast.leeds, name=NAME, seen=1, seen_live=1))
    assert told == ["", *["no_draft"] * 7]
    assert [row.number for row in versions(SET_UP, organisation=cast.leeds, name=NAME)] == [2, 1]


def test_an_older_version_is_taken_up_once(cast: Cast) -> None:
    for title in ("Report lost property", "Tell us what you lost"):
        text = changed("Report lost property", title)
        offer_service(SET_UP, organisation=cast.leeds, declaration=text)
    told = eight_times(lambda _n: make_live_again(SET_UP, organisation=cast.leeds, name=NAME, number=1, seen_live=2))
    assert told == ["", *["version_moved"] * 7]
    assert [row.is_live for row in versions(SET_UP, organisation=cast.leeds, name=NAME)] == [True, False, False]


def test_the_first_offer_of_a_service_is_made_once(cast: Cast) -> None:
    assert eight_times(lambda _n: offer_service(SET_UP, organisation=cast.leeds, declaration=SMALLEST)) == [""] * 8
    assert [row.number for row in versions(SET_UP, organisation=cast.leeds, name=NAME)] == [1]


def test_one_of_those_who_write_at_once_is_kept_and_the_others_know(cast: Cast) -> None:
    for seen in (0, 1):
        told = eight_times(
            lambda n, seen=seen: keep_draft(  # type: ignore[misc]
                SET_UP, organisation=cast.leeds, name=NAME, text=f"# {n}\n{SMALLEST}", seen=seen
            )
        )
        assert told == ["", *["draft_moved"] * 7]
        assert draft(SET_UP, organisation=cast.leeds, name=NAME).revision == seen + 1
