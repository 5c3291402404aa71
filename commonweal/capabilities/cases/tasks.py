"""Background tasks: fold and check the worklists' tallies, and remind people."""

import logging

from commonweal.capabilities.cases.actions.counting import fold, recount
from commonweal.capabilities.cases.actions.fleeting import forget_fleeting
from commonweal.capabilities.cases.actions.granting import remind_of_endings
from commonweal.capabilities.cases.queries.counters import is_miscounted, teams_to_fold
from commonweal.capabilities.cases.queries.granted import has_grants_to_remind
from commonweal.capabilities.cases.queries.undoable import with_fleeting
from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.clocks.now import today
from commonweal.foundations.scope.actors import System
from commonweal.foundations.tasks.standing import standing

logger = logging.getLogger(__name__)

COUNTER = System(task="cases.count")
REMINDER = System(task="cases.remind")


@standing(seconds=10)
def fold_tallies() -> int:
    """Fold the teams with many new lines; returns how many there were."""
    bodies = organisations.open_organisations(COUNTER)
    teams = teams_to_fold(COUNTER, organisations=bodies)
    for organisation, team in teams:
        fold(COUNTER, organisation=organisation, team=team)
    return 0


@standing(seconds=24 * 60 * 60)
def mend_tallies() -> int:
    """Tallies that are wrong are mended, and the log says so: that would be a defect."""
    for organisation in organisations.open_organisations(COUNTER):
        if is_miscounted(COUNTER, organisation=organisation):
            logger.error(
                "Tallies of %s were wrong: %s mended", organisation, recount(COUNTER, organisation=organisation)
            )
    return 0


@standing(seconds=60 * 60)
def sweep_fleeting() -> int:
    """What could be undone for seconds, and who was writing for minutes, goes after a day."""
    bodies = organisations.open_organisations(COUNTER)
    for organisation in with_fleeting(COUNTER, organisations=bodies):
        forget_fleeting(COUNTER, organisation=organisation)
    return 0


@standing(seconds=60 * 60)
def remind_of_grants() -> int:
    """Whoever holds something that ends soon is reminded, each once, however often this runs."""
    for organisation in organisations.open_organisations(REMINDER):
        while has_grants_to_remind(REMINDER, organisation=organisation, on=today()):
            remind_of_endings(REMINDER, organisation=organisation, on=today())
    return 0
