"""Ask for a safety marker for the person of a case."""

from datetime import date
from uuid import UUID

from commonweal.capabilities.cases.queries.access import case_at, matter_of
from commonweal.capabilities.cases.queries.gates import require_change
from commonweal.capabilities.people.actions import marking
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.scope.actors import Staff


@action()
def ask_for_marker(
    actor: Staff, *, organisation: int, reference: str, danger: str, evidence: str, told: str, review_on: date
) -> UUID:
    """Ask for a staff-safety marker for the person of a case, because of what happened in it.

    Raises NoSuchCase, ReadingRefused, Invalid.
    """
    case = case_at(organisation, reference)
    require_change(actor, case)
    marker = marking.ask_for_marker(
        actor,
        organisation=organisation,
        person=case.person_id,
        matter=matter_of(case),
        danger=danger,
        evidence=evidence,
        told=told,
        review_on=review_on,
        restricted_to=case.restricted_to,
    )
    record("cases.case", case.id, marker=marker)
    return marker
