"""Text of others that names whoever was erased: the erasure is not done until each is decided (practice: keys)."""

from typing import Any

import pytest
from django.apps import apps
from uuid6 import uuid7

from commonweal.capabilities.cases.actions import noting
from commonweal.capabilities.cases.actions.parties import add_party
from commonweal.capabilities.cases.queries.opening import case_page
from commonweal.capabilities.cases.tests.test_parties import with_neighbours
from commonweal.capabilities.cases.tests.test_recounting import MONDAY
from commonweal.capabilities.cases.tests.test_recounting import report as send
from commonweal.capabilities.cases.tests.variants import case_of, offer
from commonweal.capabilities.protection.actions.erasing import choose_fate, erase_person, finish_erasure
from commonweal.capabilities.protection.actions.redacting import keep_text, redact_text
from commonweal.capabilities.protection.actions.requests import make_request, match_person
from commonweal.capabilities.protection.errors import AlreadyDecided, NotAllDecided
from commonweal.capabilities.protection.queries.erasing import ErasurePage, erasure_page
from commonweal.capabilities.protection.queries.requests import request_page
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks.now import at
from commonweal.foundations.errors import Invalid
from commonweal.foundations.scope.scopes import read_scope

pytestmark = pytest.mark.django_db

NOTE = "Noor Haddad next door saw the crew. Noor will call."


@pytest.fixture
def case(cast: Cast) -> str:
    """Somebody’s case, which is also about a neighbour, Noor, whom a note names."""
    offer(cast.leeds, with_neighbours)
    with at(MONDAY):
        reference = send(cast.leeds)
    found = case_of(cast.leeds, reference).id
    add_party(
        cast.priya,
        organisation=cast.leeds,
        case=found,
        party="neighbour",
        given={"their_name": "Noor Haddad"},
        sent=uuid7(),
    )
    noting.add_note(cast.priya, organisation=cast.leeds, case=found, text=NOTE)
    return reference


@pytest.fixture
def here(cast: Cast, case: str) -> dict[str, Any]:
    """Noor asked for erasure on the phone, was found, and the officer decided that what is about Noor goes."""
    asked = make_request(
        cast.priya, organisation=cast.leeds, kind="erasure", name="Noor Haddad", words="Forget me", channel="phone"
    )
    party = case_party(cast, case)
    here: dict[str, Any] = {"organisation": cast.leeds, "reference": asked.reference}
    match_person(cast.olu, **here, person=party)
    choose_fate(cast.olu, **here, case=case, is_erased=True, why="It does not need the neighbour any more")
    return here


def case_party(cast: Cast, case: str) -> Any:
    with read_scope(SET_UP, (cast.leeds,)):
        return apps.get_model("cases", "Party").objects.get().person_id


def erased(cast: Cast, here: dict[str, Any]) -> ErasurePage:
    erase_person(cast.olu, **here, seen=erasure_page(cast.olu, **here).seen)
    return erasure_page(cast.olu, **here)


def notes(cast: Cast, case: str) -> list[str]:
    history = case_page(cast.priya, organisation=cast.leeds, reference=case).history
    return [happened.text for happened in history if happened.kind == "note"]


def test_the_dry_run_says_how_many_and_the_erasure_lists_them(cast: Cast, here: dict[str, Any]) -> None:
    assert erasure_page(cast.olu, **here).naming == 1
    (row,) = erased(cast, here).redactions
    assert row.text == NOTE
    assert "Noor" not in row.proposed
    assert "Haddad" not in row.proposed
    assert "saw the crew" in row.proposed


def test_the_request_is_open_until_it_is_decided_and_written_anew(cast: Cast, here: dict[str, Any], case: str) -> None:
    (row,) = erased(cast, here).redactions
    with pytest.raises(NotAllDecided):
        finish_erasure(cast.olu, **here)
    with pytest.raises(Invalid):
        redact_text(cast.olu, **here, entry=row.id, text="Haddad saw the crew.")
    redact_text(cast.olu, **here, entry=row.id, text=row.proposed)
    with pytest.raises(AlreadyDecided):
        keep_text(cast.olu, **here, entry=row.id, why="No")
    assert notes(cast, case) == [row.proposed]
    finish_erasure(cast.olu, **here)
    assert request_page(cast.olu, **here).outcome == "done"


def test_a_text_that_is_kept_needs_a_reason_and_makes_it_done_in_part(
    cast: Cast, here: dict[str, Any], case: str
) -> None:
    (row,) = erased(cast, here).redactions
    with pytest.raises(Invalid):
        keep_text(cast.olu, **here, entry=row.id, why=" ")
    keep_text(cast.olu, **here, entry=row.id, why="The court needs the witness")
    finish_erasure(cast.olu, **here)
    assert notes(cast, case) == [NOTE]
    assert request_page(cast.olu, **here).outcome == "partly"


def test_whoever_the_case_is_of_keeps_all_of_theirs(cast: Cast, here: dict[str, Any], case: str) -> None:
    before = case_page(cast.priya, organisation=cast.leeds, reference=case)
    erased(cast, here)
    after = case_page(cast.priya, organisation=cast.leeds, reference=case)
    assert (after.person, after.answers) == (before.person, before.answers)
    assert after.work.parties == ()
