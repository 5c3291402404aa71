"""Who works here, as its administrators see it."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from commonweal.capabilities.identity.errors import MayNotAppoint
from commonweal.capabilities.identity.models import Membership, Training
from commonweal.capabilities.identity.rules import Sat, expiry_of
from commonweal.foundations.actions.query import query
from commonweal.foundations.scope.actors import Staff


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


def require_administrator(actor: Staff, organisation: int, account: UUID | None = None) -> None:
    """Raises MayNotAppoint for whoever is no administrator here, or where the account is their own."""
    is_one = "administrator" in actor.roles and actor.organisation == organisation
    if not (is_one and actor.is_trained and actor.has_second_factor) or actor.account == account:
        raise MayNotAppoint
