"""Who works for an organisation: appointed and ended."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.identity.errors import MayNotAppoint, MayNotDecide, NoSuchRole, NotStaff, RolesConflict
from commonweal.capabilities.identity.models import Account, Membership
from commonweal.capabilities.identity.queries.accounts import sign_in_of
from commonweal.capabilities.identity.queries.appointing import may_be_changed, require_administrator
from commonweal.capabilities.identity.rules import ROLES, conflict_of
from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.codes import Code
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.errors import Invalid, Words
from commonweal.foundations.personal_data.purposes import OVERSIGHT
from commonweal.foundations.personal_data.reading import require_gates
from commonweal.foundations.scope.actors import Actor, Staff, System
from commonweal.foundations.texts.typed import plain

_LONGEST_NAME = 120


@action()
def appoint(
    actor: System | Staff,
    *,
    organisation: int,
    account: UUID,
    name: str,
    roles: Sequence[str],
    team: UUID | None = None,
) -> UUID:
    """Appoint a person to the organisation in these roles. Raises RolesConflict, NoSuchRole; MayNotAppoint, Invalid."""
    _require_appointing(actor, organisation, account, roles)
    if not set(roles) <= set(ROLES):
        raise NoSuchRole
    if conflict_of(roles):
        raise RolesConflict
    if wrong := _wrong_in(actor, organisation, name, roles, team):
        raise Invalid(wrong)
    membership, _made = Membership.objects.update_or_create(
        organisation_id=organisation,
        account_id=account,
        defaults={"name": plain(name), "roles": sorted(roles), "team_id": team, "ended_at": None},
    )
    held: dict[str, Code] = dict.fromkeys(roles, True)
    record("identity.membership", membership.id, changed=["name", "roles", "team_id"], account=account, **held)
    return membership.id


@action()
def appoint_by_address(
    actor: Staff, *, organisation: int, email: str, name: str, roles: Sequence[str], team: UUID | None = None
) -> UUID:
    """Appoint the person who signs in with this confirmed address; returns their account.

    Anybody may begin a sign-in with a colleague's address and a password of their own. Raises as `appoint` does.
    """
    require_administrator(actor, organisation)
    wrong = _wrong_in(actor, organisation, name, roles, team)
    found = Account.objects.filter(email=plain(email).lower(), is_active=True).values_list("id", flat=True).first()
    if found is None or not sign_in_of(actor, organisation=organisation, account=found).is_confirmed:
        wrong["email"] = _(
            "No confirmed account uses this address: ask them to create an account on the website and confirm it"
        )
    elif Membership.objects.filter(organisation_id=organisation, account_id=found, ended_at=None).exists():
        wrong["email"] = _("They work here already: choose them from the list")
    if wrong or found is None:
        raise Invalid(wrong)
    made = appoint(actor, organisation=organisation, account=found, name=name, roles=roles, team=team)
    record("identity.membership", made, account=found)
    return found


@action()
def end_membership(actor: System | Staff, *, organisation: int, account: UUID) -> None:
    """Record that a person no longer works for the organisation. Raises NotStaff, MayNotAppoint."""
    _require_appointing(actor, organisation, account)
    found = Membership.objects.filter(organisation_id=organisation, account_id=account, ended_at=None)
    membership = found.values_list("id", flat=True).select_for_update().first()
    if membership is None:
        raise NotStaff
    found.update(ended_at=now())
    record("identity.membership", membership, changed=["ended_at"], account=account)


@action()
def mark_never_named(actor: Staff, *, organisation: int, account: UUID, is_never_named: bool) -> None:
    """Set whether an answer to a resident may name a member of staff. Raises MayNotDecide, NotStaff."""
    _require_officer(actor, organisation)
    found = Membership.objects.filter(organisation_id=organisation, account_id=account)
    membership = found.values_list("id", flat=True).select_for_update().first()
    if membership is None:
        raise NotStaff
    found.update(is_never_named=is_never_named)
    facts: dict[str, Code] = {"account": account, "is_never_named": is_never_named}
    record("identity.membership", membership, changed=["is_never_named"], **facts)


def _require_officer(actor: Staff, organisation: int) -> None:
    if OVERSIGHT.code not in actor.purposes:
        raise MayNotDecide
    require_gates(actor, OVERSIGHT, organisation)


def _require_appointing(actor: System | Staff, organisation: int, account: UUID, roles: Sequence[str] = ()) -> None:
    """Raises MayNotAppoint for whoever is neither the system nor an administrator, and where the officer is meant."""
    if isinstance(actor, System):
        return
    require_administrator(actor, organisation, account)
    here = Membership.objects.filter(organisation_id=organisation, account_id=account, ended_at=None)
    if not may_be_changed(actor, account, {*roles, *(here.values_list("roles", flat=True).first() or ())}):
        raise MayNotAppoint


def _wrong_in(actor: Actor, organisation: int, name: str, roles: Sequence[str], team: UUID | None) -> dict[str, Words]:
    wrong: dict[str, Words] = {}
    if not plain(name) or len(plain(name)) > _LONGEST_NAME:
        wrong["name"] = _("Enter the name that colleagues know them by, in 120 characters or fewer")
    if not roles:
        wrong["roles"] = _("Choose what they do")
    if team is not None and team not in {each.id for each in organisations.teams(actor, organisation=organisation)}:
        wrong["team"] = _("Choose a team from the list")
    return wrong
