"""A case is claimed once, by whoever shows its secret first; what the log says of the others."""

import pytest

from commonweal.capabilities.cases.actions.opening import Receipt, claim, submit
from commonweal.capabilities.cases.errors import NoSuchCase
from commonweal.capabilities.cases.queries.following import applications
from commonweal.capabilities.forms.actions.filling import answer_page, start_draft
from commonweal.conftest import SET_UP, Cast, Report
from commonweal.foundations.audit.models import Entry
from commonweal.foundations.clocks.now import today
from commonweal.foundations.scope.actors import DraftHolder, Resident, Visitor
from commonweal.foundations.scope.scopes import read_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def receipt(cast: Cast, report: Report) -> Receipt:
    """Of a case that was sent without signing in."""
    report(cast.sam)
    holder = DraftHolder(draft=start_draft(Visitor(), organisation=cast.leeds, service="missed_collection"))
    day = today()
    for page, typed in {
        "bin": {"bin": "recycling"},
        "due": {"due-day": str(day.day), "due-month": str(day.month), "due-year": str(day.year)},
        "where": {"place-address": "12 High Street", "place-postcode": "LS1 1UR", "left_at": "Outside"},
        "contact": {"name": "Rosa Delgado", "email": "rosa@people.example", "phone": ""},
    }.items():
        answer_page(holder, organisation=cast.leeds, page=page, given=typed)
    return submit(holder, organisation=cast.leeds)


def claimed(cast: Cast) -> list[tuple[str, list[str], bool]]:
    with read_scope(SET_UP, (cast.leeds,)):
        entries = list(Entry.objects.filter(action__in=["cases.claim", "people.claim_person"]).order_by("id"))
    return [(entry.about, entry.changed, entry.facts.get("repeat", False)) for entry in entries]


def prove(cast: Cast, who: Resident, receipt: Receipt) -> None:
    claim(who, organisation=cast.leeds, reference=receipt.reference, secret=receipt.secret)


def test_claimed_twice_by_the_same_it_is_a_repeat(cast: Cast, receipt: Receipt) -> None:
    prove(cast, cast.rosa, receipt)
    first = claimed(cast)
    prove(cast, cast.rosa, receipt)
    assert first == [("people.person", ["account_id"], False), ("cases.case", ["account"], False)]
    assert claimed(cast)[2:] == [("people.person", [], True), ("cases.case", [], True)]


def test_anothers_is_refused_like_a_wrong_secret_and_nothing_is_said_to_have_changed(
    cast: Cast, receipt: Receipt
) -> None:
    prove(cast, cast.rosa, receipt)
    before = claimed(cast)
    with pytest.raises(NoSuchCase):
        prove(cast, cast.sam, receipt)
    assert claimed(cast) == before
    held = [
        {row.reference for row in applications(who, organisation=cast.leeds)} & {receipt.reference}
        for who in (cast.rosa, cast.sam)
    ]
    assert held == [{receipt.reference}, set()]


def test_the_secret_is_in_no_error_that_shows_the_receipt(receipt: Receipt) -> None:
    assert receipt.reference in repr(receipt)
    assert receipt.secret not in repr(receipt)
