"""Store the answers of a submission: in people's records, or as answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import get_language

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.questions import Fills, KeyScope, Question
from commonweal.capabilities.forms.models import Answer, GivenFile, Submission
from commonweal.capabilities.forms.rules.path import WENT_ON
from commonweal.capabilities.forms.rules.paths import Path, Slot
from commonweal.capabilities.people.actions import recording as people
from commonweal.foundations.files.keeping import forget_files, move_files
from commonweal.foundations.personal_data import keys
from commonweal.foundations.scope.actors import DraftHolder

_RETENTION = "forms.submission"

Values = Mapping[Slot, str]


def record_applicant(actor: DraftHolder, organisation: int, service: Service, values: Values) -> UUID:
    """The applicant's record, tied to their account when they are signed in."""
    return _record(actor, organisation, _Told(service, values), actor.account)


def record_parties(
    actor: DraftHolder, organisation: int, service: Service, values: Values
) -> tuple[tuple[str, UUID], ...]:
    """A record of its own for each party that was named: nobody is merged by guess."""
    return tuple(
        (party.key, _record(actor, organisation, told, None))
        for party in service.parties
        for told in [_Told(service, values, party.key)]
        if told.of(Fills.PERSON_NAME)
    )


def keep_answers(
    submission: Submission, service: Service, path: Path, values: Values, parties: Mapping[str, UUID]
) -> None:
    """Seal what fills no other place: facts under the applicant's key, all else under the submission's.

    The items of a page that repeats are numbered anew, without gaps.
    """
    kept = [(question, item, text) for question, item, text in _kept(path, values)]
    passed = [f"{step.page.key}.{step.way_out.key}" for step in path.steps if step.way_out and step.is_passed]
    scopes = {question.key_scope for question, _item, _text in kept} | ({KeyScope.SUBJECT} if passed else set())
    key_of: dict[KeyScope, UUID] = {}
    if KeyScope.SUBJECT in scopes:
        key_of[KeyScope.SUBJECT] = keys.key_for_subject(submission.person_id, _RETENTION)
    if KeyScope.RECORD in scopes:
        key_of[KeyScope.RECORD] = keys.key_for_record(submission.id, _RETENTION)
    rows = [
        _answer(
            submission,
            key_of[question.key_scope],
            parties.get(question.of_party or "", submission.person_id),
            (question.key, item),
            text,
        )
        for question, item, text in kept
    ]
    if passed:
        went_on = (WENT_ON, 0)
        rows.append(_answer(submission, key_of[KeyScope.SUBJECT], submission.person_id, went_on, "\n".join(passed)))
    Answer.objects.bulk_create(rows)


def keep_files(actor: DraftHolder, submission: Submission, path: Path) -> None:
    """The files of the draft are the submission's; none is sealed anew, since each has a key of its own.

    Those of questions that are not asked any more are forgotten.
    """
    organisation, draft = submission.organisation_id, submission.draft_id
    given = GivenFile.objects.filter(organisation_id=organisation, record_id=draft)
    asked = [question.key for step in path.steps for question in step.page.questions]
    needless = given.exclude(question__in=asked)
    files = tuple(needless.values_list("file_id", flat=True))
    if files:
        needless.delete()
        forget_files(actor, organisation=organisation, files=files)
    if given.update(record_id=submission.id, subject_id=submission.person_id, mark=None):
        move_files(actor, organisation=organisation, of=draft, to=submission.id, subject=submission.person_id)


def _answer(submission: Submission, key: UUID, person: UUID, slot: Slot, text: str) -> Answer:
    return Answer(
        organisation_id=submission.organisation_id,
        key_id=key,
        submission_id=submission.id,
        person_id=person,
        question=slot[0],
        item=slot[1],
        value=text,
    )


def _kept(path: Path, values: Values) -> Iterator[tuple[Question, int, str]]:
    for step in path.steps:
        numbers = {item: number for number, item in enumerate(step.items, 1 if step.page.repeats else 0)}
        for question, item in step.slots():
            text = values.get((question.key, item))
            if question.fills is None and text:
                yield question, numbers[item], text


@dataclass(frozen=True)
class _Told:
    """What was told of the applicant, or of a party."""

    service: Service
    values: Values
    party: str | None = None

    def of(self, place: Fills) -> str:
        question = self.service.question_filling(place, self.party)
        return self.values.get((question.key, 0), "") if question else ""


def _record(actor: DraftHolder, organisation: int, told: _Told, account: UUID | None) -> UUID:
    born = told.of(Fills.PERSON_BIRTH_DATE)
    return people.record_person(
        actor,
        organisation=organisation,
        account=account,
        name=told.of(Fills.PERSON_NAME),
        email=told.of(Fills.PERSON_EMAIL),
        phone=told.of(Fills.PERSON_PHONE),
        language="cy" if (get_language() or "").startswith("cy") else "en",
        birth_date=date.fromisoformat(born) if born else None,
    )
