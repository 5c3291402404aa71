"""Other clocks: days that begin with the first, and hours."""

from datetime import date, datetime

from commonweal.foundations.clocks.counting import days_beginning_with, hours_after
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


def breach_report_due(aware: datetime) -> Due:
    """When a breach must be reported: 72 hours after becoming aware (UK GDPR Article 33(1)), nights included."""
    ends = hours_after(aware, BREACH_HOURS)
    day = local_date(ends)
    counted = translatable("{hours} hours from becoming aware on {start}. Nights, weekends and holidays count.")
    step = Step(counted, {"hours": BREACH_HOURS, "start": local_date(aware)})
    return Due(start=local_date(aware), day=day, act_by=day, ends=ends, explain=(step,))


def _due_on(day: date, start: date, step: Step) -> Due:
    return Due(start=start, day=day, act_by=day, ends=end_of(day), explain=(step,))
