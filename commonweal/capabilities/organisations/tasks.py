"""What runs for all bodies at once, since only the register knows every body: audit sealing, news of calendars."""

from commonweal.capabilities.organisations import actions, queries
from commonweal.foundations.audit.sealing import BATCH, SEALER, seal_settled
from commonweal.foundations.clocks.now import today
from commonweal.foundations.scope.actors import System
from commonweal.foundations.tasks.standing import standing

YEARS_AHEAD = 5
_KEEPER = System(task="organisations.calendars")


@standing(seconds=5)
def seal_audit_log() -> int:
    """Seal what is settled; a full batch is followed by the next at once."""
    sealed = seal_settled(every_body)
    return sealed if sealed == BATCH else 0


@standing(seconds=5)
def tell_of_holidays() -> int:
    """Every body learns of holidays added or withdrawn in any nation: some clocks count for the whole kingdom.

    Broken off, it begins again: nothing is lost.
    """
    news = queries.untold_holidays(_KEEPER)
    if news:
        bodies = queries.open_organisations(_KEEPER)
        for holiday in news:
            for body in bodies:
                actions.follow_nation(_KEEPER, organisation=body, day=holiday.day, is_withdrawn=holiday.is_withdrawn)
            actions.mark_told(_KEEPER, holiday=holiday.id, is_withdrawn=holiday.is_withdrawn)
    return 0


@standing(seconds=24 * 60 * 60)
def keep_calendars() -> int:
    """The holidays of the years ahead are in the calendar, offline, from the package."""
    year = today().year
    actions.seed_holidays(_KEEPER, first_year=year, last_year=year + YEARS_AHEAD)
    return 0


def every_body() -> tuple[int, ...]:
    """The ids of all bodies, open or not."""
    return tuple(body.id for body in queries.organisations(SEALER))
