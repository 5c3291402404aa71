"""A draft becomes a submission, exactly once."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.translation import get_language

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.questions import Fills, KeyScope
from commonweal.capabilities.forms.errors import DraftChanged, DraftGone, Incomplete
from commonweal.capabilities.forms.events import FormSubmitted
from commonweal.capabilities.forms.models import Answer, Draft, GivenFile, Submission
from commonweal.capabilities.forms.queries.filling import DraftAnswers, DraftRow
from commonweal.capabilities.forms.rules.path import first_missing
from commonweal.capabilities.people.actions import recording as people
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.events.event import publish
from commonweal.foundations.files.keeping import move_files
from commonweal.foundations.personal_data import keys
from commonweal.foundations.scope.actors import DraftHolder

_ABOUT = "forms.submission"
_RETENTION = "forms.submission"


@dataclass(frozen=True)
class Completed:
    """A submission. A repeat of a stored one says nothing of its place, which lies where it went the first time."""

    submission: UUID
    person: UUID
    service: str
    version: UUID
    place: str = ""
    postcode: str = ""
    is_repeat: bool = False


@action()
def complete_draft(actor: DraftHolder, *, organisation: int, opened: DraftAnswers | None) -> Completed:
    """The holder submits their draft, whose answers were opened just before. The same again returns the same.

    Whoever deletes the draft submits it: of many at once the others wait, find it gone, and get what was stored. Raises
    Incomplete, DraftChanged, DraftGone.
    """
    draft = opened.draft if opened is not None else None
    if draft is None or not _claim(organisation, draft):
        return _repeat(actor, organisation)
    missing = first_missing(draft.service, draft.answered)
    if missing is not None:
        raise Incomplete(missing.key)
    values = {answer.question: answer.value for answer in opened.answers if answer.value} if opened else {}
    completed = _submit(actor, organisation, draft, values)
    keys.destroy(draft.id)
    record(_ABOUT, completed.submission, service=completed.service, version=completed.version)
    publish(
        FormSubmitted(
            organisation=organisation,
            subject_id=completed.person,
            submission=completed.submission,
            service=completed.service,
            version=completed.version,
        )
    )
    return completed


def _claim(organisation: int, draft: DraftRow) -> bool:
    """Delete the draft as it was opened; False when somebody else was first or changed it since."""
    with connection.cursor() as cursor:
        cursor.execute(
            "with answers as (delete from forms_draftanswer where organisation_id = %s and draft_id = %s)"
            " delete from forms_draft where organisation_id = %s and id = %s and changed_at = %s",
            [organisation, draft.id, organisation, draft.id, draft.changed_at],
        )
        return bool(cursor.rowcount == 1)


def _repeat(actor: DraftHolder, organisation: int) -> Completed:
    stored = Submission.objects.filter(organisation_id=organisation, draft_id=actor.draft).first()
    if stored is None:
        is_there = Draft.objects.filter(organisation_id=organisation, id=actor.draft, expires_at__gt=now()).exists()
        raise DraftChanged if is_there else DraftGone
    record(_ABOUT, stored.id, repeat=True)
    return Completed(stored.id, stored.person_id, stored.service, stored.version_id, is_repeat=True)


def _submit(actor: DraftHolder, organisation: int, draft: DraftRow, values: Mapping[str, str]) -> Completed:
    filled = {question.fills: values.get(question.key, "") for question in draft.service.questions() if question.fills}
    person = people.record_person(
        actor,
        organisation=organisation,
        account=actor.account,
        name=filled.get(Fills.PERSON_NAME, ""),
        email=filled.get(Fills.PERSON_EMAIL, ""),
        phone=filled.get(Fills.PERSON_PHONE, ""),
        language="cy" if (get_language() or "").startswith("cy") else "en",
    )
    submission = Submission(
        organisation_id=organisation,
        draft_id=draft.id,
        service=draft.service.name,
        version_id=draft.version,
        person_id=person,
        submitted_at=now(),
    )
    submission.save(force_insert=True)
    _keep_answers(submission, draft.service, values)
    _keep_files(actor, submission)
    address, _line, postcode = filled.get(Fills.CASE_PLACE, "").partition("\n")
    return Completed(submission.id, person, draft.service.name, draft.version, address, postcode)


def _keep_files(actor: DraftHolder, submission: Submission) -> None:
    """The files of the draft are the submission's; none is sealed anew, since each has a key of its own."""
    organisation, draft = submission.organisation_id, submission.draft_id
    given = GivenFile.objects.filter(organisation_id=organisation, record_id=draft)
    if given.update(record_id=submission.id, subject_id=submission.person_id, mark=None):
        move_files(actor, organisation=organisation, of=draft, to=submission.id, subject=submission.person_id)


def _keep_answers(submission: Submission, service: Service, values: Mapping[str, str]) -> None:
    """Seal what fills no other place: facts under the person's key, free text under the submission's."""
    kept = [question for question in service.questions() if question.fills is None and question.key in values]
    scopes = {question.key_scope for question in kept}
    key_of: dict[KeyScope, UUID] = {}
    if KeyScope.SUBJECT in scopes:
        key_of[KeyScope.SUBJECT] = keys.key_for_subject(submission.person_id, _RETENTION)
    if KeyScope.RECORD in scopes:
        key_of[KeyScope.RECORD] = keys.key_for_record(submission.id, _RETENTION)
    Answer.objects.bulk_create(
        Answer(
            organisation_id=submission.organisation_id,
            key_id=key_of[question.key_scope],
            submission_id=submission.id,
            person_id=submission.person_id,
            question=question.key,
            value=values[question.key],
        )
        for question in kept
    )
