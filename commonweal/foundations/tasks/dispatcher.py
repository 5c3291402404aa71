"""Delivers events from the outbox, each once to each handler, those of one subject in order.

What is promised: of two events of one subject, the one whose change was committed before the other's was written is
delivered first, to all its handlers. Changes that ran side by side and met in no common row have no such order: then
the lower id goes first, or whichever is seen first. Ids alone would promise nothing, since they are given before the
commit: a lower one may appear after a higher one was delivered. It is delivered then, and never passed over.

How: only the earliest waiting event of a subject is due, and the mark that it was delivered commits with the work of
its last handler. Several dispatchers keep out of each other's way by a lock on the subject, held for one handler's
transaction. A delivery that fails is tried again, later each time, and shows in `waiting.failing_events`.
"""

import logging
from datetime import timedelta
from typing import Any

from django.db import connection

from commonweal.foundations.actions.action import flush
from commonweal.foundations.clocks.now import now
from commonweal.foundations.events.event import HANDLERS, Event, Handler, name_of
from commonweal.foundations.events.waiting import LONGEST_WAIT, DueEvent, due_events
from commonweal.foundations.scope.actors import System
from commonweal.foundations.scope.scopes import PLATFORM, read_scope, write_scope

logger = logging.getLogger(__name__)

_BATCH = 100
_LONGEST_DOUBLING = 12
_DISPATCHER = System(task="events.dispatch")

_LOCK = "select pg_try_advisory_xact_lock(hashtextextended(%s, 1702257268))"

# A mark that is there already is one of an earlier attempt, at which another handler failed.
_TURN = """
with turn as (
    select id from events_outgoing
    where id = %(id)s and delivered_at is null and given_up_at is null and attempts = %(attempts)s for update
), mark as (
    insert into events_handled (event_id, handler) select id, %(handler)s from turn on conflict do nothing returning id
), done as (
    update events_outgoing set delivered_at = %(now)s, error = '' where %(is_last)s and id in (select id from turn)
)
select exists (select from turn), exists (select from mark)
"""

_FAILED = """
update events_outgoing set attempts = attempts + 1, error = %(error)s, next_at = %(next_at)s
where id = %(id)s and delivered_at is null and attempts = %(attempts)s
"""

_UNHEARD = "update events_outgoing set delivered_at = %s, error = '' where id = any(%s) and delivered_at is null"


class UnknownEvent(LookupError):
    """This version knows no event of that name: it is older or newer than the one that published it."""


def dispatch() -> int:
    """Deliver what is due, one event a subject; returns how many were delivered."""
    with read_scope(_DISPATCHER, (PLATFORM,)):
        due = due_events(at_most=_BATCH)
    heard = [event for event in due if event.name not in Event.REGISTERED or HANDLERS.get(event.name)]
    unheard = {event.id for event in due} - {event.id for event in heard}
    return _finish(unheard) + sum(_deliver(event) for event in heard)


def dispatch_all() -> None:
    """Deliver until nothing is due (the demo and tests)."""
    while dispatch():
        pass


def _finish(unheard: set[int]) -> int:
    """Events that nobody listens to are done with, all at once."""
    if not unheard:
        return 0
    with write_scope(_DISPATCHER, PLATFORM):
        return _execute(_UNHEARD, [now(), list(unheard)])


def _deliver(due: DueEvent) -> bool:
    """Whether this dispatcher delivered the event; another may be at its subject."""
    try:
        event = _event_of(due)
        handlers = HANDLERS[due.name]
        return all(_handle(due, handler, event, is_last=handler is handlers[-1]) for handler in handlers)
    except Exception as error:  # one failure must not stop the rest
        logger.error("The event %s (%s) was not delivered: %s", due.id, due.name, type(error).__name__)
        wait = min(LONGEST_WAIT, timedelta(seconds=2 ** min(due.attempts, _LONGEST_DOUBLING)))
        failure = {"error": type(error).__name__[:96], "next_at": now() + wait, "id": due.id, "attempts": due.attempts}
        with write_scope(_DISPATCHER, PLATFORM):
            _execute(_FAILED, failure)
        return False


def _event_of(due: DueEvent) -> Event:
    kind = Event.REGISTERED.get(due.name)
    if kind is None:
        raise UnknownEvent(due.name)
    return kind.from_body(due.body)


def _handle(due: DueEvent, handler: Handler, event: Event, *, is_last: bool) -> bool:
    """Mark and work in one transaction; with the last handler the event is delivered. False when it is not our turn."""
    actor = System(task=name_of(handler))
    with write_scope(actor, event.organisation) as scope, connection.cursor() as cursor:
        cursor.execute(_LOCK, [str(due.subject_id)])
        if not cursor.fetchone()[0]:
            return False
        values: dict[str, Any] = {
            "id": due.id,
            "attempts": due.attempts,
            "handler": name_of(handler),
            "is_last": is_last,
            "now": now(),
        }
        cursor.execute(_TURN, values)
        is_waiting, is_new = cursor.fetchone()
        if is_new:
            handler(actor, event)
            flush(scope)
    return bool(is_waiting)


def _execute(statement: str, values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
