"""The data protection course: passed, failed, and told about."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.identity.errors import NotStaff
from commonweal.capabilities.identity.models import BrokenGlass, Membership, Training
from commonweal.capabilities.identity.queries.appointing import require_administrator
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.errors import Invalid, Words
from commonweal.foundations.scope.actors import Staff, System
from commonweal.foundations.scope.scopes import PLATFORM


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
