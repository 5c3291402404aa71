"""Tell the officer and the manager next morning that the glass was broken, and staff that training expires."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.formats import date_format
from django.utils.translation import gettext

from commonweal.capabilities.identity.actions import training
from commonweal.capabilities.identity.queries import colleagues
from commonweal.capabilities.messages import actions as messages
from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.protection.actions.stepping import ABOUT, TEMPLATE, words_of
from commonweal.capabilities.protection.models import Request
from commonweal.capabilities.protection.queries.requests import matter_of
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.scope.actors import System


@dataclass(frozen=True)
class _Letter:
    """What is written to staff, and the page of the workspace it leads to."""

    template: str
    subject: str
    text: str
    page: str = ""


@action()
def tell_of_glass(actor: System, *, organisation: int, account: UUID, before: datetime) -> None:
    """Tell the officer and the manager that someone broke the glass; the e-mail names nobody."""
    text = gettext(
        "Someone used break-glass to open what their training or role does not allow. The page below says who, when "
        "and why. Look at what they opened, and speak to them."
    )
    letter = _Letter("glass_broken", gettext("Break-glass was used"), text, "break-glass/")
    people = colleagues.recipients(
        actor, organisation=organisation, account=account, with_managers=True, with_officers=True, with_self=False
    )
    told = _write(actor, organisation, people, letter)
    training.note_told(actor, organisation=organisation, account=account, glass_before=before)
    record("identity.broken_glass", account=account, told=told)


@action()
def tell_of_training(
    actor: System, *, organisation: int, account: UUID, standing: str, expires_on: date, code: str
) -> None:
    """Remind someone of their refresher; once training has expired, tell their manager too."""
    people = colleagues.recipients(
        actor,
        organisation=organisation,
        account=account,
        with_managers=standing != "due",
        with_officers=False,
        with_self=True,
    )
    told = _write(actor, organisation, people, _letter_of(standing, date_format(expires_on, "j F Y")))
    training.note_told(actor, organisation=organisation, account=account, training=code)
    record("identity.membership", account=account, standing=standing, told=told)


def _letter_of(standing: str, day: str) -> _Letter:
    """What is written of a step, which manager and member of staff read alike."""
    words = {
        "due": (
            gettext("Data protection training expires soon"),
            gettext("Data protection training expires on %(day)s. Take the refresher before then."),
        ),
        "grace": (
            gettext("Data protection training has expired"),
            gettext("Data protection training expired on %(day)s. Everything works for 14 days after that day."),
        ),
        "read_only": (
            gettext("Data protection training has expired: reading only"),
            gettext("Data protection training expired on %(day)s. Own open cases can be read, and nothing else."),
        ),
        "stopped": (
            gettext("Data protection training has expired: access has stopped"),
            gettext("Data protection training expired on %(day)s. Nothing opens until the refresher is passed."),
        ),
    }
    subject, text = words[standing]
    return _Letter(f"training_{standing}", subject, text % {"day": day})


def _write(actor: System, organisation: int, people: dict[UUID, str], letter: _Letter) -> int:
    """Write the same to each of them, with the page where it is looked at; returns to how many."""
    body = organisations.organisation(actor, organisation=organisation)
    link = f"{settings.ADDRESS}/workspace/{body.slug}/{letter.page}"
    for account, email in people.items():
        messages.write_to_account(
            actor,
            organisation=organisation,
            account=account,
            email=email,
            template=letter.template,
            subject=letter.subject,
            body=f"{letter.text}\n\n{link}\n\n{body.name}",
        )
    return len(people)


@action()
def tell_at_contact(actor: System, *, organisation: int, request: UUID, since: datetime, contact: str) -> bool:
    """Tell someone without an account of a letter, if they gave an e-mail address; others look or ask.

    False when a new letter came meanwhile: they are told of that one.
    """
    found = Request.objects.filter(organisation_id=organisation, id=request, untold_since=since)
    row = found.first()
    is_ours = row is not None and found.update(untold_since=None) == 1
    if row is not None and is_ours and _is_email(contact):
        messages.write_to_address(
            actor,
            organisation=organisation,
            subject_id=row.subject_id,
            matter=matter_of(row),
            email=contact,
            template=TEMPLATE,
            words=words_of(actor, row),
        )
    record(ABOUT, request, changed=["untold_since"] if is_ours else [])
    return is_ours


def _is_email(contact: str) -> bool:
    try:
        validate_email(contact)
    except ValidationError:
        return False
    return True
