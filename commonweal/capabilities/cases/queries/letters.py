"""Letters about decisions: drafted for whoever decides, set as PDF, and read by whoever they were written to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.cases.errors import NoSuchCase, NotAllowedNow
from commonweal.capabilities.cases.models import Case, Letter
from commonweal.capabilities.cases.queries.access import case_at
from commonweal.capabilities.cases.queries.bereavement import recipient_of
from commonweal.capabilities.cases.queries.gates import open_to_change, require_opening
from commonweal.capabilities.cases.queries.held import as_told
from commonweal.capabilities.cases.queries.own import own_case
from commonweal.capabilities.cases.queries.posting import lines_for
from commonweal.capabilities.cases.queries.rounds import standing_of
from commonweal.capabilities.cases.queries.wording import letter_words
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.people.queries import deaths
from commonweal.capabilities.people.queries import records as people
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import local_date, today
from commonweal.foundations.documents.letters import Letter as Content
from commonweal.foundations.documents.letters import letter
from commonweal.foundations.documents.typesetting import NotPrintable
from commonweal.foundations.errors import Invalid
from commonweal.foundations.personal_data.purposes import CASEWORK, OWN_INFORMATION
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.personal_data.trace import Matter
from commonweal.foundations.scope.actors import Actor, Resident, Staff
from commonweal.foundations.texts.typed import plain

LONGEST = 20_000
"""Characters of a letter."""


@dataclass(frozen=True)
class Draft:
    """A letter to begin with, in the language of whoever it goes to."""

    title: str = field(repr=False)
    body: str = field(repr=False)
    language: str


@dataclass(frozen=True)
class LetterRow:
    """That a letter was written, and when it was posted, without what it says."""

    id: UUID
    sent_at: datetime
    posted_at: datetime | None


@dataclass(frozen=True)
class LetterPage:
    """A letter as it was sent, to be read and printed."""

    reference: str
    title: str = field(repr=False)
    body: str = field(repr=False)
    language: str
    sent_at: datetime
    pdf: bytes = field(repr=False)


@query(opens=CASEWORK)
def draft_letter(
    actor: Staff, *, organisation: int, reference: str, outcome: str, reasons: Sequence[str] = (), reason: str = ""
) -> Draft:
    """The letter that goes with an outcome and its reasons, before it is edited.

    Raises NoSuchCase, NotAllowedNow; ReasonNeeded and ReadingRefused as opening the case does.
    """
    case = _open_to_write(actor, organisation, reference, reason)
    service = catalogue.service_version(actor, organisation=organisation, version=case.version_id).service
    chosen = service.case.outcome(outcome)
    if chosen is None or chosen.letter is None:
        raise NotAllowedNow
    recipient = people.person(actor, organisation=organisation, person=recipient_of(case))
    language = "cy" if recipient.language == "cy" else "en"
    words = letter_words(
        actor,
        case,
        service,
        standing_of(case),
        outcome=chosen,
        reasons=reasons,
        name=recipient.name,
        language=language,
        on=today(),
    )
    title = chosen.letter.subject.in_language(language).format_map(words | {"name": ""})
    return Draft(title, chosen.letter.body.in_language(language).format_map(words), language)


@query(opens=CASEWORK)
def preview_letter(
    actor: Staff, *, organisation: int, reference: str, title: str, body: str, language: str, reason: str = ""
) -> bytes:
    """The letter as it would be printed, which is kept nowhere.

    Raises NoSuchCase, Invalid; ReasonNeeded and ReadingRefused as opening the case does.
    """
    case = _open_to_write(actor, organisation, reference, reason)
    require_short(plain(body))
    return _set(actor, case, title=title, body=body, language=language, on=today())


@query(opens=CASEWORK)
def letter_sent(actor: Staff, *, organisation: int, reference: str, letter: UUID, reason: str = "") -> LetterPage:
    """A letter of a case, opened by staff. Raises NoSuchCase, ReasonNeeded, ReadingRefused."""
    case = case_at(organisation, reference)
    judged = require_opening(actor, case, reason=reason)
    current_reading().about(_matter(case))
    if judged.prompt:
        current_reading().needed(reason)
    return _open(actor, case, letter)


@query(opens=OWN_INFORMATION)
def own_letter(actor: Resident, *, organisation: int, reference: str, letter: UUID) -> LetterPage:
    """A letter, read by whoever it was written to, once it is not taken back any more. Raises NoSuchCase."""
    case = own_case(actor, organisation=organisation, reference=reference)
    told = as_told(case)
    if letter not in {row.id for row in letters_of(told.case, before=told.held_at)}:
        raise NoSuchCase
    current_reading().is_of_own(case.person_id)
    current_reading().about(_matter(case))
    return _open(actor, case, letter)


def require_short(body: str) -> None:
    """Raises Invalid for a letter that nobody would read to its end."""
    if len(body) > LONGEST:
        raise Invalid({"letter": _("The letter must be 20,000 characters or fewer")})


def has_reader(actor: Actor, case: Case) -> bool:
    """Whether there is somebody to write to: not when the applicant has died and nobody speaks for their estate."""
    is_own = recipient_of(case) == case.person_id
    return not (is_own and deaths.has_died(actor, organisation=case.organisation_id, person=case.person_id))


def letters_of(case: Case, *, before: datetime | None = None) -> tuple[LetterRow, ...]:
    """What was written about a case, `before` a moment if one is given, latest first, without opening it."""
    rows = Letter.objects.filter(organisation_id=case.organisation_id, case_id=case.id).order_by("-sent_at")
    if before is not None:
        rows = rows.filter(sent_at__lt=before)
    return tuple(LetterRow(*row) for row in rows.values_list("id", "sent_at", "posted_at"))


def _open_to_write(actor: Staff, organisation: int, reference: str, reason: str) -> Case:
    """The case about which a letter is being written: whom it goes to is opened, behind the gate of the case."""
    case = case_at(organisation, reference)
    open_to_change(actor, case, reason=reason)
    current_reading().about(_matter(case))
    return case


def _matter(case: Case) -> Matter:
    """Letters are a matter beside the case: who only wrote one has not looked at the case."""
    return Matter("letter", case.id, case.reference, case.team_id)


def _open(actor: Actor, case: Case, sent: UUID) -> LetterPage:
    found = Letter.objects.filter(organisation_id=case.organisation_id, case_id=case.id, id=sent).first()
    if found is None:
        raise NoSuchCase
    title, body = found.title, found.body
    pdf = _set(actor, case, title=title, body=body, language=found.language, on=local_date(found.sent_at))
    return LetterPage(case.reference, title, body, found.language, found.sent_at, pdf)


def _set(actor: Actor, case: Case, *, title: str, body: str, language: str, on: date) -> bytes:
    organisation = organisations.organisation(actor, organisation=case.organisation_id)
    to_whom = recipient_of(case) if isinstance(actor, Staff) else case.person_id
    to = people.person(actor, organisation=case.organisation_id, person=to_whom)
    written: Literal["en", "cy"] = "cy" if language == "cy" else "en"
    content = Content(
        organisation=organisation.name,
        address=(to.name, *lines_for(actor, case, to_whom)),
        reference=case.reference,
        on=on,
        title=title,
        body=body,
        language=written,
    )
    try:
        return letter(content)
    except NotPrintable:
        raise Invalid({"letter": _("This letter cannot be printed: make its lines shorter")}) from None
