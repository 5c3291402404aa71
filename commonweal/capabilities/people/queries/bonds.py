"""What ties a member of staff to the person a record is of: records of oneself, relatives and colleagues are closed."""

from dataclasses import dataclass
from uuid import UUID

from commonweal.capabilities.identity import queries as identity
from commonweal.capabilities.people.queries.records import account_of, people_of_account
from commonweal.foundations.actions.query import query
from commonweal.foundations.scope.actors import Staff


@dataclass(frozen=True)
class BondRow:
    """`kind` is own_record, relative, colleague or empty; a colleague works in the team `works_in`."""

    kind: str = ""
    works_in: UUID | None = None


@query()
def bond_of(actor: Staff, *, organisation: int, person: UUID) -> BondRow:
    """What ties the actor to the person. Opens nothing."""
    account = account_of(actor, organisation=organisation, person=person)
    if account == actor.account:
        return BondRow("own_record")
    same = people_of_account(actor, organisation=organisation, account=account) if account else ()
    if identity.is_related(actor, organisation=organisation, account=actor.account, people={person, *same}):
        return BondRow("relative")
    colleague = identity.colleague(actor, organisation=organisation, account=account) if account else None
    return BondRow("colleague", colleague.team) if colleague else BondRow()
