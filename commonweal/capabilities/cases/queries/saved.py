"""The filters that a member of staff saved."""

from dataclasses import dataclass
from uuid import UUID

from commonweal.capabilities.cases.models import SavedFilter
from commonweal.capabilities.cases.queries.filters import Filter
from commonweal.foundations.scope.actors import Staff


@dataclass(frozen=True)
class Saved:
    """A filter under the name its owner gave it."""

    id: UUID
    name: str
    asked: Filter


def saved_by(actor: Staff, organisation: int) -> tuple[Saved, ...]:
    """The actor's own, by name. Needs an open scope."""
    rows = SavedFilter.objects.filter(organisation_id=organisation, account_id=actor.account).order_by("name")
    return tuple(Saved(row.id, row.name, Filter.read(row.kept)) for row in rows)
