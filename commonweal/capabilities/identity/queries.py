"""Who someone is, to those who must decide what they may do."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max

from commonweal.capabilities.identity.errors import NotStaff
from commonweal.capabilities.identity.models import Account, Membership, Training
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
def account_with_email(actor: Actor, *, email: str, organisation: int = PLATFORM) -> UUID | None:
    """The account that signs in with this address: for the demo and for administration, never an identity check."""
    return Account.objects.filter(email=email.lower()).values_list("id", flat=True).first()


def roles() -> tuple[Role, ...]:
    """The roles there are and what each may read for: alike in every organisation, so no scope is needed."""
    return tuple(ROLES.values())


def _row(row: Membership) -> MembershipRow:
    return MembershipRow(row.account_id, row.organisation_id, row.name, tuple(row.roles), row.team_id)
