"""What happened to requests: ids and codes only."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commonweal.foundations.events.event import Event


@dataclass(frozen=True, kw_only=True)
class RequestRecountBrokeOff(Event):
    """So many requests were counted anew as one transaction should hold: it goes on `after` one."""

    day: date
    after: UUID
