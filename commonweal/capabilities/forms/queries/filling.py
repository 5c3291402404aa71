"""What others may read of drafts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Never
from uuid import UUID

from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.questions import Page, Question
from commonweal.capabilities.forms.errors import AlreadySubmitted, DraftGone, Incomplete, NoSuchPage, NotYourDraft
from commonweal.capabilities.forms.models import Draft, DraftAnswer, Submission
from commonweal.capabilities.forms.queries.answers import AnswerRow, rows_of
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
        declared = _not_begun(actor, organisation, service, page)
        return DraftPage(declared, declared.pages[0], {})
    declared = held.draft.service
    asked = declared.page(page)
    if asked is None or declared.name != service:
        raise NoSuchPage
    wanted = [question for question in asked.questions if question.key in held.draft.answered]
    opened = held.open(wanted)
    given = {name: text for question in wanted for name, text in given_by(question, opened[question.key]).items()}
    return DraftPage(declared, asked, given)


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
    asked = list(held.draft.service.questions())
    return CompleteAnswers(held.draft.service, rows_of(asked, held.open(asked)))


@query()
def has_expired_drafts(actor: Actor, *, organisation: int) -> bool:
    """Whether any draft of the organisation is past its time."""
    return Draft.objects.filter(organisation_id=organisation, expires_at__lte=now()).exists()


@dataclass(frozen=True)
class _Held:
    """A draft with its answers still sealed: (row id, value) by question."""

    draft: DraftRow
    sealed: Mapping[str, tuple[UUID, Sealed]]

    def open(self, questions: Iterable[Question]) -> dict[str, str]:
        """The answers to these questions, opened; nothing is asked of the reading when there are none."""
        return {
            question.key: current_reading().open_value(
                value.value, label="forms.draft_answer.value", row=row, subject=self.draft.id
            )
            for question in questions
            for row, value in [self.sealed[question.key]]
        }


def _not_begun(actor: DraftHolder, organisation: int, service: str, page: str) -> Service:
    """The service as it is offered now, for whoever is at its first page with nothing answered."""
    offered = catalogue.service(actor, organisation=organisation, name=service).service
    if offered.pages[0].key != page or _is_submitted(actor, organisation):
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


def _find(actor: DraftHolder, organisation: int) -> _Held | None:
    draft = Draft.objects.filter(organisation_id=organisation, id=actor.draft, expires_at__gt=now()).first()
    if draft is None:
        return None
    if draft.account_id is not None and draft.account_id != actor.account:
        raise NotYourDraft
    rows = DraftAnswer.objects.filter(organisation_id=organisation, draft_id=draft.id)
    sealed = {question: (row, value) for row, question, value in rows.values_list("id", "question", "value")}
    offered = catalogue.service_version(actor, organisation=organisation, version=draft.version_id)
    found = DraftRow(
        id=draft.id,
        version=offered.version,
        number=offered.number,
        service=offered.service,
        answered=frozenset(sealed),
        changed_at=draft.changed_at,
        expires_at=draft.expires_at,
    )
    return _Held(found, sealed)
