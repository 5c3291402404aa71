"""A case by its reference, for people who decide about its person without opening anything."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.cases.queries.access import case_at
from commonweal.capabilities.cases.queries.own import own_case
from commonweal.foundations.actions.query import query
from commonweal.foundations.scope.actors import Resident, Staff

_LATEST = 3


@dataclass(frozen=True)
class NamedCase:
    """A case and whose it is, by random ids."""

    id: UUID
    reference: str
    person: UUID


@query()
def named_case(actor: Staff, *, organisation: int, reference: str) -> NamedCase:
    """The case with this reference, however it is typed; opens nothing. Raises NoSuchCase."""
    found = case_at(organisation, reference)
    return NamedCase(found.id, found.reference, found.person_id)


@query()
def own_named_case(actor: Resident, *, organisation: int, reference: str) -> NamedCase:
    """The same for whoever's it is. Raises NoSuchCase alike for others' and for none."""
    found = own_case(actor, organisation=organisation, reference=reference)
    return NamedCase(found.id, found.reference, found.person_id)


@query()
def latest_of(actor: Staff, *, organisation: int, people: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
    """The references of the latest three cases of each of these people. Opens nothing."""
    rows = Case.objects.filter(organisation_id=organisation, person_id__in=people).order_by("-opened_at", "-id")
    found: dict[UUID, tuple[str, ...]] = {}
    for person, reference in rows.values_list("person_id", "reference"):
        found[person] = (*found.get(person, ()), reference)[:_LATEST]
    return found
