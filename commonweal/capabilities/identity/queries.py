"""Who someone is, to those who must decide what they may do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from commonweal.capabilities.identity.errors import MayNotAppoint, MayNotDecide, NotStaff
from commonweal.capabilities.identity.models import Account, BrokenGlass, Membership, Relation, Training
from commonweal.capabilities.identity.rules import (
    GLASS_PURPOSES,
    ROLES,
    Role,
    Sat,
    Standing,
    expiry_of,
    purposes_of,
    standing_of,
)
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.personal_data.purposes import OVERSIGHT
from commonweal.foundations.scope.actors import Actor, Channel, Staff, System
from commonweal.foundations.scope.scopes import PLATFORM

_MOST = 200


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
class AtWork:
    """A member of staff at work in an organisation: as an actor, and as colleagues know them."""

    staff: Staff
    here: MembershipRow
    is_elsewhere: bool
    """Whether they work for another organisation too."""


@dataclass(frozen=True)
class RelationRow:
    """A member of staff said that they are related to the person of this case."""

    id: UUID
    account: UUID
    name: str
    reference: str
    declared_at: datetime


@dataclass(frozen=True)
class GlassRow:
    """Somebody broke the glass: who, for which reason (a code), from when until when."""

    name: str
    reason: str
    broke_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class SignInRow:
    """The address an account signs in with, whether it was confirmed, and since when there is a second step.

    `changed_at` is when the password or a second step changed last, None when they never did.
    """

    email: str = field(repr=False)
    is_confirmed: bool
    factor_since: datetime | None
    changed_at: datetime | None


@dataclass(frozen=True)
class TrainingStep:
    """Somebody's training came to a step they are to be told of; `code` says which, to be told of once."""

    account: UUID
    standing: str
    expires_on: date
    code: str


@dataclass(frozen=True)
class StaffRow:
    """Somebody who works here as administrators see them: their sign-in's address and until when training counts."""

    account: UUID
    name: str
    email: str = field(repr=False)
    roles: tuple[str, ...]
    team: UUID | None
    trained_until: date | None


@query()
def staff(
    actor: Actor,
    *,
    organisation: int,
    account: UUID,
    has_second_factor: bool,
    channel: Channel = Channel.ONLINE,
    grounds: Mapping[str, str] | None = None,
) -> Staff:
    """The account as an actor in this organisation, with the gates as they stand. Raises NotStaff.

    `grounds` are those they chose in this session to use what is restricted, by the reference of its matter.
    """
    here = Membership.objects.filter(
        organisation_id=organisation, account_id=account, ended_at=None, account__is_active=True
    ).first()
    if here is None:
        raise NotStaff
    return _staff(here, has_second_factor=has_second_factor, channel=channel, grounds=grounds)


@query()
def at_work(
    actor: Actor,
    *,
    organisation: int,
    account: UUID,
    has_second_factor: bool,
    grounds: Mapping[str, str] | None = None,
) -> AtWork:
    """The same, and where else the account works. Raises NotStaff."""
    found = Membership.objects.filter(account_id=account, ended_at=None, account__is_active=True)
    rows = {row.organisation_id: row for row in found}
    if organisation not in rows:
        raise NotStaff
    here = rows[organisation]
    actor_here = _staff(here, has_second_factor=has_second_factor, grounds=grounds)
    return AtWork(actor_here, _row(here), is_elsewhere=len(rows) > 1)


def _staff(
    membership: Membership,
    *,
    has_second_factor: bool,
    channel: Channel = Channel.ONLINE,
    grounds: Mapping[str, str] | None = None,
) -> Staff:
    organisation, account = membership.organisation_id, membership.account_id
    standing = standing_at(account)
    glass = _glass_of(organisation, account) if standing.may_break_glass else ""
    return Staff(
        account=account,
        organisation=organisation,
        roles=frozenset(membership.roles),
        purposes=purposes_of(membership.roles) | (GLASS_PURPOSES if glass else frozenset()),
        teams=frozenset({membership.team_id} if membership.team_id else ()),
        is_trained=standing.counts or bool(glass),
        has_second_factor=has_second_factor,
        may_only_read=standing is Standing.READ_ONLY and not glass,
        glass=glass,
        grounds=frozenset((grounds or {}).items()),
        channel=channel,
    )


def standing_at(account: UUID) -> Standing:
    """How an account stands with training today."""
    return standing_of(_sat(account), today())


def _sat(account: UUID) -> list[Sat]:
    rows = Training.objects.filter(account_id=account).order_by("passed_on", "id")
    return [Sat(*row) for row in rows.values_list("passed_on", "expires_on", "is_passed")]


def _glass_of(organisation: int, account: UUID) -> str:
    """The reason for which the glass is broken now; empty when it is not."""
    broken = BrokenGlass.objects.filter(organisation_id=organisation, account_id=account, ends_at__gt=now())
    return broken.order_by("-broke_at").values_list("reason", flat=True).first() or ""


@query()
def broken_glass(actor: Staff, *, organisation: int) -> tuple[GlassRow, ...]:
    """Who broke the glass, latest first: all of the body for the officer, those of their teams for a manager.

    Raises MayNotDecide.
    """
    rows = BrokenGlass.objects.filter(organisation_id=organisation).order_by("-broke_at")
    if OVERSIGHT.code not in actor.purposes:
        if "team_manager" not in actor.roles:
            raise MayNotDecide
        theirs = Membership.objects.filter(organisation_id=organisation, team_id__in=actor.teams)
        rows = rows.filter(account_id__in=list(theirs.values_list("account_id", flat=True)))
    found = list(rows[:_MOST])
    names = names_of(actor, organisation=organisation, accounts={row.account_id for row in found})
    return tuple(GlassRow(names.get(row.account_id, ""), row.reason, row.broke_at, row.ends_at) for row in found)


@query()
def glass_to_tell(actor: System, *, organisation: int, before: datetime) -> tuple[UUID, ...]:
    """The accounts of those who broke the glass `before` a moment and of whom nobody was told."""
    rows = BrokenGlass.objects.filter(organisation_id=organisation, told_at=None, broke_at__lt=before)
    return tuple(rows.order_by("broke_at").values_list("account_id", flat=True))


@query()
def training_to_tell(actor: System, *, organisation: int) -> tuple[TrainingStep, ...]:
    """The steps of expiring training of which staff here were not told yet."""
    steps = []
    for row in Membership.objects.filter(organisation_id=organisation, ended_at=None):
        courses = _sat(row.account_id)
        standing, expires = standing_of(courses, today()), expiry_of(courses)
        code = f"{standing.value}:{expires}"
        if standing not in (Standing.NONE, Standing.CURRENT) and expires and row.told_of_training != code:
            steps.append(TrainingStep(row.account_id, standing.value, expires, code))
    return tuple(steps)


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
        found |= set(here.filter(roles__contains=["data_protection_officer"]).values_list("account_id", flat=True))
    return dict(Account.objects.filter(id__in=found, is_active=True).values_list("id", "email"))


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
def staff_list(actor: Staff, *, organisation: int) -> tuple[StaffRow, ...]:
    """Who works here, for an administrator, by name; three statements. Raises MayNotAppoint."""
    require_administrator(actor, organisation)
    rows = Membership.objects.filter(organisation_id=organisation, ended_at=None).select_related("account")
    found = list(rows.order_by("name", "id"))
    sat: dict[UUID, list[Sat]] = {}
    courses = Training.objects.filter(account_id__in=[row.account_id for row in found]).order_by("passed_on", "id")
    for account, on, until, is_passed in courses.values_list("account_id", "passed_on", "expires_on", "is_passed"):
        sat.setdefault(account, []).append(Sat(on, until, is_passed))
    return tuple(
        StaffRow(
            row.account_id,
            row.name,
            row.account.email,
            tuple(row.roles),
            row.team_id,
            expiry_of(sat.get(row.account_id, ())),
        )
        for row in found
    )


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
def sign_in_of(actor: Actor, *, account: UUID, organisation: int = PLATFORM) -> SignInRow:
    """How an account is signed in to, and since when; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_SIGN_IN, [account])
        row = cursor.fetchone()
    return SignInRow(*row) if row else SignInRow("", False, None, None)


_SIGN_IN = """
select a.email, exists (select from account_emailaddress where user_id = a.id and verified),
    (select max(created_at) from mfa_authenticator where user_id = a.id and type <> 'recovery_codes'), a.changed_at
from identity_account a where a.id = %s
"""


@query()
def has_demo_accounts(actor: Actor, *, organisation: int = PLATFORM) -> bool:
    """Whether anyone may sign in whose password everybody knows: then this database is a demonstration's."""
    return Account.objects.filter(is_demo=True).exists()


@query()
def account_with_email(actor: Actor, *, email: str, organisation: int = PLATFORM) -> UUID | None:
    """The account that signs in with this address: for the demo and for administration, never an identity check."""
    return Account.objects.filter(email=email.lower()).values_list("id", flat=True).first()


@query()
def address_of(actor: Actor, *, organisation: int, account: UUID) -> str:
    """The address an account signs in with, to write to somebody of whom no body has a record."""
    return Account.objects.values_list("email", flat=True).get(id=account)


def roles() -> tuple[Role, ...]:
    """The roles there are and what each may read for: alike in every organisation, so no scope is needed."""
    return tuple(ROLES.values())


def _row(row: Membership) -> MembershipRow:
    return MembershipRow(
        row.account_id, row.organisation_id, row.name, tuple(row.roles), row.team_id, row.is_never_named
    )


def require_administrator(actor: Staff, organisation: int, account: UUID | None = None) -> None:
    """Raises MayNotAppoint for whoever is no administrator here, or where the account is their own."""
    is_one = "administrator" in actor.roles and actor.organisation == organisation
    if not (is_one and actor.is_trained and actor.has_second_factor) or actor.account == account:
        raise MayNotAppoint
