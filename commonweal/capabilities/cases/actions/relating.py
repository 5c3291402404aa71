"""Declare that a member of staff is related to someone, whose cases are then closed to them."""

from commonweal.capabilities.cases.errors import NoSuchCase
from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.cases.queries.access import case_at
from commonweal.capabilities.cases.queries.restriction import exists_for
from commonweal.capabilities.identity.actions import relations
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.personal_data.reading import require_gates
from commonweal.foundations.scope.actors import Staff


@action()
def declare_relative(actor: Staff, *, organisation: int, reference: str) -> str:
    """Declare that the person of this case is related to the actor; returns the reference as it is written.

    Whoever deals with cases declares it, of whichever team the case is; nothing is opened. Raises NoSuchCase.
    """
    require_gates(actor, CASEWORK, organisation)
    case: Case = case_at(organisation, reference)
    if not exists_for(actor, case):
        raise NoSuchCase
    relations.declare_relation(actor, organisation=organisation, person=case.person_id, reference=case.reference)
    record("cases.case", case.id, relation=True)
    return case.reference
