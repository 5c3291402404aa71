"""What others may read of submissions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.questions import Exit, Question, QuestionType
from commonweal.capabilities.catalogue.queries.services import service_version
from commonweal.capabilities.forms.errors import DraftGone
from commonweal.capabilities.forms.models import Answer, Submission
from commonweal.capabilities.forms.queries.answers import AnswerRow, rows_of
from commonweal.capabilities.forms.rules.path import WENT_ON
from commonweal.capabilities.forms.rules.paths import Slot
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.scope.actors import Actor, DraftHolder, Staff


@dataclass(frozen=True)
class SubmissionRow:
    """How a submission came: by which channel, taken down by whom of staff, and what is to be paid, in pence."""

    id: UUID
    channel: str
    taken_by: UUID | None
    fee_pence: int | None


@dataclass(frozen=True)
class Submitted:
    """What was submitted: the answers in the order of the questions, and the exits that were passed.

    `kept_from` are the questions whose answers are there, and that the actor's roles may not open.
    """

    answers: tuple[AnswerRow, ...]
    although: tuple[Exit, ...] = ()
    kept_from: tuple[Question, ...] = ()


def may_open(actor: Actor, question: Question) -> bool:
    """Whether the actor's roles may open the answer: a question of some roles is closed to all other staff."""
    return not isinstance(actor, Staff) or not question.opened_by or bool(actor.roles & set(question.opened_by))


@query(opens=CASEWORK)
def submitted(actor: Actor, *, organisation: int, submission: UUID) -> Submitted:
    """The answers of a submission, with the items of pages that repeat; two queries however many there are.

    What fills a person or the case (name, e-mail, phone, place) lies there, and is not among them. Nor are files:
    `files.submitted_files` lists them.
    """
    rows = list(
        Answer.objects.filter(organisation_id=organisation, submission_id=submission).values_list(
            "id", "key_id", "question", "item", "value", "person_id", "submission__version_id"
        )
    )
    if not rows:
        return Submitted(())
    declared = service_version(actor, organisation=organisation, version=rows[0][6]).service
    closed = {question.key: question for question in declared.questions() if not may_open(actor, question)}
    reading = current_reading()
    reading.fetch_keys(row[1] for row in rows if row[2] not in closed)
    opened = {
        (question, item): reading.open_value(sealed.value, label="forms.answer.value", row=row, subject=person)
        for row, _key, question, item, sealed, person, _version in rows
        if question not in closed
    }
    kept_from = tuple(question for key, question in closed.items() if any(row[2] == key for row in rows))
    return Submitted(rows_of(_slots(declared, opened), opened), _passed(declared, opened), kept_from)


@query(opens=CASEWORK)
def submission_answers(actor: Actor, *, organisation: int, submission: UUID) -> tuple[AnswerRow, ...]:
    """The answers alone of `submitted`."""
    return submitted(actor, organisation=organisation, submission=submission).answers


@query()
def submission_at(actor: Actor, *, organisation: int, submission: UUID) -> SubmissionRow:
    """How a submission came, which opens nothing. Raises DraftGone."""
    found = Submission.objects.filter(organisation_id=organisation, id=submission).first()
    if found is None:
        raise DraftGone
    return SubmissionRow(found.id, found.channel, found.taken_by, found.fee_pence)


@query()
def submission_of(actor: DraftHolder, *, organisation: int) -> UUID:
    """What the holder's draft became. Raises DraftGone when it was not submitted."""
    found = Submission.objects.filter(organisation_id=organisation, draft_id=actor.draft)
    submission = found.values_list("id", flat=True).first()
    if submission is None:
        raise DraftGone
    return submission


def _slots(service: Service, opened: Mapping[Slot, str]) -> Iterator[tuple[Question, int]]:
    """Questions and items as they were asked: thing by thing where a page repeats."""
    for page in service.pages:
        own = {question.key for question in page.questions}
        for item in sorted({item for question, item in opened if question in own}):
            yield from ((question, item) for question in page.questions if question.type is not QuestionType.FILE)


def _passed(service: Service, opened: Mapping[Slot, str]) -> tuple[Exit, ...]:
    passed = opened.get((WENT_ON, 0), "").split("\n")
    return tuple(each for page in service.pages for each in page.exits if f"{page.key}.{each.key}" in passed)
