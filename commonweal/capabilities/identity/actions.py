"""Changes to who may act: accounts, memberships, training."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.identity.errors import (
    AccountExists,
    MayNotAppoint,
    MayNotDecide,
    NoSuchRelation,
    NoSuchRole,
    NotStaff,
    RolesConflict,
)
from commonweal.capabilities.identity.models import Account, BrokenGlass, Membership, Relation, Training
from commonweal.capabilities.identity.queries import require_administrator, sign_in_of, standing_at
from commonweal.capabilities.identity.rules import GLASS_LASTS, ROLES, conflict_of, first_id_of
from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.codes import Code
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.errors import Invalid, Words
from commonweal.foundations.personal_data.prompts import BREAK_GLASS
from commonweal.foundations.personal_data.purposes import CASEWORK, OVERSIGHT
from commonweal.foundations.personal_data.reading import require_gates
from commonweal.foundations.personal_data.trace import ReadingRefused
from commonweal.foundations.scope.actors import Actor, Resident, Staff, System, Visitor
from commonweal.foundations.scope.scopes import PLATFORM
from commonweal.foundations.texts.typed import plain

_MOST_FORGOTTEN, _LONGEST_NAME = 1_000, 120
_OFFICER = "data_protection_officer"
_UNCONFIRMED = """
select id from identity_account account where id < %s and last_login is null and not is_demo
    and exists (select from account_emailaddress where user_id = account.id)
    and not exists (select from account_emailaddress where user_id = account.id and verified)
    and not exists (select from identity_membership where account_id = account.id)
    and not exists (select from identity_training where account_id = account.id)
limit %s
"""


@action()
def register_account(
    actor: System, *, email: str, password: str, is_demo: bool = False, organisation: int = PLATFORM
) -> UUID:
    """Make sure that an account exists for this address, without changing an existing one. Returns its id."""
    found = Account.objects.filter(email=email.lower()).first()
    if found is not None:
        record("identity.account", found.id, repeat=True)
        return found.id
    account = Account(email=email.lower(), is_demo=is_demo)
    account.set_password(password)
    account.save(force_insert=True)
    record("identity.account", account.id, changed=["email", "password"])
    return account.id


@action()
def open_account(actor: Visitor, *, email: str, password: str, organisation: int = PLATFORM) -> UUID:
    """Create an account for a person's address. Returns its id; raises AccountExists, touching nothing of that one."""
    account = Account(email=email.lower(), password=make_password(password))
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:
        raise AccountExists from None
    record("identity.account", account.id, changed=["email", "password"])
    return account.id


@action()
def note_sign_in(actor: Resident, *, account: UUID, organisation: int = PLATFORM) -> None:
    """Note that an account signed in, which shows which accounts nobody uses."""
    Account.objects.filter(id=account).update(last_login=now())
    record("identity.account", account, changed=["last_login"])


@action()
def forget_sign_ins(actor: System, *, before: datetime, organisation: int = PLATFORM) -> int:
    """Delete the last sign-in of accounts if it was before a moment; returns how many."""
    forgotten = Account.objects.filter(last_login__lt=before).update(last_login=None)
    record("identity.account", changed=["last_login"] if forgotten else [], forgotten=forgotten)
    return forgotten


@action()
def forget_unconfirmed(actor: System, *, before: datetime, organisation: int = PLATFORM) -> int:
    """Delete accounts created before a moment whose address nobody confirmed; returns how many.

    The moment is in their id. Those of staff stay: their roles say why they are here.
    """
    with connection.cursor() as cursor:
        cursor.execute(_UNCONFIRMED, [first_id_of(before), _MOST_FORGOTTEN])
        found = [account for (account,) in cursor.fetchall()]
    Account.objects.filter(id__in=found).delete()
    record("identity.account", changed=["email"] if found else [], forgotten=len(found))
    return len(found)


@action()
def change_password(actor: Actor, *, account: UUID, password: str, organisation: int = PLATFORM) -> None:
    """Record that an account's holder set a new password, knowing the old one or a code sent to its address."""
    Account.objects.filter(id=account).update(password=make_password(password), changed_at=now())
    record("identity.account", account, changed=["password", "changed_at"])


@action()
def note_change(actor: Resident, *, account: UUID, organisation: int = PLATFORM) -> None:
    """Record that a way of signing in to an account was just added or removed."""
    Account.objects.filter(id=account).update(changed_at=now())
    record("identity.account", account, changed=["changed_at"])


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
        wrong["email"] = _("Nobody with a confirmed sign-in uses this address: they make one on the website first")
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


@action()
def declare_relation(actor: Staff, *, organisation: int, person: UUID, reference: str) -> None:
    """Declare that a member of staff is related to the person of a case. Repeating it changes nothing."""
    relation, _made = Relation.objects.get_or_create(
        organisation_id=organisation,
        account_id=actor.account,
        person_id=person,
        ended_at=None,
        defaults={"reference": reference, "declared_at": now()},
    )
    record("identity.relation", relation.id, changed=["declared_at"], person=person)


@action()
def end_relation(actor: Staff, *, organisation: int, relation: UUID) -> None:
    """End a relation, as the officer: staff cannot end one that they declared. Raises NoSuchRelation."""
    _require_officer(actor, organisation)
    found = Relation.objects.filter(organisation_id=organisation, id=relation, ended_at=None)
    if not found.update(ended_at=now()):
        raise NoSuchRelation
    record("identity.relation", relation, changed=["ended_at"])


@action()
def record_training(
    actor: System | Staff,
    *,
    account: UUID,
    course: str,
    passed_on: date,
    expires_on: date,
    organisation: int = PLATFORM,
) -> None:
    """A person passed a data protection course, which counts until it expires.

    Raises MayNotAppoint, NotStaff, Invalid.
    """
    _check_course(actor, organisation, account, passed_on, expires_on)
    training = Training.objects.create(account_id=account, course=course, passed_on=passed_on, expires_on=expires_on)
    record("identity.training", training.id, changed=["passed_on", "expires_on"], account=account, course=course)


@action()
def record_failed_test(
    actor: System | Staff, *, account: UUID, course: str, on: date, organisation: int = PLATFORM
) -> None:
    """A person failed a data protection test: nothing opens until they pass one. Raises as `record_training` does."""
    _check_course(actor, organisation, account, on)
    sat = Training.objects.create(account_id=account, course=course, passed_on=on, expires_on=on, is_passed=False)
    record("identity.training", sat.id, changed=["is_passed"], account=account, course=course)


@action()
def break_glass(actor: Staff, *, organisation: int, reason: str) -> None:
    """Break the glass: open what expired training or one's role would not allow, for twelve hours and one reason.

    Nobody approves it; the officer and their manager are told next morning. Raises ReasonNeeded; MayNotDecide for the
    officer; ReadingRefused without a second factor, before a first course and after a failed test.
    """
    BREAK_GLASS.require(reason)
    if OVERSIGHT.code in actor.purposes:
        raise MayNotDecide
    if not actor.has_second_factor:
        raise ReadingRefused("second_factor", purpose=CASEWORK)
    if not standing_at(actor.account).may_break_glass:
        raise ReadingRefused("training", purpose=CASEWORK)
    glass = BrokenGlass.objects.create(
        organisation_id=organisation,
        account_id=actor.account,
        reason=reason,
        broke_at=now(),
        ends_at=now() + GLASS_LASTS,
    )
    record("identity.broken_glass", glass.id, changed=["broke_at"], account=actor.account, reason=reason)


@action()
def note_told(
    actor: System, *, organisation: int, account: UUID, glass_before: datetime | None = None, training: str = ""
) -> None:
    """Note that people were told of someone's broken glass (before a moment) or step of training."""
    if glass_before is not None:
        untold = BrokenGlass.objects.filter(organisation_id=organisation, account_id=account, told_at=None)
        untold.filter(broke_at__lt=glass_before).update(told_at=now())
    if training:
        Membership.objects.filter(organisation_id=organisation, account_id=account).update(told_of_training=training)
    record("identity.membership", changed=["told_at"], account=account, training=training)


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
    if _OFFICER in {*roles, *(here.values_list("roles", flat=True).first() or ())}:
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


def _check_course(actor: System | Staff, organisation: int, account: UUID, on: date, until: date | None = None) -> None:
    """What an administrator records of somebody else who works here. Raises MayNotAppoint, NotStaff, Invalid."""
    if isinstance(actor, System):
        return
    require_administrator(actor, organisation, account)
    if not Membership.objects.filter(organisation_id=organisation, account_id=account, ended_at=None).exists():
        raise NotStaff
    wrong: dict[str, Words] = {}
    if on > today():
        wrong["passed_on"] = _("The day must be today or in the past")
    if until is not None and until <= on:
        wrong["expires_on"] = _("It must count until a later day than it was passed on")
    if wrong:
        raise Invalid(wrong)
