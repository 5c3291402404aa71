"""Handle deaths: stop messages to the person, or resume them, by what is true when the event is delivered."""

from commonweal.capabilities.messages.actions import resume_writing, stop_writing
from commonweal.capabilities.people.events import DeathTakenBack, PersonDied
from commonweal.capabilities.people.queries import deaths
from commonweal.foundations.events.event import handles
from commonweal.foundations.scope.actors import System


@handles(PersonDied)
def stop_messages(actor: System, event: PersonDied) -> None:
    """Stop what the recording action did not."""
    _follow(actor, event)


@handles(DeathTakenBack)
def resume_messages(actor: System, event: DeathTakenBack) -> None:
    """Write again to whoever lives."""
    _follow(actor, event)


def _follow(actor: System, event: PersonDied | DeathTakenBack) -> None:
    has_died = deaths.has_died(actor, organisation=event.organisation, person=event.subject_id)
    act = stop_writing if has_died else resume_writing
    records = deaths.records_of(actor, organisation=event.organisation, person=event.subject_id)
    act(actor, organisation=event.organisation, people=records)
