"""Read the outbox: which events are due, which fail and why, and how far behind delivery is.

Platform rows: each function needs an open scope and reads for all bodies, or for the one it is given.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from commonweal.foundations.clocks.now import now
from commonweal.foundations.events.event import Event
from commonweal.foundations.scope.scopes import PLATFORM

LONGEST_WAIT = timedelta(hours=1)
COUNTED = 10_000
"""Waiting events are counted up to here: a longer queue is no more precise a reason to look."""

# Of each subject the earliest; one that is held waits for its time. A next attempt further off than any wait was set
# by a clock that was wrong then.
_DUE = """
select o.id, o.organisation_id, o.name, o.body, o.subject_id, o.attempts, o.at from events_outgoing o
where o.delivered_at is null and o.given_up_at is null
    and ((o.attempts = 0 and o.next_at <= o.at) or o.next_at <= %(now)s or o.next_at > %(latest)s)
    and not exists (
        select 1 from events_outgoing earlier where earlier.subject_id = o.subject_id
            and earlier.delivered_at is null and earlier.given_up_at is null and earlier.id < o.id
    )
order by o.id limit %(at_most)s
"""

_FAILING = """
select id, organisation_id, name, subject_id, at, attempts, error, next_at, (
    select count(*) from (
        select 1 from events_outgoing later where later.subject_id = o.subject_id
            and later.delivered_at is null and later.given_up_at is null and later.id > o.id limit %(counted)s
    ) as behind
) from events_outgoing o
where delivered_at is null and given_up_at is null and attempts > 0
    and (%(organisation)s = %(platform)s or organisation_id = %(organisation)s)
order by id limit %(at_most)s
"""

_COUNTS = """
select (select count(*) from (
    select 1 from events_outgoing where delivered_at is null and given_up_at is null limit %(counted)s
) as waiting), (select count(*) from (
    select 1 from events_outgoing where delivered_at is null and given_up_at is null and attempts > 0 limit %(counted)s
) as failing)
"""


@dataclass(frozen=True)
class DueEvent:
    """An event that may be delivered now; `attempts` were made before."""

    id: int
    organisation: int
    name: str
    body: dict[str, Any]
    subject_id: UUID
    attempts: int
    at: datetime


@dataclass(frozen=True)
class FailingEvent:
    """An event whose delivery failed: `error` is the class of the last failure, `behind` how many wait for it."""

    id: int
    organisation: int
    name: str
    subject_id: UUID
    at: datetime
    attempts: int
    error: str
    next_at: datetime
    behind: int

    @property
    def is_known(self) -> bool:
        """Whether this version knows events of this name; one that nobody knows any more can only be given up."""
        return self.name in Event.REGISTERED


@dataclass(frozen=True)
class Lag:
    """How far behind delivery is: seconds the oldest due event has waited; how many wait and fail, up to COUNTED."""

    seconds: float
    waiting: int
    failing: int


def due_events(*, at_most: int) -> list[DueEvent]:
    """What may be delivered now, oldest first, one event a subject."""
    moment = now()
    values = {"now": moment, "latest": moment + LONGEST_WAIT, "at_most": at_most}
    rows = _rows(_DUE, values)
    return [DueEvent(row[0], row[1], row[2], json.loads(row[3]), *row[4:]) for row in rows]


def failing_events(organisation: int, *, at_most: int) -> list[FailingEvent]:
    """Events that failed at least once and are still to be delivered, oldest first; for the platform, of all bodies."""
    values = {"organisation": organisation, "platform": PLATFORM, "at_most": at_most, "counted": COUNTED}
    return [FailingEvent(*row) for row in _rows(_FAILING, values)]


def measure_lag() -> Lag:
    """How far behind delivery is now; looks at what waits, never at what was delivered."""
    oldest = due_events(at_most=1)
    seconds = max(0.0, (now() - oldest[0].at).total_seconds()) if oldest else 0.0
    ((waiting, failing),) = _rows(_COUNTS, {"counted": COUNTED})
    return Lag(seconds, waiting, failing)


def _rows(query: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
