"""Requests as the officer deals with them: found, locked, and opened in full."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from commonweal.capabilities.identity.queries import colleagues
from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.people.queries import deaths as people
from commonweal.capabilities.people.queries.bonds import bond_of
from commonweal.capabilities.protection.errors import AlreadyClosed, AlreadyWaiting, NoAuthority, NoSuchRequest
from commonweal.capabilities.protection.models import Authority, Request, Step
from commonweal.capabilities.protection.queries.clock import due_of, open_pauses
from commonweal.capabilities.protection.queries.officers import require_officer
from commonweal.capabilities.protection.rules.clock import CAPABLE_AT
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.due import Due
from commonweal.foundations.personal_data.purposes import RIGHTS
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.personal_data.trace import Matter, ReadingRefused
from commonweal.foundations.references.references import normal_reference
from commonweal.foundations.scope.actors import Actor, Staff


@dataclass(frozen=True)
class StepRow:
    """What happened to a request: a code, the day it counts from, and its words where there are some."""

    what: str
    on: date
    at: datetime
    why: str
    text: str = field(repr=False)
    is_shown: bool
    by: str


@dataclass(frozen=True)
class RequestPage:
    """A request in full, for the officer: opened, and therefore traced. `awaited` is what it waits for, if anything.

    `child_able_at` is the age at which a child is presumed able to ask, None where it goes by understanding.
    """

    id: UUID
    reference: str
    kind: str
    subject: UUID
    is_matched: bool
    has_account: bool
    authority: str
    name: str = field(repr=False)
    contact: str = field(repr=False)
    on_behalf_of: str = field(repr=False)
    words: str = field(repr=False)
    about: str
    channel: str
    received_on: date
    recorded_at: datetime
    recorded_by: str
    due: Due
    due_on: date
    statutory_on: date
    awaited: str
    needs_no_evidence: bool
    needs_authority: bool
    child_able_at: int | None
    extended_on: date | None
    acknowledged_on: date | None
    outcome: str
    closed_at: datetime | None
    steps: tuple[StepRow, ...]


@query(opens=RIGHTS)
def request_page(actor: Staff, *, organisation: int, reference: str) -> RequestPage:
    """One request with its steps, oldest first. Raises NotTheOfficer, NoSuchRequest."""
    found = officers_request(actor, organisation, reference)
    current_reading().about(matter_of(found))
    current_reading().fetch_keys([found.key_id])
    steps = list(Step.objects.filter(organisation_id=organisation, request_id=found.id).order_by("at", "id"))
    accounts = {each for each in (found.recorded_by_id, *(step.by_id for step in steps)) if each}
    names = colleagues.names_of(actor, organisation=organisation, accounts=accounts)
    (nation,) = organisations.calendar(actor, organisation=organisation).nations
    return RequestPage(
        id=found.id,
        reference=found.reference,
        kind=found.kind,
        subject=found.subject_id,
        is_matched=found.is_matched,
        has_account=found.account_id is not None,
        authority=found.authority,
        name=found.name or "",
        contact=found.contact or "",
        on_behalf_of=found.on_behalf_of or "",
        words=found.words or "",
        about=found.about,
        channel=found.channel,
        received_on=found.received_on,
        recorded_at=found.recorded_at,
        recorded_by=names.get(found.recorded_by_id, "") if found.recorded_by_id else "",
        due=due_of(actor, found),
        due_on=found.due_on,
        statutory_on=found.statutory_on,
        awaited=awaited(found),
        needs_no_evidence=needs_no_evidence(found),
        needs_authority=needs_authority(found),
        child_able_at=CAPABLE_AT.get(nation),
        extended_on=found.extended_on,
        acknowledged_on=found.acknowledged_on,
        outcome=found.outcome,
        closed_at=found.closed_at,
        steps=tuple(_row(step, names) for step in steps),
    )


def require_open(actor: Staff, organisation: int, reference: str) -> Request:
    """The open request with this reference, for the officer, locked until the action ends. Raises AlreadyClosed.

    And as `officers_request`, whose gates every change of a request goes through.
    """
    found = officers_request(actor, organisation, reference, is_locked=True)
    if found.closed_at is not None:
        raise AlreadyClosed
    return found


def officers_request(actor: Staff, organisation: int, reference: str, *, is_locked: bool = False) -> Request:
    """The request with this reference, for the officer who deals with it, open or closed.

    Raises NotTheOfficer, NoSuchRequest; ReadingRefused when it is of the officer's own, or of a relative.
    """
    require_officer(actor, organisation)
    found = request_at(organisation, reference, is_locked=is_locked)
    _refuse_own(actor, found)
    return found


def request_at(organisation: int, reference: str, *, is_locked: bool = False) -> Request:
    """The request with this reference, however it is typed. Raises NoSuchRequest."""
    rows = Request.objects.select_for_update() if is_locked else Request.objects.all()
    found = rows.filter(organisation_id=organisation, reference=normal_reference(reference) or "").first()
    if found is None:
        raise NoSuchRequest
    return found


def subjects_of(actor: Actor, request: Request) -> frozenset[UUID]:
    """All records of the person whom a request is about; its own id alone until somebody found them."""
    return people.records_of(actor, organisation=request.organisation_id, person=request.subject_id)


def matter_of(request: Request) -> Matter:
    """What is opened for a request belongs to it."""
    return Matter("request", request.id, request.reference)


def awaited(request: Request) -> str:
    """What is awaited of whoever asked: evidence, fee, clarification, or nothing (empty)."""
    if request.closed_at is not None:
        return ""
    return request.start_awaits or ("clarification" if open_pauses(request).exists() else "")


def needs_no_evidence(request: Request) -> bool:
    """Whether somebody asked for themselves while signed in: nothing more is asked of them (Article 12(6))."""
    return request.account_id is not None and request.authority == Authority.SELF


def needs_authority(request: Request) -> bool:
    """Whether they ask for somebody else, and it is not on record that anybody saw what lets them."""
    return request.authority != Authority.SELF and request.evidence_on is None


def require_authority(request: Request) -> None:
    """What is held of somebody neither leaves nor goes on the word of another. Raises AlreadyWaiting, NoAuthority."""
    if awaited(request) == "evidence":
        raise AlreadyWaiting
    if needs_authority(request):
        raise NoAuthority


def _refuse_own(actor: Staff, request: Request) -> None:
    """Records of oneself and of relatives are closed (practice: the trace). Colleagues' requests need an answer."""
    bond = bond_of(actor, organisation=request.organisation_id, person=request.subject_id).kind
    kind = "own_record" if request.account_id == actor.account else bond
    if kind in ("own_record", "relative"):
        raise ReadingRefused(kind, purpose=RIGHTS, subject=request.subject_id, matter=matter_of(request))


def _row(step: Step, names: dict[UUID, str]) -> StepRow:
    by = names.get(step.by_id, "") if step.by_id else ""
    return StepRow(step.what, step.on, step.at, step.why, step.text or "", step.is_shown, by)
