"""What others may read of submissions."""

from uuid import UUID

from commonweal.capabilities.catalogue.queries.questions import QuestionType
from commonweal.capabilities.catalogue.queries.services import service_version
from commonweal.capabilities.forms.errors import DraftGone
from commonweal.capabilities.forms.models import Answer, Submission
from commonweal.capabilities.forms.queries.answers import AnswerRow, rows_of
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.scope.actors import Actor, DraftHolder


@query(opens=CASEWORK)
def submission_answers(actor: Actor, *, organisation: int, submission: UUID) -> tuple[AnswerRow, ...]:
    """The answers of a submission, in the order of the questions; two queries however many there are.

    What fills the person or the case (name, e-mail, phone, place) lies there, and is not among them. Nor are files:
    `files.submitted_files` lists them.
    """
    rows = list(
        Answer.objects.filter(organisation_id=organisation, submission_id=submission).values_list(
            "id", "key_id", "question", "value", "person_id", "submission__version_id"
        )
    )
    if not rows:
        return ()
    reading = current_reading()
    reading.fetch_keys(row[1] for row in rows)
    opened = {
        question: reading.open_value(sealed.value, label="forms.answer.value", row=row, subject=person)
        for row, _key, question, sealed, person, _version in rows
    }
    declared = service_version(actor, organisation=organisation, version=rows[0][5]).service
    told = [each for each in declared.questions() if each.key in opened and each.type is not QuestionType.FILE]
    return rows_of(told, opened)


@query()
def submission_of(actor: DraftHolder, *, organisation: int) -> UUID:
    """What the holder's draft became. Raises DraftGone when it was not submitted."""
    found = Submission.objects.filter(organisation_id=organisation, draft_id=actor.draft)
    submission = found.values_list("id", flat=True).first()
    if submission is None:
        raise DraftGone
    return submission
