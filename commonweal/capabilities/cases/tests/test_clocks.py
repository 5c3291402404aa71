"""Several clocks of a case: they start, pause, stop and are extended with what happens to it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from commonweal.capabilities.cases.actions.closing import close
from commonweal.capabilities.cases.actions.extending import extend
from commonweal.capabilities.cases.actions.undoing import undo
from commonweal.capabilities.cases.errors import AlreadyExtended, NotAllowedNow, TooLateToExtend
from commonweal.capabilities.cases.queries.clocks import ClockRow
from commonweal.capabilities.cases.queries.filters import Filter
from commonweal.capabilities.cases.queries.opening import CasePage, case_page
from commonweal.capabilities.cases.queries.timing import NEVER
from commonweal.capabilities.cases.queries.worklists import worklist
from commonweal.capabilities.cases.tests.test_recounting import report, tell_of_holidays
from commonweal.capabilities.cases.tests.variants import case_of, clock, go, move, offer, reason, stage, words
from commonweal.capabilities.messages import queries as messages
from commonweal.capabilities.organisations import actions as organisations
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks.calendars import Nation
from commonweal.foundations.clocks.now import at
from commonweal.foundations.errors import Invalid
from commonweal.foundations.tasks.dispatcher import dispatch_all

pytestmark = pytest.mark.django_db

MONDAY = datetime(2027, 6, 7, 9, tzinfo=UTC)
EVERYWHERE = {nation: words("An Act") for nation in ("England", "Wales", "Scotland", "Northern Ireland")}


def day(number: int) -> datetime:
    """A day of June 2027: the 7th is a Monday."""
    return datetime(2027, 6, number, 9, tzinfo=UTC)


def complaint(declared: dict[str, Any]) -> None:
    """The ombudsman's code: acknowledged in 5 working days, answered 10 after that, and 20 at stage two."""
    case = declared["case"]
    stages = ("received", "acknowledged", "second")
    case["stages"] = [*(stage(key) for key in stages), stage("done", is_final=True)]
    case["moves"] = [
        move("received", "acknowledged"),
        move("acknowledged", "received"),
        move("acknowledged", "second"),
    ]
    longer = {"working_days": 10, "reasons": [reason("complex")]}
    case["clocks"] = [
        clock("acknowledge", working_days=5, stops_in=["acknowledged", "second"]),
        clock("answer", working_days=10, starts_in="acknowledged", stops_in=["second"], extension=longer),
        clock("review", working_days=20, starts_in="second"),
    ]
    declared["messages"]["extended"] = {"subject": words("Longer {reference}"), "body": words("By {due_on}.")}


def request(declared: dict[str, Any]) -> None:
    """Freedom of information: 20 working days of the union calendar, stopped while clarification is awaited."""
    case = declared["case"]
    declared["messages"]["sent_back"] = {"subject": words("We ask {reference}"), "body": words("See {link}.")}
    case["stages"] = [stage("received"), stage("asked", waits=True), stage("done", is_final=True)]
    case["moves"] = [move("received", "asked"), move("asked", "received")]
    case["clocks"] = [
        clock("answer", working_days=20, calendar="union", source="law", law=EVERYWHERE, pauses_in=["asked"])
    ]


def look(cast: Cast, reference: str) -> CasePage:
    return case_page(cast.priya, organisation=cast.leeds, reference=reference)


def dates(page: CasePage) -> dict[str, tuple[date, bool]]:
    """Of each clock: the day it ends, and whether it runs."""
    return {row.key: (row.due.day, row.stopped_on is None and not row.is_paused) for row in page.clocks}


class TestAComplaint:
    def test_each_clock_starts_where_it_is_declared_and_the_nearest_that_runs_is_the_case_s(self, cast: Cast) -> None:
        offer(cast.leeds, complaint)
        with at(MONDAY):
            reference = report(cast.leeds)
        assert case_of(cast.leeds, reference).due_on == date(2027, 6, 14)
        with at(day(9)):
            go(cast.priya, cast.leeds, reference, "received_to_acknowledged")
        assert dates(look(cast, reference)) == {
            "answer": (date(2027, 6, 23), True),
            "acknowledge": (date(2027, 6, 14), False),
        }
        with at(day(21)):
            go(cast.priya, cast.leeds, reference, "acknowledged_to_second")
        assert case_of(cast.leeds, reference).due_on == date(2027, 7, 19)

    def test_going_back_and_forth_wins_no_time(self, cast: Cast) -> None:
        offer(cast.leeds, complaint)
        with at(MONDAY):
            reference = report(cast.leeds)
            go(cast.priya, cast.leeds, reference, "received_to_acknowledged")
        with at(day(10)):
            go(cast.priya, cast.leeds, reference, "acknowledged_to_received")
            assert case_of(cast.leeds, reference).due_on == date(2027, 6, 14)
            go(cast.priya, cast.leeds, reference, "received_to_acknowledged")
        assert dates(look(cast, reference))["answer"] == (date(2027, 6, 21), True)

    def test_who_takes_a_move_back_takes_its_clocks_back(self, cast: Cast) -> None:
        offer(cast.leeds, complaint)
        with at(MONDAY):
            reference = report(cast.leeds)
            before = dates(look(cast, reference))
            go(cast.priya, cast.leeds, reference, "received_to_acknowledged")
            self._undo(cast, reference)
            assert dates(look(cast, reference)) == before == {"acknowledge": (date(2027, 6, 14), True)}
            case = case_of(cast.leeds, reference)
            close(cast.priya, organisation=cast.leeds, case=case.id, revision=case.revision, outcome="collected")
            self._undo(cast, reference)
            assert dates(look(cast, reference)) == before
        assert case_of(cast.leeds, reference).due_on == date(2027, 6, 14)

    def _undo(self, cast: Cast, reference: str) -> None:
        case = case_of(cast.leeds, reference)
        undo(cast.priya, organisation=cast.leeds, changes=[(case.id, case.revision)])

    def test_a_closed_case_has_no_running_clock(self, cast: Cast) -> None:
        offer(cast.leeds, complaint)
        with at(MONDAY):
            reference = report(cast.leeds)
            case = case_of(cast.leeds, reference)
            close(cast.priya, organisation=cast.leeds, case=case.id, revision=1, outcome="collected")
        assert not any(runs for _day, runs in dates(look(cast, reference)).values())
        assert case_of(cast.leeds, reference).due_on == date(2027, 6, 14)


class TestAnExtension:
    def _reach(self, cast: Cast) -> str:
        offer(cast.leeds, complaint)
        with at(MONDAY):
            reference = report(cast.leeds)
            go(cast.priya, cast.leeds, reference, "received_to_acknowledged")
            dispatch_all()
        return reference

    def _extend(self, cast: Cast, reference: str, *, clock: str = "answer", because: str = "complex") -> None:
        case = case_of(cast.leeds, reference)
        extend(cast.priya, organisation=cast.leeds, case=case.id, revision=case.revision, clock=clock, reason=because)

    def test_it_is_given_once_for_a_declared_reason_and_the_applicant_is_told_why(self, cast: Cast) -> None:
        reference = self._reach(cast)
        with at(day(21)):
            with pytest.raises(Invalid):
                self._extend(cast, reference, because="tired")
            self._extend(cast, reference)
            assert case_of(cast.leeds, reference).due_on == date(2027, 7, 5)
            with pytest.raises(AlreadyExtended):
                self._extend(cast, reference)
            dispatch_all()
        (row,) = [row for row in look(cast, reference).clocks if row.key == "answer"]
        assert (row.extended_on, row.extended_words) == (date(2027, 6, 21), "We need longer: complex.")
        case = case_of(cast.leeds, reference)
        (sent,) = [
            each
            for each in messages.sent_about(SET_UP, organisation=cast.leeds, matter=case.id)
            if each.template == "extended"
        ]
        assert sent.status == "created"

    def test_it_is_refused_once_the_time_has_ended(self, cast: Cast) -> None:
        reference = self._reach(cast)
        with at(day(22)), pytest.raises(TooLateToExtend):
            self._extend(cast, reference)

    @pytest.mark.parametrize("other", ["acknowledge", "review", "nothing"])
    def test_a_clock_that_stopped_never_began_or_has_none_is_not_extended(self, cast: Cast, other: str) -> None:
        reference = self._reach(cast)
        with at(MONDAY), pytest.raises(NotAllowedNow):
            self._extend(cast, reference, clock=other)


class TestWaitingForTheApplicant:
    def test_no_time_runs_from_the_question_to_the_answer(self, cast: Cast) -> None:
        offer(cast.leeds, request)
        with at(MONDAY):
            reference = report(cast.leeds)
            assert case_of(cast.leeds, reference).due_on == date(2027, 7, 5)
        with at(day(10)):
            go(cast.priya, cast.leeds, reference, "received_to_asked", "Which year?")
        assert case_of(cast.leeds, reference).due_on == NEVER
        with at(datetime(2027, 9, 1, 9, tzinfo=UTC)):
            assert self._listed(cast, "overdue") == ()
            (waiting,) = self._listed(cast, "open")
            assert waiting is None
        with at(day(21)):
            go(cast.priya, cast.leeds, reference, "asked_to_received")
        # Thursday 10 to Monday 21 are eight working days.
        assert case_of(cast.leeds, reference).due_on == date(2027, 7, 16)
        (row,) = look(cast, reference).clocks
        assert [step.say() for step in row.due.explain][-1].startswith("We asked for clarification on Thursday 10 June")

    def test_the_page_says_whom_we_wait_for(self, cast: Cast) -> None:
        offer(cast.leeds, request)
        with at(MONDAY):
            reference = report(cast.leeds)
            go(cast.priya, cast.leeds, reference, "received_to_asked", "Which year?")
            page = look(cast, reference)
        assert page.is_waiting
        assert [row.is_paused for row in page.clocks] == [True]

    def test_what_waits_is_not_late_and_is_closed_like_any_other(self, cast: Cast) -> None:
        offer(cast.leeds, request)
        with at(MONDAY):
            reference = report(cast.leeds)
            go(cast.priya, cast.leeds, reference, "received_to_asked", "Which year?")
            case = case_of(cast.leeds, reference)
            close(cast.priya, organisation=cast.leeds, case=case.id, revision=case.revision, outcome="collected")
        assert case_of(cast.leeds, reference).due_on == date(2027, 7, 5)

    def _listed(self, cast: Cast, show: str) -> tuple[int | None, ...]:
        rows = worklist(cast.priya, organisation=cast.leeds, asked=Filter(show=show)).rows
        return tuple(row.days_left for row in rows)


class TestAChangedCalendar:
    def test_a_holiday_in_another_nation_moves_what_is_counted_for_the_whole_kingdom(self, cast: Cast) -> None:
        offer(cast.leeds, request)
        with at(MONDAY):
            reference = report(cast.leeds)
            organisations.add_holiday(SET_UP, nation=Nation.SCOTLAND, day=date(2027, 6, 15), name="Proclaimed")
            tell_of_holidays()
            dispatch_all()
        assert case_of(cast.leeds, reference).due_on == date(2027, 7, 6)

    def test_every_running_clock_is_counted_anew(self, cast: Cast) -> None:
        offer(cast.leeds, complaint)
        with at(MONDAY):
            reference = report(cast.leeds)
            go(cast.priya, cast.leeds, reference, "received_to_acknowledged")
            organisations.add_closure(SET_UP, organisation=cast.leeds, day=date(2027, 6, 15), name="Flood")
            dispatch_all()
        assert dates(look(cast, reference)) == {
            "answer": (date(2027, 6, 22), True),
            "acknowledge": (date(2027, 6, 14), False),
        }
        assert case_of(cast.leeds, reference).due_on == date(2027, 6, 22)


def test_a_clock_of_another_nation_does_not_run(cast: Cast) -> None:
    def change(declared: dict[str, Any]) -> None:
        declared["case"]["clocks"] = [
            clock("here", working_days=5, nations=["England"]),
            clock("there", working_days=1, nations=["Wales", "Scotland", "Northern Ireland"]),
        ]

    offer(cast.leeds, change)
    with at(MONDAY):
        reference = report(cast.leeds)
    rows: tuple[ClockRow, ...] = look(cast, reference).clocks
    assert [row.key for row in rows] == ["here"]
