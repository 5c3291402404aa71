"""Who works for an organisation: names, roles and teams."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from commonweal.capabilities.identity.models import Account, Membership
from commonweal.capabilities.identity.rules import OFFICER, ROLES, Role
from commonweal.foundations.actions.query import query
from commonweal.foundations.scope.actors import Actor, System
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


@query()
def recipients(
    actor: System, *, organisation: int, account: UUID, with_managers: bool, with_officers: bool, with_self: bool
) -> dict[UUID, str]:
    """To whom is written about a member of staff: themselves, the managers of their team (else all), the officers."""
    here = Membership.objects.filter(organisation_id=organisation, ended_at=None).exclude(account_id=account)
    own = Membership.objects.filter(organisation_id=organisation, account_id=account)
    team = own.values_list("team_id", flat=True).first()
    managers = here.filter(roles__contains=["team_manager"])
    of_team = managers.filter(team_id=team)
    found = set(own.values_list("account_id", flat=True)) if with_self else set()
    if with_managers:
        found |= set((of_team if of_team.exists() else managers).values_list("account_id", flat=True))
    if with_officers:
        found |= set(here.filter(roles__contains=[OFFICER]).values_list("account_id", flat=True))
    return dict(Account.objects.filter(id__in=found, is_active=True).values_list("id", "email"))


@query()
def memberships(actor: Actor, *, account: UUID, organisation: int = PLATFORM) -> tuple[MembershipRow, ...]:
    """Where an account works; asked in the platform's scope."""
    rows = Membership.objects.filter(account_id=account, ended_at=None).order_by("organisation_id")
    return tuple(membership_row(row) for row in rows)


@query()
def colleagues(actor: Actor, *, organisation: int, team: UUID | None = None) -> tuple[MembershipRow, ...]:
    """Who works in the organisation, or in one of its teams, by name."""
    rows = Membership.objects.filter(organisation_id=organisation, ended_at=None)
    if team is not None:
        rows = rows.filter(team_id=team)
    return tuple(membership_row(row) for row in rows.order_by("name"))


@query()
def names_of(actor: Actor, *, organisation: int, accounts: Iterable[UUID]) -> dict[UUID, str]:
    """The names of staff, current or past, by account: for colleagues and officers, never for residents."""
    rows = Membership.objects.filter(organisation_id=organisation, account_id__in=list(accounts))
    return dict(rows.values_list("account_id", "name"))


@query()
def colleague(actor: Actor, *, organisation: int, account: UUID) -> MembershipRow | None:
    """The account's membership here, if it works here now."""
    found = Membership.objects.filter(organisation_id=organisation, account_id=account, ended_at=None).first()
    return membership_row(found) if found else None


@query()
def never_named(actor: Actor, *, organisation: int, accounts: Iterable[UUID]) -> frozenset[UUID]:
    """Those among these accounts, current or past staff, whom no answer to a resident may name."""
    rows = Membership.objects.filter(organisation_id=organisation, account_id__in=list(accounts), is_never_named=True)
    return frozenset(rows.values_list("account_id", flat=True))


def roles() -> tuple[Role, ...]:
    """The roles there are and what each may read for: alike in every organisation, so no scope is needed."""
    return tuple(ROLES.values())


def membership_row(row: Membership) -> MembershipRow:
    """The membership as others may read it."""
    return MembershipRow(
        row.account_id, row.organisation_id, row.name, tuple(row.roles), row.team_id, row.is_never_named
    )
