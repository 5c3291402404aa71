"""How the law counts: calendar months, counted days, hours, and days that begin with the first."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from commonweal.foundations.clocks.calendars import ONE_DAY


def months_after(start: date, months: int) -> date:
    """The same date that many months on, or the last day of a month that lacks it. It does not roll."""
    return start + relativedelta(months=months)


def hours_after(moment: datetime, hours: int) -> datetime:
    """So many real hours on, in UTC: nights, weekends and holidays count, and a clock change adds or takes none."""
    if moment.utcoffset() is None:
        raise ValueError(f"a moment needs a time zone, and {moment.isoformat()} has none")
    return moment.astimezone(UTC) + timedelta(hours=hours)


def days_beginning_with(first: date, count: int) -> date:
    """The last of `count` calendar days of which the first is counted. It does not roll."""
    if count < 1:
        raise ValueError("a period of days beginning with a day has at least that day")
    return first + timedelta(days=count - 1)


def last_counted(start: date, count: int, is_counted: Callable[[date], bool]) -> date:
    """The last of `count` days that are counted, the first being the first such day after `start`."""
    if count < 1:
        raise ValueError("a period of days has at least one")
    day = start
    while count:
        day += ONE_DAY
        count -= is_counted(day)
    return day
