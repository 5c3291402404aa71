"""Who someone is, to those who must decide what they may do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from commonweal.capabilities.identity.errors import NotStaff
from commonweal.capabilities.identity.models import Account, Membership, Relation, Training
from commonweal.capabilities.identity.rules import ROLES, Role, is_trained, purposes_of
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import today
from commonweal.foundations.scope.actors import Actor, Channel, Staff
from commonweal.foundations.scope.scopes import PLATFORM


@dataclass(frozen=True)
class MembershipRow:
    """A membership of staff: their name as colleagues know it, their roles and team."""

    account: UUID
    organisation: int
    name: str
    roles: tuple[str, ...]
    team: UUID | None
    is_never_named: bool


@dataclass(frozen=True)
class RelationRow:
    """A member of staff said that they are related to the person of this case."""

    id: UUID
    account: UUID
    name: str
    reference: str
    declared_at: datetime


@query()
def staff(
    actor: Actor, *, organisation: int, account: UUID, has_second_factor: bool, channel: Channel = Channel.ONLINE
) -> Staff:
    """The account as an actor in this organisation, with the gates as they stand. Raises NotStaff."""
    membership = Membership.objects.filter(
        organisation_id=organisation, account_id=account, ended_at=None, account__is_active=True
    ).first()
    if membership is None:
        raise NotStaff
    latest = Training.objects.filter(account_id=account).aggregate(latest=Max("expires_on"))["latest"]
    return Staff(
        account=account,
        organisation=organisation,
        roles=frozenset(membership.roles),
        purposes=purposes_of(membership.roles),
        teams=frozenset({membership.team_id} if membership.team_id else ()),
        is_trained=is_trained(latest, today()),
        has_second_factor=has_second_factor,
        channel=channel,
    )


@query()
def memberships(actor: Actor, *, account: UUID, organisation: int = PLATFORM) -> tuple[MembershipRow, ...]:
    """Where an account works; asked in the platform's scope."""
    rows = Membership.objects.filter(account_id=account, ended_at=None).order_by("organisation_id")
    return tuple(_row(row) for row in rows)


@query()
def colleagues(actor: Actor, *, organisation: int, team: UUID | None = None) -> tuple[MembershipRow, ...]:
    """Who works in the organisation, or in one of its teams, by name."""
    rows = Membership.objects.filter(organisation_id=organisation, ended_at=None)
    if team is not None:
        rows = rows.filter(team_id=team)
    return tuple(_row(row) for row in rows.order_by("name"))


@query()
def names_of(actor: Actor, *, organisation: int, accounts: Iterable[UUID]) -> dict[UUID, str]:
    """The names of staff, current or past, by account: for colleagues and officers, never for residents."""
    rows = Membership.objects.filter(organisation_id=organisation, account_id__in=list(accounts))
    return dict(rows.values_list("account_id", "name"))


@query()
def colleague(actor: Actor, *, organisation: int, account: UUID) -> MembershipRow | None:
    """The account's membership here, if it works here now."""
    found = Membership.objects.filter(organisation_id=organisation, account_id=account, ended_at=None).first()
    return _row(found) if found else None


@query()
def never_named(actor: Actor, *, organisation: int, accounts: Iterable[UUID]) -> frozenset[UUID]:
    """Those among these accounts, current or past staff, whom no answer to a resident may name."""
    rows = Membership.objects.filter(organisation_id=organisation, account_id__in=list(accounts), is_never_named=True)
    return frozenset(rows.values_list("account_id", flat=True))


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


@query()
def has_demo_accounts(actor: Actor, *, organisation: int = PLATFORM) -> bool:
    """Whether anyone may sign in whose password everybody knows: then this database is a demonstration's."""
    return Account.objects.filter(is_demo=True).exists()


@query()
def account_with_email(actor: Actor, *, email: str, organisation: int = PLATFORM) -> UUID | None:
    """The account that signs in with this address: for the demo and for administration, never an identity check."""
    return Account.objects.filter(email=email.lower()).values_list("id", flat=True).first()


def roles() -> tuple[Role, ...]:
    """The roles there are and what each may read for: alike in every organisation, so no scope is needed."""
    return tuple(ROLES.values())


def _row(row: Membership) -> MembershipRow:
    return MembershipRow(
        row.account_id, row.organisation_id, row.name, tuple(row.roles), row.team_id, row.is_never_named
    )
