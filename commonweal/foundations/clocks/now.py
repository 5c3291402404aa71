"""The present moment, which a test or a demo loader may set and move."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from threading import RLock
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class SetClock:
    """A clock that stands at a moment, and moves only when told or, with a step, a little at each look."""

    def __init__(self, moment: datetime, step: timedelta = timedelta(0)) -> None:
        self._moment = _require_aware(moment)
        self._step = step
        self._lock = RLock()

    def look(self) -> datetime:
        """The moment this clock shows, in UTC; a ticking clock then moves on by its step."""
        with self._lock:
            shown = self._moment
            self._moment = shown + self._step
            return shown

    def move_to(self, moment: datetime) -> None:
        """Set the clock to an aware moment, earlier or later."""
        with self._lock:
            self._moment = _require_aware(moment)

    def advance(self, by: timedelta) -> None:
        """Move the clock on by a span of real time (24 hours, not a calendar day, across a clock change)."""
        with self._lock:
            self._moment += by


# Held for the whole process, not per thread: a test that moves the clock must move it for the
# server thread that answers the browser too.
_set_clocks: list[SetClock] = []


def now() -> datetime:
    """The present moment, aware and in UTC."""
    return _set_clocks[-1].look() if _set_clocks else datetime.now(UTC)


def today() -> date:
    """The present date where the law counts it: Europe/London."""
    return local_date(now())


def local_date(moment: datetime) -> date:
    """The Europe/London date of an aware moment: 23:30 UTC in summer is already tomorrow."""
    return _require_aware(moment).astimezone(LONDON).date()


@contextmanager
def at(moment: datetime) -> Iterator[SetClock]:
    """Hold the clock at `moment` for the whole process; the clock given can be moved. May be nested."""
    with _use(SetClock(moment)) as clock:
        yield clock


@contextmanager
def ticking(moment: datetime, step: timedelta = timedelta(milliseconds=1)) -> Iterator[SetClock]:
    """Start the clock at `moment` and move it on by `step` at each look, so that no two events coincide."""
    with _use(SetClock(moment, step)) as clock:
        yield clock


@contextmanager
def _use(clock: SetClock) -> Iterator[SetClock]:
    _set_clocks.append(clock)
    try:
        yield clock
    finally:
        _set_clocks.remove(clock)


def _require_aware(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError(f"a moment needs a time zone, and {moment.isoformat()} has none")
    return moment.astimezone(UTC)
