"""Handlers of events that change records of people."""

from commonweal.capabilities.people.actions.recording import forget_person
from commonweal.capabilities.people.queries.records import is_found_though_forgotten
from commonweal.foundations.personal_data.ledger import Line, forgets
from commonweal.foundations.scope.actors import System

_RESTORER = System(task="people.restore")


@forgets
def forget_again(line: Line) -> None:
    """After a restore: whoever the ledger says was forgotten is found no more."""
    is_of_people = line.is_whole or "people.closed" in line.classes
    if is_of_people and is_found_though_forgotten(_RESTORER, organisation=line.organisation, person=line.holder):
        forget_person(_RESTORER, organisation=line.organisation, person=line.holder)
