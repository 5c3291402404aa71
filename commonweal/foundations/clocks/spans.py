"""Clocks whose length is declared: working days, days or months, with days that do not count and one extension."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from commonweal.foundations.clocks.calendars import Calendar
from commonweal.foundations.clocks.counting import last_counted, months_after
from commonweal.foundations.clocks.due import Due, end_of
from commonweal.foundations.clocks.explaining import Step, translatable
from commonweal.foundations.clocks.pauses import Pause, take_out


@dataclass(frozen=True)
class Span:
    """How long a clock runs: one of `working_days`, `days` and `months`.

    `is_law`: closures of the body do not stop it. `is_union`: its calendar is that of the whole United Kingdom.
    """

    working_days: int | None = None
    days: int | None = None
    months: int | None = None
    is_law: bool = False
    is_union: bool = False

    def __post_init__(self) -> None:
        lengths = [length for length in (self.working_days, self.days, self.months) if length is not None]
        if len(lengths) != 1 or lengths[0] < 1:
            raise ValueError("a span is so many working days, days or months, at least one of them")


@dataclass(frozen=True)
class Extended:
    """By how much a clock was extended, on which day, and why in a few words."""

    span: Span
    on: date
    why: str


def span_due(
    start: date, span: Span, calendar: Calendar, *, pauses: Iterable[Pause] = (), extended: Extended | None = None
) -> Due:
    """When a span ends that is counted from the day after `start`. Days and months do not roll to a working day.

    The days of `pauses` do not count. An extension of the same kind is added to the length (FOIA 2000 s.10), another is
    counted from where the span ends. A pause before `start` is a ValueError.
    """
    spans = _spans(span, extended)

    def last_day(out: frozenset[date]) -> date:
        day = start
        for each in spans:
            day = _end(day, each, calendar, out)
        return day

    paused = take_out(pauses, start, last_day)
    day = last_day(paused.days)
    steps = (_explain(start, span), *_explain_extension(extended), *paused.steps)
    return Due(start, day, day, end_of(day), steps, paused.stopped_since)


def _spans(span: Span, extended: Extended | None) -> tuple[Span, ...]:
    if extended is None:
        return (span,)
    more = replace(extended.span, is_law=span.is_law, is_union=span.is_union)
    if span.months and more.months:
        return (replace(span, months=span.months + more.months),)
    return span, more


def _end(start: date, span: Span, calendar: Calendar, out: frozenset[date]) -> date:
    if span.working_days is not None:
        works = calendar.is_working_day if span.is_law else calendar.is_service_day
        return last_counted(start, span.working_days, lambda day: works(day) and day not in out)
    whole = start + timedelta(days=span.days) if span.days is not None else months_after(start, span.months or 0)
    return last_counted(start, (whole - start).days, lambda day: day not in out)


def _explain(start: date, span: Span) -> Step:
    return Step(_COUNTED[_kind(span)], {"start": start, "days": span.working_days or span.days or span.months or 0})


def _kind(span: Span) -> str:
    if span.working_days is None:
        return "days" if span.days is not None else "months"
    if span.is_union:
        return "union" if span.is_law else "union_service"
    return "law" if span.is_law else "service"


def _explain_extension(extended: Extended | None) -> tuple[Step, ...]:
    if extended is None:
        return ()
    message = _EXTENDED["working_days" if extended.span.working_days else "days" if extended.span.days else "months"]
    span = extended.span
    more = span.working_days or span.days or span.months or 0
    return (Step(message, {"on": extended.on, "days": more, "why": extended.why}),)


_COUNTED = {
    "law": translatable("Working days after {start}: {days}. Weekends and bank holidays are left out."),
    "service": translatable("Working days after {start}: {days}. Weekends, bank holidays and closures are left out."),
    "union": translatable(
        "Working days after {start}: {days}. Weekends are left out, and bank holidays in any part of the UK."
    ),
    "union_service": translatable(
        "Working days after {start}: {days}. Weekends and closures are left out, "
        "and bank holidays in any part of the UK."
    ),
    "days": translatable("Days after {start}: {days}. Weekends and holidays count."),
    "months": translatable("Months after {start}: {days}. They end on the same date, working day or not."),
}
_EXTENDED = {
    "working_days": translatable("Extended on {on} by working days: {days}. The reason: {why}."),
    "days": translatable("Extended on {on} by days: {days}. The reason: {why}."),
    "months": translatable("Extended on {on} by months: {days}. The reason: {why}."),
}
