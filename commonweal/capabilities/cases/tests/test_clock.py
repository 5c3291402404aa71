"""The clock of a case: the promised date stands, its reasons are told, and a changed calendar moves it one way."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from commonweal.capabilities.cases.rules import clock_of, due_on, moved_to
from commonweal.foundations.clocks.calendars import Calendar, Nation

SCOTLAND = Calendar.of(Nation.SCOTLAND)
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))
calendars = st.builds(
    Calendar,
    nations=st.sampled_from(Nation).map(lambda nation: frozenset({nation})),
    extra_holidays=st.frozensets(days, max_size=5),
    closures=st.frozensets(days, max_size=5),
)
counts = st.integers(1, 40)


def test_the_reasons_lead_to_the_promised_date() -> None:
    friday = date(2026, 11, 27)
    promised = due_on(friday, 2, SCOTLAND, is_law=False)
    clock = clock_of(friday, 2, SCOTLAND, promised, is_law=False)
    assert promised == date(2026, 12, 2)  # St Andrew's Day, Monday 30 November, is a holiday in Scotland alone
    assert (clock.day, clock.act_by, clock.start) == (promised, promised, friday)
    assert clock.explain[0].values == {"start": friday, "days": 2}


def test_a_date_that_was_promised_is_not_counted_anew() -> None:
    promised = date(2026, 12, 24)
    england = Calendar.of(Nation.ENGLAND)
    assert clock_of(date(2026, 11, 27), 2, england, promised, is_law=False).act_by == promised


@given(days, counts, calendars, days, st.booleans())
def test_adding_a_holiday_never_moves_a_due_date_earlier(
    received: date, count: int, calendar: Calendar, added: date, is_law: bool
) -> None:
    before = due_on(received, count, calendar, is_law=is_law)
    longer = Calendar(calendar.nations, calendar.extra_holidays | {added}, calendar.closures)
    after = due_on(received, count, longer, is_law=is_law)
    assert after >= before
    assert after == before or received < added <= before
    assert moved_to(before, after, is_added=True) == after


@given(days, counts, calendars)
def test_closures_never_move_what_a_law_sets(received: date, count: int, calendar: Calendar) -> None:
    never_closed = Calendar(calendar.nations, calendar.extra_holidays)
    by_law = due_on(received, count, calendar, is_law=True)
    assert by_law == due_on(received, count, never_closed, is_law=True)
    assert by_law <= due_on(received, count, calendar, is_law=False)


@given(days, days, st.lists(st.booleans(), max_size=4))
def test_counting_anew_settles_on_what_was_counted(promised: date, counted: date, changes: list[bool]) -> None:
    """Whatever went before, one day added and one gone lead there, in either order; the same again moves nothing."""
    for is_added in changes:
        moved = moved_to(promised, counted, is_added=is_added)
        assert moved_to(moved, counted, is_added=is_added) == moved
        promised = moved
    for order in ((True, False), (False, True)):
        first = moved_to(promised, counted, is_added=order[0])
        assert moved_to(first, counted, is_added=order[1]) == counted
