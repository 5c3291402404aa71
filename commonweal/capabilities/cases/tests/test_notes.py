"""A note is kept once and never lost, whatever id its page sends."""

from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

from commonweal.capabilities.cases.actions import noting
from commonweal.capabilities.cases.actions.opening import submit
from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.cases.queries.opening import case_page
from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.capabilities.forms.actions.filling import answer_page, start_draft
from commonweal.conftest import SET_UP, Appoint, Cast, Report
from commonweal.foundations.audit.models import Entry
from commonweal.foundations.clocks.now import today
from commonweal.foundations.scope.actors import DraftHolder, Staff, Visitor
from commonweal.foundations.scope.scopes import read_scope

pytestmark = pytest.mark.django_db

PAGE = UUID("01a20000-0000-7000-8000-000000000001")
"""The id that a page gave the note written on it."""


@pytest.fixture
def reference(cast: Cast, report: Report) -> str:
    return report(cast.rosa)


def add(cast: Cast, reference: str, text: str, *, author: Staff | None = None, note: UUID = PAGE) -> None:
    noting.add_note(author or cast.priya, organisation=cast.leeds, case=_case(cast, reference), text=text, note=note)


def notes(cast: Cast, reference: str) -> list[str]:
    page = case_page(cast.priya, organisation=cast.leeds, reference=reference)
    return sorted(happening.text for happening in page.history if happening.kind == "note")


def audited(cast: Cast) -> list[tuple[list[str], bool]]:
    """What the log says of notes, oldest first: what changed, and whether it was a repeat."""
    with read_scope(SET_UP, (cast.leeds,)):
        entries = list(Entry.objects.filter(about="cases.note").order_by("id"))
    return [(entry.changed, entry.facts.get("repeat", False)) for entry in entries]


def test_pressed_twice_it_is_kept_once_and_the_log_says_so(cast: Cast, reference: str) -> None:
    add(cast, reference, "Called the depot\r\n")
    add(cast, reference, "Called the depot")
    assert notes(cast, reference) == ["Called the depot"]
    assert audited(cast) == [(["text"], False), ([], True)]


def test_gone_back_to_edited_and_added_again_both_are_kept(cast: Cast, reference: str) -> None:
    add(cast, reference, "Called the depot")
    add(cast, reference, "Called the depot: they come on Friday")
    assert notes(cast, reference) == ["Called the depot", "Called the depot: they come on Friday"]
    assert audited(cast) == [(["text"], False)] * 2


def test_the_same_words_of_two_authors_are_two_notes(cast: Cast, reference: str, appoint: Appoint) -> None:
    wes = appoint("Wes Hart", "team_manager", cast.waste_team)
    add(cast, reference, "Called the depot")
    add(cast, reference, "Called the depot", author=wes)
    assert notes(cast, reference) == ["Called the depot"] * 2


def test_the_id_of_another_cases_note_loses_nothing(cast: Cast, report: Report, reference: str) -> None:
    other = report(cast.sam)
    add(cast, other, "Called the depot")
    with read_scope(SET_UP, (cast.leeds,)):
        (row,) = Entry.objects.filter(about="cases.note").values_list("about_id", flat=True)
    assert row
    add(cast, reference, "Called the depot")
    add(cast, reference, "Written under the id of a row", note=row)
    assert notes(cast, reference) == ["Called the depot", "Written under the id of a row"]
    assert notes(cast, other) == ["Called the depot"]


def test_the_id_of_another_bodys_note_loses_nothing(cast: Cast, reference: str) -> None:
    theirs = _report_to_cardiff(cast)
    noting.add_note(cast.huw, organisation=cast.cardiff, case=theirs, text="Called the depot", note=PAGE)
    with read_scope(SET_UP, (cast.cardiff,)):
        (row,) = Entry.objects.filter(about="cases.note").values_list("about_id", flat=True)
    assert row
    for note in (PAGE, row):
        add(cast, reference, "Called the depot", note=note)
    assert notes(cast, reference) == ["Called the depot"] * 2


def test_what_a_case_says_is_in_no_error_that_shows_it(cast: Cast, reference: str) -> None:
    add(cast, reference, "Called the depot")
    page = case_page(cast.priya, organisation=cast.leeds, reference=reference)
    shown = repr((page, page.person, page.answers, page.history))
    assert reference in shown
    for words in ("Rosa Delgado", "rosa@people.example", "01632 960001", "High Street", "By the gate", "the depot"):
        assert words not in shown


def _case(cast: Cast, reference: str) -> UUID:
    with read_scope(SET_UP, (cast.leeds,)):
        return Case.objects.get(reference=reference).id


def _report_to_cardiff(cast: Cast) -> UUID:
    """Cardiff offers the service too, and someone reports a missed bin to it; returns the case."""
    declaration = (Path(settings.SERVICES) / "missed_collection" / "service.yaml").read_text()
    offer_service(SET_UP, organisation=cast.cardiff, declaration=declaration)
    holder = DraftHolder(draft=start_draft(Visitor(), organisation=cast.cardiff, service="missed_collection"))
    day = today()
    for page, typed in {
        "bin": {"bin": "recycling"},
        "due": {"due-day": str(day.day), "due-month": str(day.month), "due-year": str(day.year)},
        "where": {"place-address": "12 High Street", "place-postcode": "CF10 1AA", "left_at": "Outside"},
        "contact": {"name": "Amina Yusuf", "email": "amina@people.example", "phone": ""},
    }.items():
        answer_page(holder, organisation=cast.cardiff, page=page, given=typed)
    reference = submit(holder, organisation=cast.cardiff).reference
    with read_scope(SET_UP, (cast.cardiff,)):
        return Case.objects.get(reference=reference).id
