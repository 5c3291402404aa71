"""What ties a member of staff to the person a record is of: records of oneself, relatives and colleagues are closed."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from commonweal.capabilities.identity.queries import colleagues, relations
from commonweal.capabilities.people.models import Person
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
    if relations.is_related(actor, organisation=organisation, account=actor.account, people={person, *same}):
        return BondRow("relative")
    colleague = colleagues.colleague(actor, organisation=organisation, account=account) if account else None
    return BondRow("colleague", colleague.team) if colleague else BondRow()


@query()
def bonds_of(actor: Staff, *, organisation: int, people: Collection[UUID]) -> dict[UUID, BondRow]:
    """What ties the actor to each of these people, in as many queries for many as for one. Opens nothing."""
    here = Person.objects.filter(organisation_id=organisation)
    account_of_person = dict(here.filter(id__in=people).values_list("id", "account_id"))
    accounts = {account for account in account_of_person.values() if account}
    tied = here.filter(account_id__in=accounts).values_list("account_id", "id") if accounts else ()
    related = relations.related_people(actor, organisation=organisation, account=actor.account)
    is_relatives = {account for account, person in tied if person in related}
    works_in = {row.account: row.team for row in colleagues.colleagues(actor, organisation=organisation)}

    def bond(person: UUID) -> BondRow:
        account = account_of_person.get(person)
        if account == actor.account:
            return BondRow("own_record")
        if person in related or account in is_relatives:
            return BondRow("relative")
        return BondRow("colleague", works_in[account]) if account in works_in else BondRow()

    return {person: bond(person) for person in people}
