"""What those who look after the platform or a body may see and do about events that do not arrive."""

from django.db import connection
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.actions.action import action
from commonweal.foundations.actions.query import query
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.errors import Forbidden, Missing, Words
from commonweal.foundations.events import waiting
from commonweal.foundations.events.waiting import FailingEvent, Lag
from commonweal.foundations.scope.actors import Actor, Staff, System
from commonweal.foundations.scope.scopes import PLATFORM

_RETRY = """
update events_outgoing set next_at = %(now)s
where id = %(event)s and organisation_id = %(organisation)s and delivered_at is null and given_up_at is null
    and attempts > 0 returning name
"""

_GIVE_UP = """
update events_outgoing set given_up_at = %(now)s
where id = %(event)s and organisation_id = %(organisation)s and delivered_at is null and given_up_at is null
    and attempts > 0 returning name
"""


class NoSuchDelivery(Missing):
    """No event of this number fails in this organisation: it was delivered, given up, or never was."""

    code = "no_such_delivery"
    title: Words = _("You do not need to do this any more")
    message: Words = _("It was delivered or given up in the meantime.")


@query()
def failing_events(actor: Actor, *, organisation: int = PLATFORM, at_most: int = 100) -> tuple[FailingEvent, ...]:
    """Events of the organisation that failed and are still to be delivered, oldest first; the platform sees all."""
    _require_staff(actor, organisation)
    return tuple(waiting.failing_events(organisation, at_most=at_most))


@query()
def delivery_lag(actor: Actor, *, organisation: int = PLATFORM) -> Lag:
    """How far behind delivery is, over all bodies."""
    _require_staff(actor, organisation)
    return waiting.measure_lag()


@action()
def retry_event(actor: Actor, *, organisation: int, event: int) -> None:
    """A failing event is delivered at the next turn, without waiting for its time. Raises NoSuchDelivery."""
    _change(_RETRY, actor, organisation, event, "next_at")


@action()
def give_up_event(actor: Actor, *, organisation: int, event: int) -> None:
    """A failing event is never delivered, and those behind it go on without it. Raises NoSuchDelivery."""
    _change(_GIVE_UP, actor, organisation, event, "given_up_at")


def _change(statement: str, actor: Actor, organisation: int, event: int, changed: str) -> None:
    _require_staff(actor, organisation)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"now": now(), "event": event, "organisation": organisation})
        row = cursor.fetchone()
    if row is None:
        raise NoSuchDelivery
    record("events.outgoing", changed=[changed], event=event, name=row[0])


def _require_staff(actor: Actor, organisation: int) -> None:
    """The platform itself, or staff of the body; which of its roles may, the page that offers it asks."""
    if isinstance(actor, System) or (isinstance(actor, Staff) and actor.organisation == organisation):
        return
    raise Forbidden
