"""Who works here, as its administrators see it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from commonweal.capabilities.identity.errors import MayNotAppoint, NotStaff
from commonweal.capabilities.identity.models import Membership, Training
from commonweal.capabilities.identity.rules import OFFICER, Sat, expiry_of
from commonweal.foundations.actions.query import query
from commonweal.foundations.scope.actors import Staff


@dataclass(frozen=True)
class StaffRow:
    """Somebody who works here as administrators see them: their sign-in's address and until when training counts.

    `may_be_changed`: whether whoever asked may change their appointment.
    """

    account: UUID
    name: str
    email: str = field(repr=False)
    roles: tuple[str, ...]
    team: UUID | None
    trained_until: date | None
    may_be_changed: bool


@query()
def staff_list(actor: Staff, *, organisation: int) -> tuple[StaffRow, ...]:
    """Who works here, for an administrator, by name; three statements. Raises MayNotAppoint."""
    require_administrator(actor, organisation)
    return _rows(actor, Membership.objects.filter(organisation_id=organisation, ended_at=None).order_by("name", "id"))


@query()
def staff_member(actor: Staff, *, organisation: int, account: UUID) -> StaffRow:
    """Somebody who works here, for an administrator. Raises MayNotAppoint, NotStaff."""
    require_administrator(actor, organisation)
    rows = _rows(actor, Membership.objects.filter(organisation_id=organisation, account_id=account, ended_at=None))
    if not rows:
        raise NotStaff
    return rows[0]


def may_be_changed(actor: Staff, account: UUID, roles: Collection[str]) -> bool:
    """Whether an administrator may appoint or end this person: never themselves, nor the data protection officer."""
    return actor.account != account and OFFICER not in roles


def _rows(actor: Staff, memberships: QuerySet[Membership]) -> tuple[StaffRow, ...]:
    found = list(memberships.select_related("account"))
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
            may_be_changed(actor, row.account_id, row.roles),
        )
        for row in found
    )


def require_administrator(actor: Staff, organisation: int, account: UUID | None = None) -> None:
    """Raises MayNotAppoint for whoever is no administrator here, or where the account is their own."""
    is_one = "administrator" in actor.roles and actor.organisation == organisation
    if not (is_one and actor.is_trained and actor.has_second_factor) or actor.account == account:
        raise MayNotAppoint
