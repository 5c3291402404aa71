"""Delivers events from the outbox: at least once to each handler, whose mark of "handled" makes it exactly once.

Only the earliest waiting event of a subject is due, so events of one subject stay in order, also with several
dispatchers: the second waits on the mark of the first. A delivery that fails waits longer each time and stays visible.
"""

import json
import logging
from datetime import timedelta
from typing import Any

from django.db import connection

from commonweal.foundations.actions.action import flush
from commonweal.foundations.clocks.now import now
from commonweal.foundations.events.event import HANDLERS, Event, Handler, name_of
from commonweal.foundations.events.models import Outgoing
from commonweal.foundations.scope.actors import System
from commonweal.foundations.scope.scopes import PLATFORM, read_scope, write_scope

logger = logging.getLogger(__name__)

_BATCH = 100
_LONGEST_WAIT = timedelta(hours=1)
_LONGEST_DOUBLING = 12
_DISPATCHER = System(task="events.dispatch")

_DUE = """
select o.id, o.name, o.body, o.attempts from events_outgoing o
where o.delivered_at is null and o.next_at <= %s
    and not exists (
        select 1 from events_outgoing earlier
        where earlier.subject_id = o.subject_id and earlier.delivered_at is null and earlier.id < o.id
    )
order by o.id limit %s
"""


def dispatch() -> int:
    """Deliver what is due, one event a subject; returns how many were delivered."""
    delivered = [event_id for event_id, name, body, attempts in _due() if _deliver(event_id, name, body, attempts)]
    if delivered:
        with write_scope(_DISPATCHER, PLATFORM):
            Outgoing.objects.filter(id__in=delivered).update(delivered_at=now(), error="")
    return len(delivered)


def dispatch_all() -> None:
    """Deliver until nothing is due (the demo and tests)."""
    while dispatch():
        pass


def _due() -> list[tuple[int, str, dict[str, Any], int]]:
    with read_scope(_DISPATCHER, (PLATFORM,)), connection.cursor() as cursor:
        cursor.execute(_DUE, [now(), _BATCH])
        return [(row[0], row[1], json.loads(row[2]), row[3]) for row in cursor.fetchall()]


def _deliver(event_id: int, name: str, body: dict[str, Any], attempts: int) -> bool:
    try:
        event = Event.REGISTERED[name].from_body(body)
        for handler in HANDLERS.get(name, ()):
            _handle(event_id, handler, event)
    except Exception as error:  # one failure must not stop the rest
        logger.error("The event %s (%s) was not delivered: %s", event_id, name, type(error).__name__)
        wait = min(_LONGEST_WAIT, timedelta(seconds=2 ** min(attempts, _LONGEST_DOUBLING)))
        with write_scope(_DISPATCHER, PLATFORM):
            Outgoing.objects.filter(id=event_id).update(
                attempts=attempts + 1, error=type(error).__name__[:96], next_at=now() + wait
            )
        return False
    return True


def _handle(event_id: int, handler: Handler, event: Event) -> None:
    """Mark and work in one transaction: a second delivery waits for the mark, finds it, and does nothing."""
    actor = System(task=name_of(handler))
    with write_scope(actor, event.organisation) as scope, connection.cursor() as cursor:
        cursor.execute(
            "insert into events_handled (event_id, handler) values (%s, %s) on conflict do nothing returning id",
            [event_id, name_of(handler)],
        )
        if cursor.fetchone():
            handler(actor, event)
            flush(scope)
