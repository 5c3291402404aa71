"""When a data protection complaint must be acknowledged, and when a breach must be reported."""

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
    step = Step(counted, {"days": COMPLAINT_DAYS, "start": received, "day": day})
    return Due(start=received, day=day, act_by=day, ends=end_of(day), explain=(step,))


def breach_report_due(aware: datetime) -> Due:
    """When a breach must be reported: 72 hours after becoming aware, an aware moment (UK GDPR Article 33(1)).

    Nights, weekends and holidays count.
    """
    ends, day_aware = hours_after(aware, BREACH_HOURS), local_date(aware)
    day = local_date(ends)
    counted = translatable("{hours} hours from becoming aware on {start}. Nights, weekends and holidays count.")
    step = Step(counted, {"hours": BREACH_HOURS, "start": day_aware})
    return Due(start=day_aware, day=day, act_by=day, ends=ends, explain=(step,))
