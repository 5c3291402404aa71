"""Make a request about a person's information, by any channel, and record who it is about."""

import os
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from commonweal.capabilities.cases.errors import NoSuchCase
from commonweal.capabilities.cases.queries.naming import own_named_case
from commonweal.capabilities.people.queries import records as people
from commonweal.capabilities.protection.actions.checking import Asking, checked
from commonweal.capabilities.protection.actions.stepping import ABOUT, add_step, count_anew, save
from commonweal.capabilities.protection.errors import NotNow
from commonweal.capabilities.protection.models import (
    ErasureLine,
    HarmCheck,
    Item,
    Request,
    RestrictionOrder,
    SearchedPlace,
    Step,
)
from commonweal.capabilities.protection.queries.proving import secret_of
from commonweal.capabilities.protection.queries.requests import require_open
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.errors import Invalid
from commonweal.foundations.personal_data import keys
from commonweal.foundations.references.references import reference_from
from commonweal.foundations.scope.actors import Actor, Resident, Staff


@dataclass(frozen=True)
class Asked:
    """What a receipt shows: the reference and secret that prove the request."""

    reference: str
    secret: str = field(repr=False)
    id: UUID


@action()
def make_request(
    actor: Actor,
    *,
    organisation: int,
    kind: str,
    received_on: date | None = None,
    received_why: str = "",
    about: str = "",
    authority: str = "self",
    name: str = "",
    contact: str = "",
    on_behalf_of: str = "",
    words: str = "",
    channel: str = "online",
    submission: UUID | None = None,
) -> Asked:
    """Make a request about one's own or another's information, or take one down as staff.

    Residents need no more than the kind; visitors say who they are and how to reach them; staff say who it was, and
    why when it came on an earlier day. The same `submission` again makes nothing new. Raises Invalid.
    """
    asking = checked(
        actor, Asking(kind, received_on, received_why, about, authority, name, contact, on_behalf_of, words, channel)
    )
    request = _new(actor, organisation, submission or uuid7(), asking)
    request.subject_id = _subject(actor, organisation, request)
    secret = secret_of(keys.token_key_made(), request.id)
    try:
        with transaction.atomic():
            request.key_id = keys.key_for_record(request.id, ABOUT)
            count_anew(actor, request)
            request.save(force_insert=True)
    except IntegrityError:
        return _made_before(actor, organisation, request)
    add_step(actor, request, "received", text=asking.received_why, on=request.received_on)
    record(ABOUT, request.id, changed=["kind"], kind=kind, channel=asking.channel, due_on=request.due_on)
    return Asked(request.reference, secret, request.id)


@action()
def match_person(actor: Staff, *, organisation: int, reference: str, person: UUID) -> None:
    """Set who a request is about; what was searched and decided for another person before is discarded.

    Raises NotTheOfficer, NoSuchRequest, AlreadyClosed, NoSuchPerson; NotNow once something was done to whoever it was.
    """
    request = require_open(actor, organisation, reference)
    people.language_of(actor, organisation=organisation, person=person)
    if person != request.subject_id:
        _forget_search(request)
    request.subject_id = person
    Step.objects.filter(organisation_id=organisation, request_id=request.id).update(subject_id=person)
    save(request, ["subject_id"])
    add_step(actor, request, "matched")
    record(ABOUT, request.id, changed=["subject_id"], person=person)


def _forget_search(request: Request) -> None:
    """Decisions about one person say nothing of another, whose own would pass undecided. Raises NotNow."""
    here = {"organisation_id": request.organisation_id, "request_id": request.id}
    is_done = ErasureLine.objects.filter(**here).exists()
    if is_done or RestrictionOrder.objects.filter(**here, lifted_at=None).exists():
        raise NotNow
    for model in (Item, SearchedPlace, HarmCheck):
        model.objects.filter(**here).delete()


def _new(actor: Actor, organisation: int, row: UUID, asking: Asking) -> Request:
    return Request(
        id=row,
        organisation_id=organisation,
        reference=reference_from(os.urandom(16)),
        kind=asking.kind,
        subject_id=row,
        account_id=actor.account if isinstance(actor, Resident) else None,
        authority=asking.authority,
        name=asking.name or None,
        contact=asking.contact or None,
        on_behalf_of=asking.on_behalf_of or None,
        words=asking.words or None,
        about=asking.about,
        language=(get_language() or "en")[:2],
        channel=asking.channel,
        received_on=asking.received_on or today(),
        recorded_at=now(),
        recorded_by_id=actor.account if isinstance(actor, Staff) else None,
    )


def _subject(actor: Actor, organisation: int, request: Request) -> UUID:
    """Whom it is about: the signed-in person's own record, where they ask for themselves; else nobody knows yet.

    Raises Invalid when the case they ask about is none of theirs.
    """
    if not isinstance(actor, Resident) or actor.account is None or request.authority != "self":
        return request.id
    if request.about:
        try:
            return own_named_case(actor, organisation=organisation, reference=request.about).person
        except NoSuchCase:
            raise Invalid({"about": _("You have no application with this reference")}) from None
    own = people.people_of_account(actor, organisation=organisation, account=actor.account)
    return min(own, default=request.id)


def _made_before(actor: Actor, organisation: int, request: Request) -> Asked:
    """The receipt of the request that the same form made, sent twice. Raises Invalid when it was somebody else's."""
    made = Request.objects.filter(
        organisation_id=organisation,
        id=request.id,
        account_id=request.account_id,
        recorded_by_id=request.recorded_by_id,
    ).first()
    if made is None:
        raise Invalid({"kind": _("Load the page again and send it once more")})
    record(ABOUT, made.id, repeat=True)
    return Asked(made.reference, secret_of(keys.token_key_made(), made.id), made.id)
