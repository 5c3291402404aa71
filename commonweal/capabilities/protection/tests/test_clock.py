"""The clock of a request, rule by rule of data-protection.md section 1."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.capabilities.identity.actions import appointing
from commonweal.capabilities.identity.queries import acting
from commonweal.capabilities.organisations import actions as organisations
from commonweal.capabilities.protection.actions.answering import complete, refuse
from commonweal.capabilities.protection.actions.clarifying import (
    answer_asked,
    ask_to_clarify,
    record_clarification,
)
from commonweal.capabilities.protection.actions.recounting import recount_requests
from commonweal.capabilities.protection.actions.requests import Asked, make_request
from commonweal.capabilities.protection.actions.timing import (
    acknowledge,
    ask_evidence,
    ask_fee,
    change_receipt,
    extend,
    record_evidence,
    record_fee,
)
from commonweal.capabilities.protection.errors import (
    AlreadyClosed,
    AlreadyWaiting,
    NothingAsked,
    NotNeeded,
    NotNow,
)
from commonweal.capabilities.protection.queries.listing import requests
from commonweal.capabilities.protection.queries.requests import RequestPage, request_page
from commonweal.capabilities.protection.rules.clock import CAPABLE_AT, Facts, request_due
from commonweal.capabilities.protection.tests.conftest import AskedFor
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks.calendars import Calendar, Nation
from commonweal.foundations.clocks.now import SetClock, at
from commonweal.foundations.clocks.pauses import Pause
from commonweal.foundations.clocks.rights import ExtensionTooLate
from commonweal.foundations.errors import Invalid
from commonweal.foundations.scope.actors import System, Visitor
from commonweal.foundations.tasks.dispatcher import dispatch_all

ENGLAND = Calendar.of(Nation.ENGLAND)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@pytest.fixture
def clock() -> Iterator[SetClock]:
    """Noon on Monday 23 November 2026, until it is moved."""
    with at(datetime(2026, 11, 23, 12, tzinfo=UTC)) as clock:
        yield clock


@pytest.fixture
def written(cast: Cast, clock: SetClock) -> Asked:
    """Joan, who has no account, asks for a copy on 23 November."""
    said = {"kind": "access", "name": "Joan", "contact": "joan@people.example"}
    return make_request(Visitor(), organisation=cast.leeds, **said)  # type: ignore[arg-type]


def page_of(cast: Cast, asked: Asked) -> RequestPage:
    return request_page(cast.olu, organisation=cast.leeds, reference=asked.reference)


def here(cast: Cast, asked: Asked) -> dict[str, object]:
    return {"organisation": cast.leeds, "reference": asked.reference}


def move_to(clock: SetClock, day: date) -> None:
    clock.move_to(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


class TestStart:
    """1.1: the latest of receipt, evidence that was needed and asked for, and a lawful fee."""

    def test_evidence_moves_it(self, cast: Cast, clock: SetClock, written: Asked) -> None:
        ask_evidence(cast.olu, **here(cast, written), text="Please show who you are")  # type: ignore[arg-type]
        page = page_of(cast, written)
        assert (page.awaited, page.due.stopped_since) == ("evidence", date(2026, 11, 23))
        move_to(clock, date(2026, 12, 7))
        record_evidence(cast.olu, **here(cast, written), came_on=date(2026, 12, 4))  # type: ignore[arg-type]
        page = page_of(cast, written)
        assert (page.awaited, page.due.start, page.due_on) == ("", date(2026, 12, 4), date(2027, 1, 4))

    def test_nothing_is_asked_of_somebody_signed_in(self, cast: Cast, clock: SetClock, asked_for: AskedFor) -> None:
        """Practice and Article 12(6): evidence is asked only where it is needed."""
        with pytest.raises(NotNeeded):
            ask_evidence(cast.olu, **here(cast, asked_for("access")), text="Your passport")  # type: ignore[arg-type]

    def test_evidence_cannot_come_before_it_was_asked_for(self, cast: Cast, clock: SetClock, written: Asked) -> None:
        with pytest.raises(NothingAsked):
            record_evidence(cast.olu, **here(cast, written), came_on=date(2026, 11, 23))  # type: ignore[arg-type]
        ask_evidence(cast.olu, **here(cast, written), text="Please show who you are")  # type: ignore[arg-type]
        for day in (date(2026, 11, 22), date(2026, 11, 24), None):
            with pytest.raises(Invalid):
                record_evidence(cast.olu, **here(cast, written), came_on=day)  # type: ignore[arg-type]

    def test_what_lets_them_ask_came_with_it_and_moves_nothing(self, cast: Cast, clock: SetClock) -> None:
        said = {"name": "Joan", "contact": "joan@people.example", "authority": "parent", "on_behalf_of": "Ben"}
        asked = make_request(Visitor(), organisation=cast.leeds, kind="access", **said)  # type: ignore[arg-type]
        due = page_of(cast, asked).due_on
        assert page_of(cast, asked).needs_authority
        move_to(clock, date(2026, 12, 7))
        seen: dict[str, Any] = {**here(cast, asked), "came_on": date(2026, 12, 4)}
        with pytest.raises(Invalid):
            record_evidence(cast.olu, **seen, text=" ")
        record_evidence(cast.olu, **seen, text="The birth certificate, at the counter in Leeds")
        page = page_of(cast, asked)
        assert (page.needs_authority, page.due.start, page.due_on) == (False, date(2026, 11, 23), due)
        with pytest.raises(NothingAsked):
            record_evidence(cast.olu, **seen, text="Once more")

    def test_a_fee_moves_it_and_needs_a_lawful_reason(self, cast: Cast, clock: SetClock, written: Asked) -> None:
        for why in ("", "long"):
            with pytest.raises(Invalid):
                ask_fee(cast.olu, **here(cast, written), why=why, text="£10")  # type: ignore[arg-type]
        ask_fee(cast.olu, **here(cast, written), why="excessive", text="£10, as this is the fifth time")  # type: ignore[arg-type]
        move_to(clock, date(2026, 11, 27))
        record_fee(cast.olu, **here(cast, written), came_on=date(2026, 11, 26))  # type: ignore[arg-type]
        page = page_of(cast, written)
        assert (page.due.start, page.due_on) == (date(2026, 11, 26), date(2026, 12, 29))

    @given(received=DAYS, asked_after=st.integers(0, 20), came_after=st.integers(0, 40))
    def test_it_is_never_before_any_of_them(self, received: date, asked_after: int, came_after: int) -> None:
        asked = received + timedelta(days=asked_after)
        came = asked + timedelta(days=came_after)
        facts = Facts(kind="erasure", received=received, evidence_asked=asked, evidence=came)
        due = request_due(facts, ENGLAND)
        assert due.start == came
        assert due.stopped_since is None
        assert request_due(Facts(kind="erasure", received=received), ENGLAND).day <= due.day


class TestCount:
    """1.2: from the actual day to the same date of the next month, rolled to a working day of the body's nation."""

    @pytest.mark.parametrize(
        ("received", "due"),
        [
            (date(2026, 9, 3), date(2026, 10, 5)),
            (date(2025, 9, 3), date(2025, 10, 3)),
            (date(2025, 1, 31), date(2025, 2, 28)),
            (date(2024, 11, 25), date(2024, 12, 27)),
        ],
    )
    def test_the_regulators_worked_dates(self, received: date, due: date) -> None:
        for kind in ("access", "rectification", "erasure", "restriction", "portability", "objection"):
            assert request_due(Facts(kind=kind, received=received), ENGLAND).day == due

    def test_half_past_midnight_in_summer_is_the_local_day(self, cast: Cast) -> None:
        with at(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)):
            said = {"kind": "access", "name": "Joan", "contact": "01632 960 002"}
            make_request(Visitor(), organisation=cast.leeds, **said)  # type: ignore[arg-type]
            (row,) = requests(cast.olu, organisation=cast.leeds).rows
        assert (row.received_on, row.due_on) == (date(2026, 7, 2), date(2026, 8, 3))

    def test_the_holidays_are_those_of_the_bodys_nation(self) -> None:
        """30 November, Saint Andrew's Day, is a holiday in Scotland alone."""
        facts = Facts(kind="access", received=date(2026, 10, 30))
        assert request_due(facts, ENGLAND).day == date(2026, 11, 30)
        assert request_due(facts, Calendar.of(Nation.SCOTLAND)).day == date(2026, 12, 1)

    def test_the_worker_counts_anew_when_a_calendar_changes(self, cast: Cast, clock: SetClock, written: Asked) -> None:
        day = date(2026, 12, 23)
        organisations.add_closure(
            System(task="tests"), organisation=cast.leeds, day=day, name="A day of mourning", is_holiday=True
        )
        dispatch_all()
        assert page_of(cast, written).due_on == date(2026, 12, 24)

    def test_a_proclaimed_holiday_moves_open_requests_and_says_so(
        self, cast: Cast, clock: SetClock, written: Asked
    ) -> None:
        """Practice: open clocks are recomputed, and what moved is listed."""
        day = date(2026, 12, 23)
        tom = System(task="tests.calendar")
        organisations.add_closure(tom, organisation=cast.leeds, day=day, name="A day of mourning", is_holiday=True)
        moved = [recount_requests(tom, organisation=cast.leeds, subject=written.id, day=day) for _again in range(2)]
        assert moved == [1, 0]
        page = page_of(cast, written)
        assert (page.due_on, page.statutory_on) == (date(2026, 12, 24), date(2026, 12, 24))
        assert [step.what for step in page.steps] == ["received", "calendar"]


class TestClarification:
    """1.3: the days from asking to the answer, both included, do not count; both dates are shown."""

    def test_it_pauses_and_both_dates_are_shown(self, cast: Cast, clock: SetClock, asked_for: AskedFor) -> None:
        asked = asked_for("access")
        move_to(clock, date(2026, 11, 25))
        ask_to_clarify(cast.olu, **here(cast, asked), why="large_amount", text="Which years do you mean?")  # type: ignore[arg-type]
        page = page_of(cast, asked)
        assert (page.awaited, page.due.stopped_since) == ("clarification", date(2026, 11, 25))
        move_to(clock, date(2026, 11, 30))
        answer_asked(cast.rosa, **here(cast, asked), text="From 2024 on")  # type: ignore[arg-type]
        page = page_of(cast, asked)
        # 23 December and six days is 29; five days, by the stricter reading, is 28, the substitute of Boxing Day.
        assert page.statutory_on == date(2026, 12, 29)
        assert page.due_on == date(2026, 12, 29)
        assert page.steps[-1].text == "From 2024 on"

    def test_the_two_readings_differ_by_the_day_of_the_answer(
        self, cast: Cast, clock: SetClock, written: Asked
    ) -> None:
        ask_to_clarify(cast.olu, **here(cast, written), why="unclear", text="Which?")  # type: ignore[arg-type]
        move_to(clock, date(2026, 12, 7))
        record_clarification(cast.olu, **here(cast, written), came_on=date(2026, 12, 6), text="By phone: all")  # type: ignore[arg-type]
        page = page_of(cast, written)
        assert (page.due_on, page.statutory_on) == (date(2027, 1, 5), date(2027, 1, 6))

    def test_it_needs_a_reason_and_is_never_asked_twice_at_once(
        self, cast: Cast, clock: SetClock, written: Asked
    ) -> None:
        with pytest.raises(Invalid):
            ask_to_clarify(cast.olu, **here(cast, written), why="", text="Which?")  # type: ignore[arg-type]
        ask_to_clarify(cast.olu, **here(cast, written), why="unclear", text="Which?")  # type: ignore[arg-type]
        with pytest.raises(AlreadyWaiting):
            ask_to_clarify(cast.olu, **here(cast, written), why="unclear", text="And?")  # type: ignore[arg-type]
        with pytest.raises(AlreadyWaiting):
            ask_evidence(cast.olu, **here(cast, written), text="Who are you?")  # type: ignore[arg-type]

    def test_a_question_about_anything_but_a_copy_stops_nothing(
        self, cast: Cast, clock: SetClock, asked_for: AskedFor
    ) -> None:
        """Article 12A speaks of requests under Article 15 alone: the stricter reading."""
        asked = asked_for("erasure")
        ask_to_clarify(cast.olu, **here(cast, asked), why="unclear", text="Which?")  # type: ignore[arg-type]
        page = page_of(cast, asked)
        assert (page.awaited, page.due.stopped_since, page.due_on) == ("clarification", None, date(2026, 12, 23))

    @given(received=DAYS, after=st.integers(0, 25), lasted=st.integers(0, 60), evidence_after=st.integers(0, 60))
    def test_evidence_that_comes_later_than_the_question_breaks_nothing(
        self, received: date, after: int, lasted: int, evidence_after: int
    ) -> None:
        asked = received + timedelta(days=after)
        pause = Pause(asked, asked + timedelta(days=lasted))
        came = received + timedelta(days=evidence_after)
        facts = Facts(kind="access", received=received, evidence_asked=received, evidence=came, pauses=(pause,))
        due = request_due(facts, ENGLAND)
        assert due.act_by <= due.day
        assert due.day >= request_due(Facts(kind="access", received=came), ENGLAND).day


class TestExtension:
    """1.4: to three months from the start, by a notice with reasons within the first month."""

    def test_it_is_a_letter_with_the_reasons(self, cast: Cast, clock: SetClock, asked_for: AskedFor) -> None:
        asked = asked_for("access")
        move_to(clock, date(2026, 12, 23))
        extend(cast.olu, **here(cast, asked), why="complexity", text="Three archives are searched.")  # type: ignore[arg-type]
        page = page_of(cast, asked)
        assert (page.due_on, page.extended_on) == (date(2027, 2, 23), date(2026, 12, 23))
        letter = page.steps[-1]
        assert letter.is_shown
        assert letter.text.startswith("Three archives are searched.")
        assert "23 February 2027" in letter.text

    def test_it_is_refused_once_the_first_month_is_over(self, cast: Cast, clock: SetClock, asked_for: AskedFor) -> None:
        asked = asked_for("access")
        move_to(clock, date(2026, 12, 24))
        with pytest.raises(ExtensionTooLate):
            extend(cast.olu, **here(cast, asked), why="complexity", text="Late.")  # type: ignore[arg-type]
        assert page_of(cast, asked).extended_on is None

    def test_it_needs_reasons_and_is_given_once(self, cast: Cast, clock: SetClock, asked_for: AskedFor) -> None:
        asked = asked_for("access")
        for why, text in (("", "Much."), ("busy", "Much."), ("number", " ")):
            with pytest.raises(Invalid):
                extend(cast.olu, **here(cast, asked), why=why, text=text)  # type: ignore[arg-type]
        extend(cast.olu, **here(cast, asked), why="number", text="Nine requests in a week.")  # type: ignore[arg-type]
        with pytest.raises(NotNow):
            extend(cast.olu, **here(cast, asked), why="number", text="Again.")  # type: ignore[arg-type]

    def test_one_whose_clock_has_not_started_is_not_extended(self, cast: Cast, clock: SetClock, written: Asked) -> None:
        ask_evidence(cast.olu, **here(cast, written), text="Who are you?")  # type: ignore[arg-type]
        with pytest.raises(AlreadyWaiting):
            extend(cast.olu, **here(cast, written), why="complexity", text="Much.")  # type: ignore[arg-type]

    def test_it_falls_when_the_request_had_come_so_early_that_it_was_too_late(
        self, cast: Cast, clock: SetClock, written: Asked
    ) -> None:
        move_to(clock, date(2026, 12, 22))
        extend(cast.olu, **here(cast, written), why="complexity", text="Much.")  # type: ignore[arg-type]
        change_receipt(cast.olu, **here(cast, written), received_on=date(2026, 11, 2), why="The envelope says so")  # type: ignore[arg-type]
        page = page_of(cast, written)
        assert (page.extended_on, page.due_on) == (None, date(2026, 12, 2))
        assert [step.what for step in page.steps][-2:] == ["extension_fell", "receipt_changed"]


def test_the_receipt_is_changed_with_a_reason_and_never_to_a_later_day(
    cast: Cast, clock: SetClock, written: Asked
) -> None:
    for day, why in ((date(2026, 11, 20), ""), (date(2026, 11, 24), "Seen"), (None, "Seen")):
        with pytest.raises(Invalid):
            change_receipt(cast.olu, **here(cast, written), received_on=day, why=why)  # type: ignore[arg-type]
    change_receipt(cast.olu, **here(cast, written), received_on=date(2026, 11, 20), why="Handed in on Friday")  # type: ignore[arg-type]
    assert page_of(cast, written).due_on == date(2026, 12, 21)


class TestRefusal:
    """1.5: only with reasons, and with the right to complain to the controller and the regulator and to go to court."""

    def test_it_carries_the_reasons_and_the_rights(self, cast: Cast, clock: SetClock, asked_for: AskedFor) -> None:
        asked = asked_for("erasure")
        for why, text in (("", "No."), ("not_applicable", "")):
            with pytest.raises(Invalid):
                refuse(cast.olu, **here(cast, asked), why=why, text=text)  # type: ignore[arg-type]
        refuse(cast.olu, **here(cast, asked), why="not_applicable", text="We need it to bill you.")  # type: ignore[arg-type]
        page = page_of(cast, asked)
        letter = page.steps[-1]
        assert (page.outcome, letter.is_shown) == ("refused", True)
        for words in ("We need it to bill you.", "Leeds", "dpo@council.example", "Information Commissioner", "court"):
            assert words in letter.text
        with pytest.raises(AlreadyClosed):
            complete(cast.olu, **here(cast, asked), outcome="done", text="Done.")  # type: ignore[arg-type]

    @pytest.mark.parametrize(("outcome", "has_rights"), [("done", False), ("partly", True), ("nothing_held", True)])
    def test_so_does_whatever_was_not_done_as_asked(
        self, cast: Cast, clock: SetClock, asked_for: AskedFor, outcome: str, *, has_rights: bool
    ) -> None:
        asked = asked_for("erasure")
        complete(cast.olu, **here(cast, asked), outcome=outcome, text="Here it is.")  # type: ignore[arg-type]
        assert ("court" in page_of(cast, asked).steps[-1].text) == has_rights

    @pytest.mark.parametrize("kind", ["access", "portability"])
    def test_no_letter_stands_for_a_copy(self, cast: Cast, clock: SetClock, asked_for: AskedFor, kind: str) -> None:
        """It would leave without a search, a decision on each item and a second person."""
        asked = asked_for(kind)
        for outcome in ("done", "partly"):
            with pytest.raises(Invalid) as refusal:
                complete(cast.olu, **here(cast, asked), outcome=outcome, text="Here it is.")  # type: ignore[arg-type]
            assert set(refusal.value.fields) == {"outcome"}
        assert page_of(cast, asked).outcome == ""
        complete(cast.olu, **here(cast, asked), outcome="nothing_held", text="We hold nothing.")  # type: ignore[arg-type]
        assert page_of(cast, asked).outcome == "nothing_held"


class TestComplaint:
    """1.6 and practice: 30 days beginning when received count the day itself, do not roll, and end with a receipt."""

    def test_thirty_days_beginning_with_its_day(self, cast: Cast, clock: SetClock, asked_for: AskedFor) -> None:
        move_to(clock, date(2026, 11, 27))
        asked = asked_for("complaint")
        page = page_of(cast, asked)
        assert (page.due_on, page.due_on.weekday()) == (date(2026, 12, 26), 5)
        acknowledge(cast.olu, **here(cast, asked), text="We have it and look into it.")  # type: ignore[arg-type]
        page = page_of(cast, asked)
        assert (page.acknowledged_on, page.due_on) == (date(2026, 11, 27), date(2027, 2, 27))
        assert "without undue delay" in page.due.explain[-1].say()
        with pytest.raises(NotNow):
            acknowledge(cast.olu, **here(cast, asked), text="Again.")  # type: ignore[arg-type]

    def test_it_is_never_extended_nor_paid_for(self, cast: Cast, clock: SetClock, asked_for: AskedFor) -> None:
        asked = asked_for("complaint")
        with pytest.raises(NotNow):
            extend(cast.olu, **here(cast, asked), why="complexity", text="Much.")  # type: ignore[arg-type]
        with pytest.raises(NotNow):
            ask_fee(cast.olu, **here(cast, asked), why="excessive", text="£5")  # type: ignore[arg-type]

    def test_every_answer_says_where_to_go_next(self, cast: Cast, clock: SetClock, asked_for: AskedFor) -> None:
        asked = asked_for("complaint")
        complete(cast.olu, **here(cast, asked), outcome="done", text="You are right.")  # type: ignore[arg-type]
        assert "Information Commissioner" in page_of(cast, asked).steps[-1].text

    def test_only_a_complaint_is_acknowledged(self, cast: Cast, clock: SetClock, asked_for: AskedFor) -> None:
        with pytest.raises(NotNow):
            acknowledge(cast.olu, **here(cast, asked_for("access")), text="We have it.")  # type: ignore[arg-type]


class TestAuthority:
    """1.7: for a child; in Scotland one of 12 is presumed able to ask, elsewhere it goes by understanding."""

    def test_the_age_is_scotlands_alone(self) -> None:
        assert CAPABLE_AT.get(Nation.SCOTLAND) == 12
        assert [CAPABLE_AT.get(nation) for nation in Nation if nation is not Nation.SCOTLAND] == [None] * 3

    def test_the_officer_is_told_by_the_bodys_nation(self, cast: Cast, clock: SetClock) -> None:
        said = {
            "kind": "access",
            "name": "Joan",
            "authority": "parent",
            "on_behalf_of": "Ben",
            "contact": "01632 960 002",
        }
        asked = make_request(Visitor(), organisation=cast.leeds, **said)  # type: ignore[arg-type]
        assert page_of(cast, asked).child_able_at is None
        roles = ["data_protection_officer"]
        appointing.appoint(SET_UP, organisation=cast.fife, account=cast.olu.account, name="Olu Adeyemi", roles=roles)
        olu = acting.staff(cast.rosa, organisation=cast.fife, account=cast.olu.account, has_second_factor=True)
        asked = make_request(Visitor(), organisation=cast.fife, **said)  # type: ignore[arg-type]
        assert request_page(olu, organisation=cast.fife, reference=asked.reference).child_able_at == 12
