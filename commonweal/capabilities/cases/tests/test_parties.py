"""Somebody whom a case is about besides its applicant: added by staff, ended, and never merged by guess."""

from typing import Any
from uuid import UUID

import pytest
from uuid6 import uuid7

from commonweal.capabilities.cases.actions.closing import close
from commonweal.capabilities.cases.actions.parties import add_party, end_party
from commonweal.capabilities.cases.errors import NoSuchCase, NotAllowedNow
from commonweal.capabilities.cases.models import Party
from commonweal.capabilities.cases.queries.finding import search
from commonweal.capabilities.cases.queries.opening import CasePage, case_page
from commonweal.capabilities.cases.queries.parties import party_page
from commonweal.capabilities.cases.tests.test_recounting import MONDAY
from commonweal.capabilities.cases.tests.test_recounting import report as send
from commonweal.capabilities.cases.tests.variants import case_of, offer, words
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks.now import at
from commonweal.foundations.errors import Invalid
from commonweal.foundations.personal_data.trace import ReadingRefused
from commonweal.foundations.scope.scopes import read_scope

pytestmark = pytest.mark.django_db


def asks_of(place: str, of_type: str, label: str) -> dict[str, Any]:
    return {
        "key": f"their_{place}",
        "type": of_type,
        "label": words(label),
        "called": words(label),
        "if_missing": words(f"Enter {label.lower()}"),
        "holds": "name" if place == "name" else "contact",
        "why": words("to know whom it is about"),
        "whose": "other",
        "of_party": "neighbour",
        "fills": f"person.{place}",
    }


def with_neighbours(declared: dict[str, Any]) -> None:
    """A case may be about neighbours, each with a name and an email address; none is asked for in the form."""
    declared["parties"] = [{"key": "neighbour", "label": words("Neighbour"), "whose": "other"}]
    asked = [asks_of("name", "name", "Their name"), asks_of("email", "email", "Their email")]
    page = {"key": "beside", "title": words("Next door"), "shown_when": "answers.bin == 'garden'", "questions": asked}
    declared["pages"].append(page)


@pytest.fixture
def reference(cast: Cast) -> str:
    offer(cast.leeds, with_neighbours)
    with at(MONDAY):
        return send(cast.leeds)


def look(cast: Cast, reference: str) -> CasePage:
    return case_page(cast.priya, organisation=cast.leeds, reference=reference)


def add(cast: Cast, reference: str, *, sent: UUID | None = None, party: str = "neighbour", **given: str) -> None:
    told = {"their_name": "Noor Haddad"} | {f"their_{place}": text for place, text in given.items()}
    case = case_of(cast.leeds, reference).id
    add_party(cast.priya, organisation=cast.leeds, case=case, party=party, given=told, sent=sent or uuid7())


def rows(cast: Cast) -> list[Party]:
    with read_scope(SET_UP, (cast.leeds,)):
        return list(Party.objects.order_by("added_at", "id"))


def end(cast: Cast, reference: str, party: UUID) -> None:
    end_party(cast.priya, organisation=cast.leeds, case=case_of(cast.leeds, reference).id, party=party)


def test_somebody_added_stands_on_the_page_and_their_name_finds_the_case(cast: Cast, reference: str) -> None:
    add(cast, reference)
    (shown,) = look(cast, reference).work.parties
    assert (shown.label, shown.name, shown.ended_at) == ("Neighbour", "Noor Haddad", None)
    found = search(cast.priya, organisation=cast.leeds, words="Haddad")
    assert found.cases == (case_of(cast.leeds, reference).id,)


def test_the_same_name_twice_is_two_people_and_the_same_press_twice_is_one(cast: Cast, reference: str) -> None:
    pressed = uuid7()
    add(cast, reference, sent=pressed)
    add(cast, reference, sent=pressed)
    assert len(rows(cast)) == 1
    add(cast, reference)
    one, other = rows(cast)
    assert one.person_id != other.person_id
    assert case_of(cast.leeds, reference).person_id not in {one.person_id, other.person_id}


def test_only_the_name_is_needed_and_everything_wrong_is_told_at_once(cast: Cast, reference: str) -> None:
    with pytest.raises(Invalid) as refused:
        add(cast, reference, name=" ", email="nobody at all")
    assert set(refused.value.fields) == {"their_name", "their_email"}
    assert rows(cast) == []
    add(cast, reference, email="")
    assert len(rows(cast)) == 1


def test_who_is_ended_stays_in_the_record_and_no_longer_leads_to_the_case(cast: Cast, reference: str) -> None:
    add(cast, reference)
    (row,) = rows(cast)
    end(cast, reference, row.id)
    (shown,) = look(cast, reference).work.parties
    assert shown.ended_at is not None
    end(cast, reference, row.id)
    assert rows(cast)[0].ended_at == shown.ended_at
    assert search(cast.priya, organisation=cast.leeds, words="Haddad").cases == ()


def test_what_is_not_declared_not_of_the_case_or_not_ones_own_is_refused(cast: Cast, reference: str) -> None:
    with pytest.raises(NoSuchCase):
        add(cast, reference, party="landlord")
    with pytest.raises(NoSuchCase):
        end(cast, reference, uuid7())
    case = case_of(cast.leeds, reference)
    given = {"their_name": "Noor Haddad"}
    with pytest.raises(ReadingRefused):
        add_party(cast.tom, organisation=cast.leeds, case=case.id, party="neighbour", given=given, sent=uuid7())
    with pytest.raises(ReadingRefused):
        party_page(cast.tom, organisation=cast.leeds, reference=reference, party="neighbour")
    assert rows(cast) == []


def test_nobody_is_added_to_or_ended_on_a_closed_case(cast: Cast, reference: str) -> None:
    add(cast, reference)
    case = case_of(cast.leeds, reference)
    close(cast.priya, organisation=cast.leeds, case=case.id, revision=case.revision, outcome="collected")
    with pytest.raises(NotAllowedNow):
        add(cast, reference)
    with pytest.raises(NotAllowedNow):
        end(cast, reference, rows(cast)[0].id)


def test_the_history_tells_who_was_added_and_ended_by_whom(cast: Cast, reference: str) -> None:
    add(cast, reference)
    end(cast, reference, rows(cast)[0].id)
    told = [(each.kind, each.label, each.who) for each in look(cast, reference).history if "party" in each.kind]
    assert told == [("party_ended", "Neighbour", "Priya Nair"), ("party", "Neighbour", "Priya Nair")]
