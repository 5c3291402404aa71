"""Correct what is wrong, or refuse and keep the person's statement with it; tell those who were given it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.formats import date_format
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from commonweal.capabilities.forms.actions import correcting as forms
from commonweal.capabilities.people.actions import correcting as people
from commonweal.capabilities.people.queries import records
from commonweal.capabilities.protection.actions.closing import close
from commonweal.capabilities.protection.actions.stepping import ABOUT, add_step
from commonweal.capabilities.protection.errors import NotMatched
from commonweal.capabilities.protection.models import Notice, Request, RequestOutcome, Statement
from commonweal.capabilities.protection.queries.objecting import cases_of
from commonweal.capabilities.protection.queries.requests import (
    matter_of,
    officers_request,
    require_authority,
    require_open,
    subjects_of,
)
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.errors import Invalid, Words
from commonweal.foundations.personal_data.purposes import RIGHTS
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.scope.actors import Staff
from commonweal.foundations.texts.typed import plain

LONGEST, _LONGEST_DETAIL = 4_000, 200


def load_name(actor: Staff, *, organisation: int, reference: str, **_others: object) -> str:
    """The name there is before it is corrected."""
    request = officers_request(actor, organisation, reference)
    current_reading().about(matter_of(request))
    return records.person(actor, organisation=organisation, person=request.subject_id).name


def keeps_former(actor: Staff, **arguments: Any) -> bool:
    return bool(arguments.get("keeps_former_name"))


@action(opens=RIGHTS, loads=load_name, needs=keeps_former)
def correct_details(
    actor: Staff,
    *,
    organisation: int,
    reference: str,
    right: Mapping[str, str],
    keeps_former_name: bool = False,
    opened: str | None = None,
) -> None:
    """Correct name, email, phone or birth date in all records of the person; fields left empty stay as they are.

    The former name is kept, to be found by, only if the person wants that. Raises NotTheOfficer, NoSuchRequest,
    AlreadyClosed, NotMatched, AlreadyWaiting, NoAuthority, Invalid.
    """
    request = _open(actor, organisation, reference)
    require_authority(request)
    values = _checked(right)
    people.correct_person(
        actor, organisation=organisation, people=subjects_of(actor, request), right=values, former=opened or ""
    )
    add_step(actor, request, "corrected", why=",".join(sorted(values))[:48])
    record(ABOUT, request.id, changed=sorted(values))


@action()
def correct_answer(
    actor: Staff, *, organisation: int, reference: str, case: str, question: str, item: int, given: Mapping[str, str]
) -> None:
    """Correct one of the person's answers. Raises as `correct_details`; NoSuchAnswer, InvalidAnswers."""
    request = _open(actor, organisation, reference)
    require_authority(request)
    found = next((one for one in cases_of(actor, request) if one.is_own and one.reference == case), None)
    if found is None:
        raise NotMatched
    forms.correct_answer(
        actor, organisation=organisation, submission=found.record, question=question, item=item, given=given
    )
    add_step(actor, request, "corrected", why=question[:48])
    record(ABOUT, request.id, changed=[question], case=found.id)


@action()
def refuse_correction(actor: Staff, *, organisation: int, reference: str, why: str, statement: str) -> None:
    """Refuse a correction, for reasons the person reads; keep what they say against it with the information.

    Raises NotTheOfficer, NoSuchRequest, AlreadyClosed, NotMatched, Invalid.
    """
    request = _open(actor, organisation, reference)
    _require(why=why)
    if plain(statement):
        Statement(
            id=uuid7(),
            organisation_id=organisation,
            key_id=request.key_id,
            request_id=request.id,
            person_id=request.subject_id,
            reference=request.about,
            text=plain(statement)[:LONGEST],
            at=now(),
        ).save(force_insert=True)
    close(request, actor, RequestOutcome.REFUSED, plain(why))
    record(ABOUT, request.id, changed=["outcome"], statement=bool(plain(statement)))


@action()
def finish_correction(actor: Staff, *, organisation: int, reference: str, text: str) -> None:
    """Finish a correction; the person reads what was done and who was told. Raises as `refuse_correction`."""
    request = _open(actor, organisation, reference)
    _require(text=text)
    close(request, actor, RequestOutcome.DONE, "\n\n".join([plain(text), *_told(request)]))
    record(ABOUT, request.id, changed=["outcome"])


@action()
def tell_recipient(
    actor: Staff, *, organisation: int, reference: str, recipient: str, told_on: date | None, why_not: str
) -> None:
    """Record that someone who was given the information was told of the change, or why not (Article 19).

    Raises NotTheOfficer, NoSuchRequest, Invalid.
    """
    request = officers_request(actor, organisation, reference, is_locked=True)
    who = plain(recipient)[:_LONGEST_DETAIL]
    wrong: dict[str, Words] = {}
    if not who:
        wrong["recipient"] = _("Write who was told")
    if told_on is not None and told_on > today():
        wrong["told_on"] = _("The day must be today or in the past")
    if told_on is None and not plain(why_not):
        wrong["told_on"] = _("Enter the day they were told, or write why that was impossible")
    if wrong:
        raise Invalid(wrong)
    here = {"organisation_id": organisation, "request_id": request.id, "recipient": who}
    Notice.objects.filter(**here).delete()
    Notice(
        **here,
        id=uuid7(),
        key_id=request.key_id,
        subject_id=request.subject_id,
        told_on=told_on,
        why_not=None if told_on else plain(why_not)[:LONGEST],
        by_id=actor.account,
        at=now(),
    ).save(force_insert=True)
    record(ABOUT, request.id, changed=["notice"], told=told_on is not None)


def _open(actor: Staff, organisation: int, reference: str) -> Request:
    """The open request, of somebody who was found."""
    request = require_open(actor, organisation, reference)
    if not request.is_matched:
        raise NotMatched
    return request


def _told(request: Request) -> list[str]:
    """Who was told of the change and when, so that nobody needs to ask (Article 19)."""
    rows = Notice.objects.filter(organisation_id=request.organisation_id, request_id=request.id).order_by("id")
    with override(request.language):
        told = [f"- {row.recipient} ({date_format(row.told_on, 'j F Y')})" for row in rows if row.told_on]
        return ["\n".join([gettext("We told everyone we had given it to:"), *told])] if told else []


def _require(**texts: str) -> None:
    wrong: dict[str, Words] = {
        name: _("Write what the person will read, in 4,000 characters or fewer")
        for name, text in texts.items()
        if not plain(text) or len(text) > LONGEST
    }
    if wrong:
        raise Invalid(wrong)


def _checked(right: Mapping[str, str]) -> dict[str, str]:
    """What was typed, where something was. Raises Invalid with everything that is wrong."""
    values = {field: plain(right.get(field, "")) for field in people.CORRECTABLE}
    wrong: dict[str, Words] = {
        field: _("This must be 200 characters or fewer") for field, value in values.items() if len(value) > 200
    }
    if not any(values.values()):
        wrong["name"] = _("Enter what is right")
    if values["email"]:
        try:
            validate_email(values["email"])
        except ValidationError:
            wrong["email"] = _("Enter an email address in the correct format, like name@example.com")
    if values["birth_date"]:
        try:
            date.fromisoformat(values["birth_date"])
        except ValueError:
            wrong["birth_date"] = _("Enter a real date")
    if wrong:
        raise Invalid(wrong)
    return {field: value for field, value in values.items() if value}
