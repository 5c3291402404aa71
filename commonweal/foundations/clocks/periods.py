"""Other clocks: days that begin with the first, working days in law, a body's own days, hours."""

from datetime import date, datetime

from commonweal.foundations.clocks.calendars import Calendar
from commonweal.foundations.clocks.counting import (
    days_beginning_with,
    hours_after,
    service_days_after,
    working_days_after,
)
from commonweal.foundations.clocks.due import Due, end_of
from commonweal.foundations.clocks.explaining import Step, translatable
from commonweal.foundations.clocks.now import local_date

COMPLAINT_DAYS = 30
BREACH_HOURS = 72


def complaint_due(received: date) -> Due:
    """When a data protection complaint must be acknowledged: 30 days beginning when received (DPA 2018 s.164A).

    The day of receipt is the first, and the last does not roll.
    """
    day = days_beginning_with(received, COMPLAINT_DAYS)
    counted = translatable("The {days} days begin with {start}, which counts. They end on {day}, working day or not.")
    return _due_on(day, received, Step(counted, {"days": COMPLAINT_DAYS, "start": received, "day": day}))


def working_days_due(received: date, count: int, calendar: Calendar) -> Due:
    """When so many working days in law have passed, counted from the day after receipt; closures do not stop it.

    Freedom of information counts 20, with `Calendar.of_any_part()`.
    """
    day = working_days_after(received, count, calendar)
    counted = translatable("Working days after {start}: {days}. Weekends and bank holidays are left out.")
    return _due_on(day, received, Step(counted, {"start": received, "days": count}))


def service_days_due(received: date, count: int, calendar: Calendar) -> Due:
    """When so many days on which the body works have passed, counted from the day after receipt: a promise, not law."""
    day = service_days_after(received, count, calendar)
    counted = translatable("Working days after {start}: {days}. Weekends, bank holidays and closures are left out.")
    return _due_on(day, received, Step(counted, {"start": received, "days": count}))


def breach_report_due(aware: datetime) -> Due:
    """When a breach must be reported: 72 hours after becoming aware (UK GDPR Article 33(1)), nights included."""
    ends = hours_after(aware, BREACH_HOURS)
    day = local_date(ends)
    counted = translatable("{hours} hours from becoming aware on {start}. Nights, weekends and holidays count.")
    step = Step(counted, {"hours": BREACH_HOURS, "start": local_date(aware)})
    return Due(start=local_date(aware), day=day, act_by=day, ends=ends, explain=(step,))


def _due_on(day: date, start: date, step: Step) -> Due:
    return Due(start=start, day=day, act_by=day, ends=end_of(day), explain=(step,))
