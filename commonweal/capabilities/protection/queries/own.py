"""Requests of one's own: by the account they were made with, or by a reference and secret that were proven just now."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from commonweal.capabilities.people.queries import deaths
from commonweal.capabilities.protection.errors import AlreadyClosed, NoSuchRequest
from commonweal.capabilities.protection.models import Request, Step
from commonweal.capabilities.protection.queries.clock import due_of, with_pauses
from commonweal.capabilities.protection.queries.requests import awaited, matter_of
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.due import Due
from commonweal.foundations.personal_data.purposes import OWN_INFORMATION
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.references.references import normal_reference
from commonweal.foundations.scope.actors import Resident

_MOST = 200


@dataclass(frozen=True)
class OwnRequestRow:
    """A request in a list: what was asked, and until when it is answered; `due_on` is the law's day."""

    reference: str
    kind: str
    received_on: date
    due_on: date
    is_awaited: bool
    outcome: str
    closed_at: datetime | None


@dataclass(frozen=True)
class LetterRow:
    """A letter, or what they answered: `what` is its code."""

    what: str
    at: datetime
    text: str = field(repr=False)


@dataclass(frozen=True)
class OwnRequest:
    """A request as whoever asked follows it; `awaited` is what they are asked for: evidence, fee, clarification."""

    id: UUID
    reference: str
    kind: str
    words: str = field(repr=False)
    on_behalf_of: str = field(repr=False)
    about: str
    received_on: date
    due: Due
    awaited: str
    extended_on: date | None
    outcome: str
    closed_at: datetime | None
    letters: tuple[LetterRow, ...]


@query()
def own_requests(actor: Resident, *, organisation: int) -> tuple[OwnRequestRow, ...]:
    """What the signed-in person asked for, latest first. Opens nothing."""
    rows = with_pauses(_own(actor, organisation)).order_by("-received_on", "-id")[:_MOST]
    return tuple(
        OwnRequestRow(
            reference=row.reference,
            kind=row.kind,
            received_on=row.received_on,
            due_on=row.statutory_on,
            is_awaited=row.closed_at is None and bool(row.is_paused or row.start_awaits),
            outcome=row.outcome,
            closed_at=row.closed_at,
        )
        for row in rows
    )


@query(opens=OWN_INFORMATION)
def own_request(actor: Resident, *, organisation: int, reference: str) -> OwnRequest:
    """One request of the actor's own, with its letters, oldest first. Raises NoSuchRequest."""
    found = _own(actor, organisation).filter(reference=normal_reference(reference) or "").first()
    if found is None:
        raise NoSuchRequest
    reading = current_reading()
    reading.is_of_own(found.subject_id)
    reading.about(matter_of(found))
    reading.fetch_keys([found.key_id])
    steps = Step.objects.filter(organisation_id=organisation, request_id=found.id, is_shown=True)
    return OwnRequest(
        id=found.id,
        reference=found.reference,
        kind=found.kind,
        words=found.words or "",
        on_behalf_of=found.on_behalf_of or "",
        about=found.about,
        received_on=found.received_on,
        due=due_of(actor, found),
        awaited=awaited(found),
        extended_on=found.extended_on,
        outcome=found.outcome,
        closed_at=found.closed_at,
        letters=tuple(LetterRow(step.what, step.at, step.text or "") for step in steps.order_by("at", "id")),
    )


def own_request_to_change(actor: Resident, *, organisation: int, reference: str) -> Request:
    """The same row in an action; others who change it wait. Raises NoSuchRequest, AlreadyClosed."""
    own = _own(actor, organisation).select_for_update()
    found = own.filter(reference=normal_reference(reference) or "").first()
    if found is None:
        raise NoSuchRequest
    if found.closed_at is not None:
        raise AlreadyClosed
    return found


def _own(actor: Resident, organisation: int) -> "QuerySet[Request]":
    """Those made with the account, else the one that was proven. Of an account whose holder has died there are none."""
    here = Request.objects.filter(organisation_id=organisation)
    if actor.case is not None:
        proven = here.filter(id=actor.case)
        if actor.account is None or proven.exists():
            return proven
    if actor.account is None or deaths.recorded_at(actor, organisation=organisation, account=actor.account):
        return here.none()
    return here.filter(account_id=actor.account)
