"""The clock of a rights request: UK GDPR Articles 12(3), 12(3A) and 12A, as the reference sets out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.clocks.calendars import SATURDAY, Calendar
from commonweal.foundations.clocks.counting import months_after
from commonweal.foundations.clocks.due import Due, end_of
from commonweal.foundations.clocks.explaining import Step, translatable
from commonweal.foundations.clocks.pauses import Pause, take_out
from commonweal.foundations.errors import Conflict

MONTHS_TO_ANSWER = 1
MONTHS_WHEN_EXTENDED = 3


class ExtensionTooLate(Conflict):
    """The notice of an extension has to go out before the first month ends (Article 12(3))."""

    code = "extension_too_late"
    title = _("It is too late to extend this")
    message = _("The first month has ended. Answer the request now and explain why the answer is late.")


@dataclass(frozen=True)
class _Period:
    start: date
    months: int
    calendar: Calendar

    def last_day(self, taken_out: frozenset[date] = frozenset()) -> date:
        """The last day once those days are taken out, rolled to a working day."""
        return self.calendar.roll_forward(self.unrolled(taken_out))

    def unrolled(self, taken_out: frozenset[date] = frozenset()) -> date:
        return months_after(self.start, self.months) + timedelta(days=len(taken_out))


def rights_request_due(
    received: date,
    calendar: Calendar,
    *,
    evidence: date | None = None,
    fee_paid: date | None = None,
    pauses: Iterable[Pause] = (),
    extended_on: date | None = None,
) -> Due:
    """When a rights request must be answered: one calendar month, or three when extended.

    Dates are Europe/London dates. `evidence` and `fee_paid` (the days they came, where they were needed and
    asked for) move the start; pauses do not. `extended_on` is the day the notice of the extension went out:
    ExtensionTooLate once the first month is over. The day to extend by is `act_by` of the clock not extended.
    """
    pauses = tuple(pauses)
    start = max(_require_date(day) for day in (received, evidence, fee_paid) if day is not None)
    if extended_on is not None:
        _require_in_time(extended_on, _Period(start, MONTHS_TO_ANSWER, calendar), pauses)
    period = _Period(start, MONTHS_WHEN_EXTENDED if extended_on else MONTHS_TO_ANSWER, calendar)
    paused = take_out(pauses, start, period.last_day)
    day, act_by = period.last_day(paused.days), period.last_day(paused.days_strictly)
    explain = (
        *_explain_start(received, evidence, fee_paid),
        *_explain_months(period, extended_on),
        *paused.steps,
        *_explain_roll(period.unrolled(paused.days), day, calendar),
        *_explain_act_by(day, act_by),
    )
    return Due(start, day, act_by, end_of(day), explain, paused.stopped_since)


def _require_date(day: date) -> date:
    if isinstance(day, datetime):
        raise TypeError("a rights request counts in dates: use local_date() on a moment first")
    return day


def _require_in_time(extended_on: date, first: _Period, pauses: tuple[Pause, ...]) -> None:
    if extended_on < first.start:
        raise ValueError("an extension cannot be given before the clock started")
    if extended_on > first.last_day(take_out(pauses, first.start, first.last_day).days):
        raise ExtensionTooLate


def _explain_start(received: date, evidence: date | None, fee_paid: date | None) -> tuple[Step, ...]:
    steps = [Step(translatable("We received the request on {received}."), {"received": received})]
    if evidence and evidence > received:
        moved = translatable("We received the evidence we needed on {evidence}. The time starts then.")
        steps.append(Step(moved, {"evidence": evidence}))
    if fee_paid and fee_paid > max(received, evidence or received):
        moved = translatable("The fee was paid on {fee_paid}. The time starts then.")
        steps.append(Step(moved, {"fee_paid": fee_paid}))
    return tuple(steps)


def _explain_months(period: _Period, extended_on: date | None) -> tuple[Step, ...]:
    last = period.unrolled()
    if extended_on:
        extended = translatable(
            "The time was extended on {extended_on} to three months from the start. They end on {last}."
        )
        return (Step(extended, {"extended_on": extended_on, "last": last}),)
    if last.day == period.start.day:
        return (Step(translatable("One month ends on the same date of the next month: {last}."), {"last": last}),)
    shorter = translatable("The next month has no such date, so one month ends on its last day: {last}.")
    return (Step(shorter, {"last": last}),)


def _explain_roll(unrolled: date, rolled: date, calendar: Calendar) -> tuple[Step, ...]:
    if unrolled == rolled:
        return ()
    if unrolled.weekday() >= SATURDAY:
        weekend = translatable("{day} is at a weekend, so the time ends on the next working day: {next_day}.")
        return (Step(weekend, {"day": unrolled, "next_day": rolled}),)
    holiday = translatable("{day} is a holiday ({name}), so the time ends on the next working day: {next_day}.")
    name = calendar.holiday_name(unrolled) or ""
    return (Step(holiday, {"day": unrolled, "name": name, "next_day": rolled}),)


def _explain_act_by(day: date, act_by: date) -> tuple[Step, ...]:
    if day == act_by:
        return ()
    strictly = translatable(
        "To be safe, act by {act_by}: a stricter reading of the law counts the day the answer came."
    )
    return (Step(strictly, {"act_by": act_by}),)
