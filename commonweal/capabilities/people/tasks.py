"""Background tasks: end staff-safety markers past their review date, and later delete their ground."""

from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.people.actions.marking import sweep_ended_markers
from commonweal.capabilities.people.queries.markers import with_ended_markers
from commonweal.foundations.clocks.now import now
from commonweal.foundations.scope.actors import System
from commonweal.foundations.tasks.standing import standing
from commonweal.foundations.tasks.sweeping import before

_SWEEPER = System(task="people.sweep")


@standing(seconds=3600)
def sweep_markers() -> int:
    """End and forget what is past its time. Nothing waits for this: no reader shows a marker that is over."""
    oldest = before("people.marker", now())
    bodies = organisations.open_organisations(_SWEEPER)
    for organisation in with_ended_markers(_SWEEPER, organisations=bodies, before=oldest):
        sweep_ended_markers(_SWEEPER, organisation=organisation, before=oldest)
    return 0
