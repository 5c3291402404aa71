"""What others may read of drafts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Never
from uuid import UUID

from django.db import connection

from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.questions import Page, Question, QuestionType
from commonweal.capabilities.forms.errors import AlreadySubmitted, DraftGone, Incomplete, NoSuchPage, NotYourDraft
from commonweal.capabilities.forms.models import Draft, Submission
from commonweal.capabilities.forms.queries.answers import AnswerRow, rows_of
from commonweal.capabilities.forms.queries.files import draft_files
from commonweal.capabilities.forms.rules.answers import given_by
from commonweal.capabilities.forms.rules.path import first_missing
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data.fields import Sealed
from commonweal.foundations.personal_data.purposes import APPLYING
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.scope.actors import Actor, DraftHolder


@dataclass(frozen=True)
class DraftRow:
    """A draft without its answers: which questions were answered, and the version it began under."""

    id: UUID
    version: UUID
    number: int
    service: Service
    answered: frozenset[str]
    changed_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class DraftPage:
    """A page of a form; `given` are its answers as the fields of the form, as they would be typed."""

    version: UUID
    service: Service
    page: Page
    given: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class DraftAnswers:
    """All answers of a draft, opened; without a draft (`draft` is None) when it was submitted or has expired."""

    draft: DraftRow | None
    answers: tuple[AnswerRow, ...] = ()

    def value(self, question: str) -> str:
        """The stored answer to a question; empty when it was left so or never asked."""
        return next((answer.value for answer in self.answers if answer.question == question), "")


@dataclass(frozen=True)
class CompleteAnswers:
    """A draft that can be submitted, with every answer opened."""

    service: Service
    answers: tuple[AnswerRow, ...]
    changed_at: datetime


@query()
def draft(actor: DraftHolder, *, organisation: int) -> DraftRow:
    """The holder's draft; opens nothing. Raises DraftGone, AlreadySubmitted, NotYourDraft."""
    return _require(actor, organisation).draft


@query(opens=APPLYING)
def draft_page(actor: DraftHolder, *, organisation: int, service: str, page: str) -> DraftPage:
    """A page with its answers so far. A page not answered yet opens nothing, and so leaves no trace.

    The first page may be looked at before there is a draft. Raises DraftGone, AlreadySubmitted, NotYourDraft,
    NoSuchPage, NotOffered.
    """
    held = _find(actor, organisation)
    if held is None:
        offered = _not_begun(actor, organisation, service, page)
        return DraftPage(offered.version, offered.service, offered.service.pages[0], {})
    declared = held.draft.service
    asked = declared.page(page)
    if asked is None or declared.name != service:
        raise NoSuchPage
    wanted = [question for question in asked.questions if question.key in held.draft.answered]
    opened = held.open(wanted)
    given = {name: text for question in wanted for name, text in given_by(question, opened[question.key]).items()}
    return DraftPage(held.draft.version, declared, asked, given)


@query(opens=APPLYING)
def draft_answers(actor: DraftHolder, *, organisation: int) -> DraftAnswers:
    """Every answer of the draft, in the order of the questions. Raises NotYourDraft."""
    held = _find(actor, organisation)
    if held is None:
        return DraftAnswers(None)
    asked = [question for question in held.draft.service.questions() if question.key in held.draft.answered]
    return DraftAnswers(held.draft, rows_of(asked, held.open(asked)))


@query(opens=APPLYING)
def complete_answers(actor: DraftHolder, *, organisation: int) -> CompleteAnswers:
    """Every answer of a draft that can be submitted, for a last look.

    Raises Incomplete (before anything is opened), DraftGone, AlreadySubmitted, NotYourDraft.
    """
    held = _require(actor, organisation)
    missing = first_missing(held.draft.service, held.draft.answered)
    if missing is not None:
        raise Incomplete(missing.key)
    asked = [question for question in held.draft.service.questions() if question.type.has_answer]
    told = _names_of_files(actor, organisation, asked)
    return CompleteAnswers(held.draft.service, rows_of(asked, held.open(asked), told), held.draft.changed_at)


def _names_of_files(actor: DraftHolder, organisation: int, asked: Iterable[Question]) -> Mapping[str, str]:
    if not any(question.type is QuestionType.FILE for question in asked):
        return {}
    found = draft_files(actor, organisation=organisation)
    return {question: "\n".join(file.name for file in files) for question, files in found.items()}


@query()
def has_expired_drafts(actor: Actor, *, organisation: int) -> bool:
    """Whether any draft of the organisation is past its time."""
    return Draft.objects.filter(organisation_id=organisation, expires_at__lte=now()).exists()


@dataclass(frozen=True)
class _Held:
    """A draft with its answers still sealed: (row id, value) by question."""

    draft: DraftRow
    sealed: Mapping[str, tuple[UUID, Sealed]]
    key: tuple[UUID, bytes, str] = field(repr=False)

    def open(self, questions: Iterable[Question]) -> dict[str, str]:
        """The answers to these questions, opened; nothing is asked of the reading when there are none."""
        if self.sealed:
            current_reading().knows_key(*self.key)
        return {
            question.key: current_reading().open_value(
                value.value, label="forms.draft_answer.value", row=row, subject=self.draft.id
            )
            for question in questions
            for row, value in [self.sealed[question.key]]
        }


def _not_begun(actor: DraftHolder, organisation: int, service: str, page: str) -> catalogue.Offered:
    """The service as it is offered now, for whoever is at its first page with nothing answered."""
    offered = catalogue.service(actor, organisation=organisation, name=service)
    if offered.service.pages[0].key != page or _is_submitted(actor, organisation):
        _refuse(actor, organisation)
    return offered


def _require(actor: DraftHolder, organisation: int) -> _Held:
    held = _find(actor, organisation)
    if held is not None:
        return held
    return _refuse(actor, organisation)


def _refuse(actor: DraftHolder, organisation: int) -> Never:
    raise AlreadySubmitted if _is_submitted(actor, organisation) else DraftGone


def _is_submitted(actor: DraftHolder, organisation: int) -> bool:
    return Submission.objects.filter(organisation_id=organisation, draft_id=actor.draft).exists()


_HELD = """
select d.account_id, d.version_id, d.changed_at, d.expires_at, a.id, a.question, a.value,
    k.id, k.wrapped, k.wrapped_by
from forms_draft d
join personal_data_datakey k on k.organisation_id = d.organisation_id and k.id = d.key_id
left join forms_draftanswer a on a.organisation_id = d.organisation_id and a.draft_id = d.id
where d.organisation_id = %s and d.id = %s and d.expires_at > %s
"""


def _find(actor: DraftHolder, organisation: int) -> _Held | None:
    """The draft with its answers and their key, in the one statement that every page of a form waits for.

    In one statement also because whoever submits the draft at this moment deletes all three together.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [organisation, actor.draft, now()])
        rows = cursor.fetchall()
    if not rows:
        return None
    account, version, changed_at, expires_at = rows[0][:4]
    if account is not None and account != actor.account:
        raise NotYourDraft
    sealed = {row[5]: (row[4], Sealed(bytes(row[6]))) for row in rows if row[4] is not None}
    offered = catalogue.service_version(actor, organisation=organisation, version=version)
    found = DraftRow(
        id=actor.draft,
        version=offered.version,
        number=offered.number,
        service=offered.service,
        answered=frozenset(sealed),
        changed_at=changed_at,
        expires_at=expires_at,
    )
    return _Held(found, sealed, (rows[0][7], bytes(rows[0][8]), rows[0][9]))
