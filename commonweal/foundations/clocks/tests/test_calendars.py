"""Bank holidays per nation, substitute days, proclaimed holidays, and closures that stop only promises."""

from datetime import date

import pytest

from commonweal.foundations.clocks.calendars import BANK_HOLIDAY_NAMES, Calendar, Nation
from commonweal.foundations.clocks.counting import days_beginning_with, last_counted

# As published at www.gov.uk/bank-holidays, weekends aside.
EASTER_MONDAY_AND_LATE_SUMMER = {
    date(2026, 4, 6), date(2026, 8, 31), date(2027, 3, 29), date(2027, 8, 30), date(2028, 4, 17), date(2028, 8, 28),
}  # fmt: skip
EVERYWHERE = {
    date(2026, 1, 1), date(2026, 4, 3), date(2026, 5, 4), date(2026, 5, 25), date(2026, 12, 25), date(2026, 12, 28),
    date(2027, 1, 1), date(2027, 3, 26), date(2027, 5, 3), date(2027, 5, 31), date(2027, 12, 27), date(2027, 12, 28),
    date(2028, 1, 3), date(2028, 4, 14), date(2028, 5, 1), date(2028, 5, 29), date(2028, 12, 25), date(2028, 12, 26),
}  # fmt: skip
PUBLISHED = {
    Nation.ENGLAND: EVERYWHERE | EASTER_MONDAY_AND_LATE_SUMMER,
    Nation.WALES: EVERYWHERE | EASTER_MONDAY_AND_LATE_SUMMER,
    Nation.NORTHERN_IRELAND: EVERYWHERE | EASTER_MONDAY_AND_LATE_SUMMER | {
        date(2026, 3, 17), date(2026, 7, 13), date(2027, 3, 17), date(2027, 7, 12), date(2028, 3, 17),
        date(2028, 7, 12),
    },
    Nation.SCOTLAND: EVERYWHERE | {
        date(2026, 1, 2), date(2026, 6, 15), date(2026, 8, 3), date(2026, 11, 30), date(2027, 1, 4), date(2027, 8, 2),
        date(2027, 11, 30), date(2028, 1, 4), date(2028, 8, 7), date(2028, 11, 30),
    },
}  # fmt: skip


def weekdays_of(first: int, last: int) -> list[date]:
    start = date(first, 1, 1).toordinal()
    days = (date.fromordinal(n) for n in range(start, date(last + 1, 1, 1).toordinal()))
    return [day for day in days if day.weekday() < 5]


@pytest.mark.parametrize("nation", Nation)
def test_bank_holidays_and_substitute_days_are_those_published(nation: Nation) -> None:
    calendar = Calendar.of(nation)
    assert {day for day in weekdays_of(2026, 2028) if not calendar.is_working_day(day)} == PUBLISHED[nation]


def test_every_packaged_name_reaches_the_translators() -> None:
    calendar = Calendar(frozenset(Nation))
    names = {calendar.holiday_name(day) for day in weekdays_of(2027, 2036)} - {None}
    assert names <= set(BANK_HOLIDAY_NAMES)


def test_a_substitute_day_is_named_like_the_day_it_stands_for() -> None:
    assert Calendar.of(Nation.ENGLAND).holiday_name(date(2026, 12, 28)) == "Boxing Day"


def test_a_proclaimed_holiday_is_added_as_data() -> None:
    proclaimed = date(2027, 6, 4)
    calendar = Calendar.of(Nation.WALES, extra_holidays=[proclaimed])
    assert not calendar.is_working_day(proclaimed)
    assert calendar.holiday_name(proclaimed) == "a public holiday"
    assert Calendar.of(Nation.WALES).is_working_day(proclaimed)


def test_closures_stop_the_bodys_promises_and_never_the_law() -> None:
    closed = date(2026, 11, 24)
    calendar = Calendar.of(Nation.ENGLAND, closures=[closed])
    monday = date(2026, 11, 23)
    assert calendar.is_working_day(closed)
    assert not calendar.is_service_day(closed)
    assert last_counted(monday, 1, calendar.is_working_day) == closed
    assert last_counted(monday, 1, calendar.is_service_day) == date(2026, 11, 25)


def test_a_period_has_at_least_one_day() -> None:
    with pytest.raises(ValueError, match="at least one"):
        last_counted(date(2026, 1, 5), 0, Calendar.of(Nation.ENGLAND).is_working_day)
    with pytest.raises(ValueError, match="at least that day"):
        days_beginning_with(date(2026, 1, 5), 0)


def test_a_packaged_holiday_that_was_moved_is_withdrawn() -> None:
    """In 2020 the early May holiday was moved from Monday 4 to Friday 8 May."""
    moved = Calendar.of(Nation.ENGLAND, extra_holidays=[date(2027, 5, 7)])
    calendar = Calendar(moved.nations, moved.extra_holidays, withdrawn=frozenset({date(2027, 5, 3)}))
    assert calendar.is_working_day(date(2027, 5, 3))
    assert not calendar.is_working_day(date(2027, 5, 7))
