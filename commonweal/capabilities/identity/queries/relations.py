"""To whom staff are related: records that are not for their eyes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.capabilities.identity.models import Relation
from commonweal.capabilities.identity.queries.colleagues import names_of
from commonweal.foundations.actions.query import query
from commonweal.foundations.scope.actors import Actor


@dataclass(frozen=True)
class RelationRow:
    """A member of staff said that they are related to the person of this case."""

    id: UUID
    account: UUID
    name: str
    reference: str
    declared_at: datetime


@query()
def is_related(actor: Actor, *, organisation: int, account: UUID, people: Iterable[UUID]) -> bool:
    """Whether the account declared a relation to any of these people."""
    rows = Relation.objects.filter(organisation_id=organisation, account_id=account, ended_at=None)
    return rows.filter(person_id__in=list(people)).exists()


@query()
def related_people(actor: Actor, *, organisation: int, account: UUID) -> frozenset[UUID]:
    """Everybody to whom the account declared a relation."""
    rows = Relation.objects.filter(organisation_id=organisation, account_id=account, ended_at=None)
    return frozenset(rows.values_list("person_id", flat=True))


@query()
def relations(actor: Actor, *, organisation: int, account: UUID | None = None) -> tuple[RelationRow, ...]:
    """The relations that stand, latest first: of one account, or of all staff."""
    rows = Relation.objects.filter(organisation_id=organisation, ended_at=None).order_by("-declared_at")
    found = list(rows if account is None else rows.filter(account_id=account))
    names = names_of(actor, organisation=organisation, accounts={row.account_id for row in found})
    return tuple(
        RelationRow(row.id, row.account_id, names.get(row.account_id, ""), row.reference, row.declared_at)
        for row in found
    )
