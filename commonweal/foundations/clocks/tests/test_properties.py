"""What holds of every clock, whatever the dates."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundations.clocks.calendars import Calendar, Nation
from commonweal.foundations.clocks.counting import hours_after, last_counted
from commonweal.foundations.clocks.pauses import Pause
from commonweal.foundations.clocks.rights import rights_request_due

days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
calendars = st.builds(
    Calendar,
    nations=st.sets(st.sampled_from(Nation), min_size=1).map(frozenset),
    extra_holidays=st.sets(days, max_size=3).map(frozenset),
    closures=st.sets(days, max_size=3).map(frozenset),
)
spans = st.tuples(st.integers(0, 120), st.integers(0, 60))


def pauses_from(start: date, offsets: list[tuple[int, int]]) -> list[Pause]:
    return [Pause(start + timedelta(days=asked), start + timedelta(days=asked + length)) for asked, length in offsets]


@given(days, calendars, st.lists(spans, max_size=3))
def test_nothing_is_due_on_a_day_that_is_not_a_working_day(
    received: date, calendar: Calendar, offsets: list[tuple[int, int]]
) -> None:
    due = rights_request_due(received, calendar, pauses=pauses_from(received, offsets))
    assert calendar.is_working_day(due.day)
    assert calendar.is_working_day(due.act_by)
    assert received < due.act_by <= due.day
    assert all(step.say() for step in due.explain)


@given(days, st.integers(0, 400), calendars)
def test_a_request_received_later_is_never_due_earlier(received: date, later: int, calendar: Calendar) -> None:
    first = rights_request_due(received, calendar).day
    assert first <= rights_request_due(received + timedelta(days=later), calendar).day


@given(days, calendars, st.lists(spans, max_size=3), spans)
def test_another_pause_never_shortens(
    received: date, calendar: Calendar, offsets: list[tuple[int, int]], another: tuple[int, int]
) -> None:
    fewer = rights_request_due(received, calendar, pauses=pauses_from(received, offsets))
    more = rights_request_due(received, calendar, pauses=pauses_from(received, [*offsets, another]))
    assert fewer.day <= more.day
    assert fewer.act_by <= more.act_by


@given(days, calendars, st.lists(spans, max_size=3))
def test_extending_never_shortens_and_is_open_until_the_first_month_ends(
    received: date, calendar: Calendar, offsets: list[tuple[int, int]]
) -> None:
    pauses = pauses_from(received, offsets)
    first = rights_request_due(received, calendar, pauses=pauses)
    extended = rights_request_due(received, calendar, pauses=pauses, extended_on=first.day)
    assert extended.start == first.start
    assert extended.day >= first.day


@given(days, days, calendars)
def test_evidence_counts_from_whichever_came_last(received: date, evidence: date, calendar: Calendar) -> None:
    due = rights_request_due(received, calendar, evidence=evidence)
    assert due.day == rights_request_due(max(received, evidence), calendar).day


@given(days, st.integers(1, 60), calendars)
def test_so_many_working_days_lie_in_between(start: date, count: int, calendar: Calendar) -> None:
    last = last_counted(start, count, calendar.is_working_day)
    between = [start + timedelta(days=n) for n in range(1, (last - start).days + 1)]
    assert sum(map(calendar.is_working_day, between)) == count
    assert calendar.is_working_day(last)
    assert last_counted(start, count, calendar.is_service_day) >= last


@given(days, st.integers(1, 60), calendars)
def test_any_part_of_the_kingdom_is_never_earlier_than_one_nation(start: date, count: int, calendar: Calendar) -> None:
    everywhere = Calendar(frozenset(Nation), calendar.extra_holidays)
    last = last_counted(start, count, calendar.is_working_day)
    assert last_counted(start, count, everywhere.is_working_day) >= last


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.timezones()), st.integers(0, 500))  # noqa: DTZ001
def test_hours_are_real_hours(moment: datetime, hours: int) -> None:
    assert (hours_after(moment, hours) - moment.astimezone(UTC)).total_seconds() == hours * 3600
