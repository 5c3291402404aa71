"""What follows from what happened: open requests follow a changed calendar."""

from commonweal.capabilities.organisations.events import CalendarChanged
from commonweal.capabilities.protection.actions.recounting import recount_requests
from commonweal.capabilities.protection.events import RequestRecountBrokeOff
from commonweal.foundations.events.event import handles
from commonweal.foundations.scope.actors import System


@handles(CalendarChanged)
def follow_calendar(actor: System, event: CalendarChanged) -> None:
    """Count open requests anew."""
    recount_requests(actor, organisation=event.organisation, subject=event.subject_id, day=event.day)


@handles(RequestRecountBrokeOff)
def go_on_recounting(actor: System, event: RequestRecountBrokeOff) -> None:
    """Count on where the last transaction broke off."""
    recount_requests(actor, organisation=event.organisation, subject=event.subject_id, day=event.day, after=event.after)
