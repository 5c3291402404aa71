"""A holiday or a closure is added: the clocks of open cases follow, are listed, and the applicant is told."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings

from commonweal.capabilities.cases.actions import opening, recounting
from commonweal.capabilities.cases.models import Case, ClockMove
from commonweal.capabilities.cases.queries.moved import clocks_moved
from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.capabilities.forms.actions import filling as forms
from commonweal.capabilities.messages import queries as messages
from commonweal.capabilities.organisations import actions as organisations
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks.calendars import Nation
from commonweal.foundations.clocks.now import at
from commonweal.foundations.events.event import Event
from commonweal.foundations.scope.actors import DraftHolder, System, Visitor
from commonweal.foundations.scope.scopes import read_scope
from commonweal.foundations.tasks.dispatcher import dispatch_all
from commonweal.foundations.tasks.standing import LOOPS

pytestmark = pytest.mark.django_db

MONDAY = datetime(2027, 6, 7, 9, tzinfo=UTC)
TUESDAY, WEDNESDAY, THURSDAY = date(2027, 6, 8), date(2027, 6, 9), date(2027, 6, 10)
RECOUNTER = System(task="cases.follow_calendar")

LAW = """source: law
      law: {England: &act {en: An Act, cy: Deddf}, Wales: *act, Scotland: *act, Northern Ireland: *act}"""

Declare = Callable[..., None]


@pytest.fixture
def declared(cast: Cast) -> Declare:
    """Offer the service, with a clock set by the body or by a law."""

    def offer(*, is_law: bool = False) -> None:
        declaration = (Path(settings.SERVICES) / "missed_collection" / "service.yaml").read_text()
        for organisation in (cast.leeds, cast.cardiff):
            written = declaration.replace("source: service_standard", LAW) if is_law else declaration
            offer_service(SET_UP, organisation=organisation, declaration=written)

    return offer


def report(organisation: int) -> str:
    """A missed bin is reported today; returns the reference."""
    draft = forms.start_draft(Visitor(), organisation=organisation, service="missed_collection")
    holder = DraftHolder(draft=draft)
    for page, typed in {
        "bin": {"bin": "recycling"},
        "due": {"due-day": "7", "due-month": "6", "due-year": "2027"},
        "where": {"place-address": "12 Harewood Row", "place-postcode": "LS1 4HR", "left_at": "Outside"},
        "contact": {"name": "Amina Yusuf", "email": "amina@people.example", "phone": ""},
    }.items():
        forms.answer_page(holder, organisation=organisation, page=page, given=typed)
    return opening.submit(holder, organisation=organisation).reference


def due(organisation: int, reference: str) -> date:
    with read_scope(SET_UP, (organisation,)):
        return Case.objects.get(organisation_id=organisation, reference=reference).due_on


def moves(organisation: int) -> int:
    with read_scope(SET_UP, (organisation,)):
        return ClockMove.objects.filter(organisation_id=organisation).count()


def sent(organisation: int, reference: str) -> list[str]:
    with read_scope(SET_UP, (organisation,)):
        case = Case.objects.get(organisation_id=organisation, reference=reference)
    return sorted(
        message.template for message in messages.sent_about(SET_UP, organisation=organisation, matter=case.id)
    )


def tell_of_holidays() -> None:
    """The worker's loop that lets every body know."""
    next(loop.work for loop in LOOPS if loop.work.__name__ == "tell_of_holidays")()


class TestAClosure:
    def test_it_moves_what_the_body_promised_and_the_team_and_the_applicant_are_told(
        self, cast: Cast, declared: Declare
    ) -> None:
        declared()
        with at(MONDAY):
            reference = report(cast.leeds)
            assert due(cast.leeds, reference) == WEDNESDAY
            organisations.add_closure(SET_UP, organisation=cast.leeds, day=TUESDAY, name="Depot closed")
            dispatch_all()
            assert due(cast.leeds, reference) == THURSDAY
            (moved,) = clocks_moved(cast.priya, organisation=cast.leeds)
            assert clocks_moved(cast.tom, organisation=cast.leeds) == ()
        assert (moved.reference, moved.from_day, moved.to_day) == (reference, WEDNESDAY, THURSDAY)
        assert (moved.day, moved.why, moved.team) == (TUESDAY, "closure_added", "Waste and recycling")
        assert sent(cast.leeds, reference) == ["moved", "received"]

    def test_it_never_moves_what_a_law_sets(self, cast: Cast, declared: Declare) -> None:
        declared(is_law=True)
        with at(MONDAY):
            reference = report(cast.leeds)
            organisations.add_closure(SET_UP, organisation=cast.leeds, day=TUESDAY, name="Depot closed")
            dispatch_all()
            assert due(cast.leeds, reference) == WEDNESDAY
            organisations.add_closure(
                SET_UP, organisation=cast.leeds, day=WEDNESDAY, name="Royal wedding", is_holiday=True
            )
            dispatch_all()
            assert due(cast.leeds, reference) == THURSDAY

    def test_taken_back_the_date_is_as_it_was(self, cast: Cast, declared: Declare) -> None:
        declared()
        with at(MONDAY):
            reference = report(cast.leeds)
            closure = organisations.add_closure(SET_UP, organisation=cast.leeds, day=TUESDAY, name="Depot closed")
            dispatch_all()
            organisations.remove_closure(SET_UP, organisation=cast.leeds, closure=closure)
            dispatch_all()
            assert due(cast.leeds, reference) == WEDNESDAY
        assert moves(cast.leeds) == 2

    def test_it_counts_for_what_comes_after(self, cast: Cast, declared: Declare) -> None:
        declared()
        with at(MONDAY):
            organisations.add_closure(SET_UP, organisation=cast.leeds, day=TUESDAY, name="Depot closed")
            assert due(cast.leeds, report(cast.leeds)) == THURSDAY
            assert due(cast.cardiff, report(cast.cardiff)) == WEDNESDAY


class TestAProclaimedHoliday:
    def test_every_body_of_the_nation_follows_and_no_other(self, cast: Cast, declared: Declare) -> None:
        declared()
        with at(MONDAY):
            leeds, cardiff = report(cast.leeds), report(cast.cardiff)
            organisations.add_holiday(SET_UP, nation=Nation.WALES, day=TUESDAY, name="Proclaimed")
            tell_of_holidays()
            dispatch_all()
            assert (due(cast.leeds, leeds), due(cast.cardiff, cardiff)) == (WEDNESDAY, THURSDAY)
            organisations.remove_holiday(SET_UP, nation=Nation.WALES, day=TUESDAY)
            tell_of_holidays()
            dispatch_all()
            assert due(cast.cardiff, cardiff) == WEDNESDAY


class TestCountingAnew:
    def test_the_same_again_moves_nothing(self, cast: Cast, declared: Declare) -> None:
        declared()
        with at(MONDAY):
            reference = report(cast.leeds)
            organisations.add_closure(SET_UP, organisation=cast.leeds, day=TUESDAY, name="Depot closed")
            dispatch_all()
            again = {"subject": cast.waste_team, "day": TUESDAY, "why": "closure_added"}
            assert recounting.recount_clocks(RECOUNTER, organisation=cast.leeds, **again) == 0  # type: ignore[arg-type]
            assert due(cast.leeds, reference) == THURSDAY
        assert moves(cast.leeds) == 1

    def test_many_cases_are_counted_in_several_transactions(
        self, cast: Cast, declared: Declare, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(recounting, "BATCH", 2)
        declared()
        with at(MONDAY):
            references = [report(cast.leeds) for _number in range(5)]
            organisations.add_closure(SET_UP, organisation=cast.leeds, day=TUESDAY, name="Depot closed")
            dispatch_all()
            assert {due(cast.leeds, reference) for reference in references} == {THURSDAY}
        assert moves(cast.leeds) == 5
        assert "cases.RecountBrokeOff" in Event.REGISTERED

    def test_closed_and_overdue_cases_stay_as_they_are(self, cast: Cast, declared: Declare) -> None:
        declared()
        with at(MONDAY):
            reference = report(cast.leeds)
        with at(datetime(2027, 6, 11, 9, tzinfo=UTC)):
            organisations.add_closure(SET_UP, organisation=cast.leeds, day=date(2027, 6, 11), name="Flood")
            dispatch_all()
        assert due(cast.leeds, reference) == WEDNESDAY
        assert moves(cast.leeds) == 0
