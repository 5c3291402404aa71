"""What may be corrected of somebody, and those it was given to, who are told (UK GDPR Articles 16 and 19)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from commonweal.capabilities.catalogue.queries.questions import Question
from commonweal.capabilities.catalogue.queries.services import service_version
from commonweal.capabilities.forms.queries import submitting as forms
from commonweal.capabilities.forms.queries.asking import typed_of
from commonweal.capabilities.people.queries import records as people
from commonweal.capabilities.protection.errors import NotMatched
from commonweal.capabilities.protection.models import Notice, Request, Statement
from commonweal.capabilities.protection.queries.objecting import cases_of
from commonweal.capabilities.protection.queries.requests import matter_of, officers_request
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data.purposes import RIGHTS
from commonweal.foundations.personal_data.reading import Forgotten, current_reading
from commonweal.foundations.scope.actors import Actor, Staff


@dataclass(frozen=True)
class AnswerToCorrect:
    """An answer as it stands, with its question and how it would be typed: `key` names case, question and item."""

    case: UUID
    submission: UUID
    reference: str
    question: Question
    item: int
    given: Mapping[str, str] = field(repr=False)
    text: str = field(repr=False)

    @property
    def key(self) -> str:
        return f"{self.reference}.{self.question.key}.{self.item}"


@dataclass(frozen=True)
class NoticeRow:
    """A recipient, and when they were told, or why not."""

    recipient: str
    told_on: date | None
    why_not: str = field(repr=False)


@dataclass(frozen=True)
class CorrectionPage:
    """What is kept of somebody, to be put right, and who is to be told."""

    reference: str
    person: people.PersonRow = field(repr=False)
    answers: tuple[AnswerToCorrect, ...] = field(repr=False)
    notices: tuple[NoticeRow, ...]
    statements: tuple[str, ...] = field(repr=False)
    is_closed: bool


@query(opens=RIGHTS)
def correction_page(actor: Staff, *, organisation: int, reference: str) -> CorrectionPage:
    """The details and answers of whoever asked. Raises NotTheOfficer, NoSuchRequest, NotMatched."""
    request = officers_request(actor, organisation, reference)
    if not request.is_matched:
        raise NotMatched
    current_reading().about(matter_of(request))
    return CorrectionPage(
        reference=request.reference,
        person=people.person(actor, organisation=organisation, person=request.subject_id),
        answers=_answers(actor, request),
        notices=notices_of(actor, request),
        statements=tuple(row.text for row in _statements(request)),
        is_closed=request.closed_at is not None,
    )


def recipients_of(actor: Actor, request: Request) -> tuple[str, ...]:
    """Those who were given what the request is about, as the services declare them (Article 19)."""
    return tuple(dict.fromkeys(each for case in cases_of(actor, request) for each in case.seen_by))


def notices_of(actor: Actor, request: Request) -> tuple[NoticeRow, ...]:
    """Each recipient, told or not. Needs an open reading."""
    told = Notice.objects.filter(organisation_id=request.organisation_id, request_id=request.id).order_by("id")
    rows = {row.recipient: NoticeRow(row.recipient, row.told_on, row.why_not or "") for row in told}
    declared = (NoticeRow(each[:200], None, "") for each in recipients_of(actor, request))
    return (*rows.values(), *(row for row in declared if row.recipient not in rows))


def _statements(request: Request) -> list[Statement]:
    return list(Statement.objects.filter(organisation_id=request.organisation_id, request_id=request.id))


def _answers(actor: Staff, request: Request) -> tuple[AnswerToCorrect, ...]:
    """The answers of the person's own cases; of the one that the request names, where it names one."""
    found: list[AnswerToCorrect] = []
    for case in cases_of(actor, request):
        if not case.is_own:
            continue
        declared = service_version(actor, organisation=request.organisation_id, version=case.version).service
        try:
            rows = forms.submission_answers(actor, organisation=request.organisation_id, submission=case.record)
        except Forgotten:
            continue
        found += [
            AnswerToCorrect(
                case.id, case.record, case.reference, question, row.item, typed_of(question, row.value), row.text
            )
            for row in rows
            if (question := declared.question(row.question)) is not None
        ]
    return tuple(found)
