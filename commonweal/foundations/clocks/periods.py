"""When a data protection complaint must be acknowledged."""

from datetime import date

from commonweal.foundations.clocks.counting import days_beginning_with
from commonweal.foundations.clocks.due import Due, end_of
from commonweal.foundations.clocks.explaining import Step, translatable

COMPLAINT_DAYS = 30


def complaint_due(received: date) -> Due:
    """When a data protection complaint must be acknowledged: 30 days beginning when received (DPA 2018 s.164A).

    The day of receipt is the first, and the last does not roll.
    """
    day = days_beginning_with(received, COMPLAINT_DAYS)
    counted = translatable("The {days} days begin with {start}, which counts. They end on {day}, working day or not.")
    step = Step(counted, {"days": COMPLAINT_DAYS, "start": received, "day": day})
    return Due(start=received, day=day, act_by=day, ends=end_of(day), explain=(step,))
