"""Waiting for clarification: the days that do not count towards a period (UK GDPR Article 12A)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from commonweal.foundations.clocks.calendars import ONE_DAY
from commonweal.foundations.clocks.explaining import Step, translatable


@dataclass(frozen=True)
class Pause:
    """Clarification asked on one day and had on another; `answered` is None while it is awaited."""

    asked: date
    answered: date | None = None

    def __post_init__(self) -> None:
        if self.answered is not None and self.answered < self.asked:
            raise ValueError("an answer cannot come before the question")

    @property
    def days(self) -> frozenset[date]:
        """Both days and all between; while the answer is awaited only the first is certain."""
        last = self.answered or self.asked
        return frozenset(self.asked + ONE_DAY * n for n in range((last - self.asked).days + 1))

    @property
    def days_strictly(self) -> frozenset[date]:
        """The same without the day of the answer, which the stricter reading counts again."""
        return self.days - {self.answered or self.asked}


@dataclass(frozen=True)
class Paused:
    """The days that all pauses together take out of a period."""

    days: frozenset[date]
    days_strictly: frozenset[date]
    stopped_since: date | None
    steps: tuple[Step, ...]


def take_out(pauses: Iterable[Pause], start: date, last_day_with: Callable[[frozenset[date]], date]) -> Paused:
    """The days that do not count. A day in two pauses is taken out once; a pause after the end changes nothing.

    `last_day_with` gives the period's last day once those days are taken out. A pause before `start` is a
    ValueError: the clock was not running.
    """
    out: frozenset[date] = frozenset()
    out_strictly: frozenset[date] = frozenset()
    stopped_since = None
    steps = []
    for pause in sorted(pauses, key=lambda pause: pause.asked):
        if pause.asked < start:
            raise ValueError("clarification cannot stop a clock before it started")
        if pause.asked > last_day_with(out):
            steps.append(_explain_too_late(pause))
            continue
        out |= pause.days
        out_strictly |= pause.days_strictly
        stopped_since = stopped_since or (pause.asked if pause.answered is None else None)
        steps.append(_explain(pause))
    return Paused(out, out_strictly, stopped_since, tuple(steps))


def _explain(pause: Pause) -> Step:
    if pause.answered is None:
        waiting = translatable("We asked for clarification on {asked}. The time is stopped until the answer comes.")
        return Step(waiting, {"asked": pause.asked})
    paused = translatable(
        "We asked for clarification on {asked} and had the answer on {answered}. "
        "Those days and the days between do not count. Days that do not count: {days}."
    )
    return Step(paused, {"asked": pause.asked, "answered": pause.answered, "days": len(pause.days)})


def _explain_too_late(pause: Pause) -> Step:
    too_late = translatable("Clarification asked on {asked} does not stop the time: the time had already ended.")
    return Step(too_late, {"asked": pause.asked})
