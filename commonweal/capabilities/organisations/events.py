"""What happened to bodies: ids and codes only."""

from dataclasses import dataclass
from datetime import date

from commonweal.foundations.events.event import Event


@dataclass(frozen=True, kw_only=True)
class CalendarChanged(Event):
    """A day of a body's calendar became a holiday or closure, or is one no more; `why` says which."""

    day: date
    why: str
