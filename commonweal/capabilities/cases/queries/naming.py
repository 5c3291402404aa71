"""A case by name, for those who decide about its person without opening anything."""

from dataclasses import dataclass
from uuid import UUID

from commonweal.capabilities.cases.queries.access import case_at
from commonweal.foundations.actions.query import query
from commonweal.foundations.scope.actors import Staff


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
