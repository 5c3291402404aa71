"""The files of a case: those of its form and those added later. Listed by name, each opened by itself."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.cases.models import Attachment, Case
from commonweal.capabilities.cases.models.attaching import Way
from commonweal.capabilities.cases.queries.access import case_at, matter_of
from commonweal.capabilities.cases.queries.gates import require_change, require_opening
from commonweal.capabilities.cases.queries.own import own_case
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.questions import Question
from commonweal.capabilities.forms.queries import files as forms
from commonweal.foundations.actions.query import query
from commonweal.foundations.files.errors import NoSuchFile
from commonweal.foundations.files.opening import FileRow, OpenedFile, list_files, open_file
from commonweal.foundations.personal_data.purposes import CASEWORK, OWN_INFORMATION
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.personal_data.trace import ReadingRefused
from commonweal.foundations.scope.actors import Actor, Resident, Staff

_NOT_THEIRS = _("Only some roles may open this file. Your attempt has been recorded. Ask them what you need to know.")


@dataclass(frozen=True)
class CaseFile:
    """A file of a case. `row` is None where the actor's role may not open it: then its name is not told either.

    `question` is what it answers, in the language in use; else `way` says whether it came in or was made by us.
    """

    id: UUID
    row: FileRow | None = field(repr=False)
    question: str
    way: str
    at: datetime
    is_shown: bool


@dataclass(frozen=True)
class AttachableCase:
    """A case to which the actor may add documents, and whose it is."""

    id: UUID
    person: UUID
    reference: str


@query()
def attachable_case(actor: Staff, *, organisation: int, reference: str) -> AttachableCase:
    """The case to which a document is to be added; opens nothing. Raises NoSuchCase, ReadingRefused."""
    case = case_at(organisation, reference)
    require_change(actor, case)
    return AttachableCase(case.id, case.person_id, case.reference)


@query(opens=CASEWORK)
def case_files(actor: Staff, *, organisation: int, reference: str, reason: str = "") -> tuple[CaseFile, ...]:
    """The files of a case by name, in the order they came.

    Raises NoSuchCase; ReasonNeeded; ReadingRefused as opening the case does.
    """
    return files_of(actor, _open(actor, organisation, reference, reason))


@query(opens=CASEWORK)
def open_case_file(actor: Staff, *, organisation: int, reference: str, file: UUID, reason: str = "") -> OpenedFile:
    """One file of a case, which is an opening of its own.

    Raises NoSuchFile; NoSuchCase; ReasonNeeded; ReadingRefused as opening the case does, and for a role that may not.
    """
    case = _open(actor, organisation, reference, reason)
    submitted = forms.submitted_files(actor, organisation=organisation, submission=case.submission_id)
    found = next((each for each in submitted if each.id == file), None)
    if found is None:
        return _open_attached(case, file)
    question = _questions(actor, case).get(found.question)
    if question is not None and not may_open(actor, question):
        raise ReadingRefused(
            "role", purpose=CASEWORK, subject=case.person_id, matter=matter_of(case), message=_NOT_THEIRS
        )
    return forms.open_submitted_file(actor, organisation=organisation, submission=case.submission_id, file=file)


@query(opens=OWN_INFORMATION)
def own_files(actor: Resident, *, organisation: int, reference: str) -> tuple[CaseFile, ...]:
    """The files of the actor's own case that they gave or that they are shown. Raises NoSuchCase."""
    return tuple(each for each in files_of(actor, _open_own(actor, organisation, reference)) if each.is_shown)


@query(opens=OWN_INFORMATION)
def open_own_file(actor: Resident, *, organisation: int, reference: str, file: UUID) -> OpenedFile:
    """A file of the actor's own case that they gave or that they are shown. Raises NoSuchCase, NoSuchFile."""
    case = _open_own(actor, organisation, reference)
    submitted = forms.submitted_files(actor, organisation=organisation, submission=case.submission_id)
    if any(each.id == file for each in submitted):
        return forms.open_submitted_file(actor, organisation=organisation, submission=case.submission_id, file=file)
    return _open_attached(case, file, is_shown=True)


def may_open(actor: Staff, question: Question) -> bool:
    """Whether the actor's roles may open the answer to a question of a case that they may open."""
    return not question.opened_by or bool(actor.roles & set(question.opened_by))


def files_of(actor: Staff | Resident, case: Case) -> tuple[CaseFile, ...]:
    """All files of a case, inside a reading that has checked who asks."""
    submitted = forms.submitted_files(actor, organisation=case.organisation_id, submission=case.submission_id)
    attached = list(Attachment.objects.filter(organisation_id=case.organisation_id, case_id=case.id).order_by("at"))
    if not submitted and not attached:
        return ()
    questions, language = _questions(actor, case), get_language()
    named = _named(actor, case, submitted, questions) if submitted else {}
    own = {row.id: row for row in list_files(of=case.id)} if attached else {}
    labels = {key: question.label.in_language(language) for key, question in questions.items()}
    return (
        *(
            CaseFile(each.id, named.get(each.id), labels.get(each.question, ""), Way.IN, case.opened_at, is_shown=True)
            for each in submitted
        ),
        *(CaseFile(each.file_id, own.get(each.file_id), "", each.way, each.at, each.is_shown) for each in attached),
    )


def _named(
    actor: Staff | Resident, case: Case, submitted: tuple[forms.SubmittedFile, ...], questions: dict[str, Question]
) -> dict[UUID, FileRow]:
    wanted = [
        each.id
        for each in submitted
        if not isinstance(actor, Staff) or each.question not in questions or may_open(actor, questions[each.question])
    ]
    rows = forms.named_files(actor, organisation=case.organisation_id, submission=case.submission_id, files=wanted)
    return {row.id: row for row in rows}


def _questions(actor: Actor, case: Case) -> dict[str, Question]:
    offered = catalogue.service_version(actor, organisation=case.organisation_id, version=case.version_id)
    return {question.key: question for question in offered.service.questions()}


def _open(actor: Staff, organisation: int, reference: str, reason: str) -> Case:
    case = case_at(organisation, reference)
    judged = require_opening(actor, case, reason=reason)
    current_reading().about(matter_of(case))
    if judged.prompt:
        current_reading().needed(reason)
    return case


def _open_own(actor: Resident, organisation: int, reference: str) -> Case:
    case = own_case(actor, organisation=organisation, reference=reference)
    current_reading().about(matter_of(case))
    current_reading().is_of_own(case.person_id)
    return case


def _open_attached(case: Case, file: UUID, *, is_shown: bool = False) -> OpenedFile:
    found = Attachment.objects.filter(organisation_id=case.organisation_id, case_id=case.id, file_id=file)
    if not (found.filter(is_shown=True) if is_shown else found).exists():
        raise NoSuchFile
    return open_file(file, of=case.id)
