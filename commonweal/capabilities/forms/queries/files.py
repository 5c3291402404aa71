"""The files of drafts and submissions. Their names open only within a reading, their content on its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.questions import Question, QuestionType
from commonweal.capabilities.forms.models import Draft, GivenFile
from commonweal.capabilities.forms.rules.answering.files import answer_of
from commonweal.foundations.actions.query import query
from commonweal.foundations.files.errors import NoSuchFile
from commonweal.foundations.files.opening import FileRow, OpenedFile, list_files, open_file
from commonweal.foundations.personal_data.purposes import APPLYING, CASEWORK
from commonweal.foundations.scope.actors import Actor, DraftHolder


@dataclass(frozen=True)
class SubmittedFile:
    """A file of a submission, without its name: which question it answers."""

    id: UUID
    question: str


@query(opens=APPLYING)
def draft_files(actor: DraftHolder, *, organisation: int) -> Mapping[str, tuple[FileRow, ...]]:
    """The files of the holder's draft with their names, by question, in the order they were given."""
    given = _by_question(organisation, actor.draft)
    if not given:
        return {}
    named = {row.id: row for row in list_files(of=actor.draft)}
    return {question: tuple(named[file] for file in files if file in named) for question, files in given.items()}


@query()
def file_questions(actor: DraftHolder, *, organisation: int, service: str, page: str) -> tuple[Question, ...]:
    """The questions of a page that files answer; opens nothing. The service's own where there is no draft yet."""
    version = Draft.objects.filter(organisation_id=organisation, id=actor.draft).values_list("version_id", flat=True)
    begun = version.first()
    if begun is None:
        declared = catalogue.service(actor, organisation=organisation, name=service).service
    else:
        declared = catalogue.service_version(actor, organisation=organisation, version=begun).service
    asked = declared.page(page)
    return tuple(each for each in asked.questions if each.type is QuestionType.FILE) if asked else ()


@query(opens=APPLYING)
def open_draft_file(actor: DraftHolder, *, organisation: int, file: UUID) -> OpenedFile:
    """A file of the holder's draft, to look at it again. Raises NoSuchFile."""
    if not GivenFile.objects.filter(organisation_id=organisation, record_id=actor.draft, file_id=file).exists():
        raise NoSuchFile
    return open_file(file, of=actor.draft)


@query()
def submitted_files(actor: Actor, *, organisation: int, submission: UUID) -> tuple[SubmittedFile, ...]:
    """Which files a submission has, in the order they were given; opens nothing."""
    return tuple(
        SubmittedFile(file, question)
        for question, files in _by_question(organisation, submission).items()
        for file in files
    )


@query(opens=CASEWORK)
def named_files(actor: Actor, *, organisation: int, submission: UUID, files: Iterable[UUID]) -> tuple[FileRow, ...]:
    """These files of a submission with their names, for a reading that has checked who asks."""
    wanted = list(files)
    return tuple(list_files(of=submission, only=wanted)) if wanted else ()


@query(opens=CASEWORK)
def open_submitted_file(actor: Actor, *, organisation: int, submission: UUID, file: UUID) -> OpenedFile:
    """A file of a submission, for a reading that has checked who asks. Raises NoSuchFile."""
    return open_file(file, of=submission)


def files_given(organisation: int, record_id: UUID) -> Mapping[str, str]:
    """The stored form of the files that a draft or a submission has, by question."""
    return {question: answer_of(files) for question, files in _by_question(organisation, record_id).items()}


def _by_question(organisation: int, record_id: UUID) -> Mapping[str, list[UUID]]:
    rows = GivenFile.objects.filter(organisation_id=organisation, record_id=record_id).order_by("given_at", "id")
    found: dict[str, list[UUID]] = {}
    for question, file in rows.values_list("question", "file_id"):
        found.setdefault(question, []).append(file)
    return found
