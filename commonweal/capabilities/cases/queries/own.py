"""A resident's own case, by the account it is tied to or by a reference and secret that were just proven."""

from django.db.models import QuerySet

from commonweal.capabilities.cases.errors import NoSuchCase
from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.people.queries import records as people
from commonweal.foundations.references.references import normal_reference
from commonweal.foundations.scope.actors import Resident


def own_case(actor: Resident, *, organisation: int, reference: str) -> Case:
    """The case with this reference, if it is the actor's. Raises NoSuchCase alike for others' and for none."""
    return _own(actor, Case.objects.filter(organisation_id=organisation, reference=normal_reference(reference) or ""))


def own_case_to_change(actor: Resident, *, organisation: int, reference: str) -> Case:
    """The same in an action; others who change it wait. Raises NoSuchCase."""
    found = Case.objects.select_for_update().filter(organisation_id=organisation)
    return _own(actor, found.filter(reference=normal_reference(reference) or ""))


def _own(actor: Resident, found: "QuerySet[Case]") -> Case:
    case = found.first()
    if case is None:
        raise NoSuchCase
    if actor.case == case.id:
        return case
    here = {"organisation": case.organisation_id}
    own = people.people_of_account(actor, **here, account=actor.account) if actor.account else ()
    if case.person_id not in own:
        raise NoSuchCase
    return case
