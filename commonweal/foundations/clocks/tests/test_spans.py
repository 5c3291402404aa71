"""Declared spans: what holds of every clock of a case, and the dates that the law and the ombudsman set."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundations.clocks.calendars import Calendar, Nation
from commonweal.foundations.clocks.pauses import Pause
from commonweal.foundations.clocks.spans import Extended, Span, span_due

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
calendars = st.builds(
    Calendar,
    nations=st.sets(st.sampled_from(Nation), min_size=1).map(frozenset),
    extra_holidays=st.sets(days, max_size=3).map(frozenset),
    closures=st.sets(days, max_size=3).map(frozenset),
)
spans = st.one_of(
    st.builds(Span, working_days=st.integers(1, 60), is_law=st.booleans(), is_union=st.booleans()),
    st.builds(Span, days=st.integers(1, 90)),
    st.builds(Span, months=st.integers(1, 12)),
)
extensions = st.one_of(st.builds(Span, working_days=st.integers(1, 40)), st.builds(Span, months=st.integers(1, 6))).map(
    lambda span: Extended(span, date(2026, 1, 1), "it is long")
)
offsets = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30)), max_size=3)

ENGLAND, UNION = Calendar.of(Nation.ENGLAND), Calendar(frozenset(Nation))


def pauses_from(start: date, spread: list[tuple[int, int]]) -> list[Pause]:
    return [Pause(start + timedelta(days=asked), start + timedelta(days=asked + length)) for asked, length in spread]


@given(days, spans, calendars, offsets, st.none() | extensions)
def test_a_span_holds_exactly_its_length_of_days_that_count(
    start: date, span: Span, calendar: Calendar, spread: list[tuple[int, int]], extended: Extended | None
) -> None:
    """Whatever is paused: the days of the pauses that came in time are on top, and nothing else."""
    pauses = pauses_from(start, spread)
    due = span_due(start, span, calendar, pauses=pauses, extended=extended)
    assert due.day > start
    assert all(step.say() for step in due.explain)
    if span.working_days is None or extended is not None:
        return
    works = calendar.is_working_day if span.is_law else calendar.is_service_day
    out = frozenset(day for pause in pauses for day in pause.days)
    counted = [start + timedelta(days=n) for n in range(1, (due.day - start).days + 1)]
    assert sum(works(day) and day not in out for day in counted) == span.working_days


@given(days, spans, calendars, offsets, st.tuples(st.integers(0, 60), st.integers(0, 30)))
def test_another_pause_never_shortens_and_one_after_the_end_changes_nothing(
    start: date, span: Span, calendar: Calendar, spread: list[tuple[int, int]], another: tuple[int, int]
) -> None:
    fewer = span_due(start, span, calendar, pauses=pauses_from(start, spread))
    more = span_due(start, span, calendar, pauses=pauses_from(start, [*spread, another]))
    assert more.day >= fewer.day
    late = Pause(fewer.day + timedelta(days=1), fewer.day + timedelta(days=9))
    assert span_due(start, span, calendar, pauses=[*pauses_from(start, spread), late]).day == fewer.day


@given(days, spans, calendars, offsets, extensions)
def test_an_extension_lengthens(
    start: date, span: Span, calendar: Calendar, spread: list[tuple[int, int]], extended: Extended
) -> None:
    pauses = pauses_from(start, spread)
    before = span_due(start, span, calendar, pauses=pauses)
    assert span_due(start, span, calendar, pauses=pauses, extended=extended).day > before.day


@given(days, spans, calendars, days)
def test_adding_a_holiday_never_moves_an_end_earlier(start: date, span: Span, calendar: Calendar, added: date) -> None:
    before = span_due(start, span, calendar).day
    longer = Calendar(calendar.nations, calendar.extra_holidays | {added}, calendar.closures)
    after = span_due(start, span, longer).day
    assert after >= before
    assert after == before or start < added <= before


@given(days, spans, calendars)
def test_closures_never_move_what_a_law_sets(start: date, span: Span, calendar: Calendar) -> None:
    never_closed = Calendar(calendar.nations, calendar.extra_holidays)
    same = span_due(start, span, calendar).day == span_due(start, span, never_closed).day
    assert same or not (span.is_law or span.working_days is None)


@given(days, spans, calendars, st.integers(0, 40))
def test_while_an_answer_is_awaited_the_clock_says_since_when(
    start: date, span: Span, calendar: Calendar, after: int
) -> None:
    asked = start + timedelta(days=after)
    due = span_due(start, span, calendar, pauses=[Pause(asked)])
    is_in_time = asked <= span_due(start, span, calendar).day
    assert due.stopped_since == (asked if is_in_time else None)


def test_freedom_of_information_leaves_out_a_holiday_in_any_part_of_the_kingdom() -> None:
    received = date(2026, 3, 2)
    assert span_due(received, Span(working_days=20, is_law=True), ENGLAND).day == date(2026, 3, 30)
    assert span_due(received, Span(working_days=20, is_law=True, is_union=True), UNION).day == date(2026, 3, 31)


def test_clarification_stops_freedom_of_information() -> None:
    span = Span(working_days=20, is_law=True, is_union=True)
    asked, answered = date(2026, 10, 7), date(2026, 10, 14)
    due = span_due(date(2026, 10, 1), span, UNION, pauses=[Pause(asked, answered)])
    assert span_due(date(2026, 10, 1), span, UNION).day == date(2026, 10, 29)
    assert due.day == date(2026, 11, 6)  # Wednesday 7 to Wednesday 14 are six working days


def test_a_complaint_is_acknowledged_in_5_and_answered_10_and_20_working_days_later() -> None:
    """The ombudsman's code: stage one from the acknowledgement, stage two from its request."""
    received = date(2026, 11, 2)
    acknowledged = span_due(received, Span(working_days=5), ENGLAND).day
    assert acknowledged == date(2026, 11, 9)
    assert span_due(acknowledged, Span(working_days=10), ENGLAND).day == date(2026, 11, 23)
    assert span_due(date(2026, 12, 1), Span(working_days=20), ENGLAND).day == date(2026, 12, 31)


def test_months_end_on_the_same_date_and_an_extension_in_months_counts_from_the_start() -> None:
    extended = Extended(Span(months=2), date(2026, 2, 10), "it is complex")
    assert span_due(date(2026, 1, 31), Span(months=1), ENGLAND).day == date(2026, 2, 28)
    assert span_due(date(2026, 1, 31), Span(months=1), ENGLAND, extended=extended).day == date(2026, 4, 30)


@pytest.mark.parametrize(("working_days", "months"), [(None, None), (1, 1), (0, None)])
def test_a_span_is_one_length(working_days: int | None, months: int | None) -> None:
    with pytest.raises(ValueError):
        Span(working_days=working_days, months=months)
