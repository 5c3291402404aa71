"""Recount open requests after a calendar change, and record what moved."""

from datetime import date
from uuid import UUID

from commonweal.capabilities.protection.actions.stepping import ABOUT, add_step, count_anew, save
from commonweal.capabilities.protection.events import RequestRecountBrokeOff
from commonweal.capabilities.protection.models import Request
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.rights import ExtensionTooLate
from commonweal.foundations.events.event import publish
from commonweal.foundations.scope.actors import System

BATCH = 500
"""How many requests one transaction looks at."""


@action()
def recount_requests(actor: System, *, organisation: int, subject: UUID, day: date, after: UUID | None = None) -> int:
    """Recount open requests due on or after a changed day of the calendar; returns how many moved.

    The same again moves nothing. An extension that was in time by the calendar of its day stays.
    """
    open_ones = Request.objects.select_for_update().filter(
        organisation_id=organisation, closed_at=None, statutory_on__gte=day
    )
    found = list((open_ones.filter(id__gt=after) if after else open_ones).order_by("id")[:BATCH])
    moved = sum(_recounted(actor, request) for request in found)
    record(ABOUT, changed=["due_on"] if moved else [], day=day, moved=moved)
    if len(found) == BATCH:
        last = found[-1].id
        publish(RequestRecountBrokeOff(organisation=organisation, subject_id=subject, day=day, after=last))
    return moved


def _recounted(actor: System, request: Request) -> bool:
    before = request.due_on, request.statutory_on
    try:
        count_anew(actor, request)
    except ExtensionTooLate:
        return False
    if (request.due_on, request.statutory_on) == before:
        return False
    save(request, [])
    add_step(actor, request, "calendar", on=request.due_on)
    return True
