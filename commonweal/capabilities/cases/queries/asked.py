"""Questions to applicants while their case waits, and answers that nobody has dealt with."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import get_language

from commonweal.capabilities.cases.errors import NothingAsked
from commonweal.capabilities.cases.models import Attachment, Case, SentBack
from commonweal.capabilities.cases.models.attaching import Way
from commonweal.capabilities.cases.queries.access import Choice, case_at, matter_of, moves_now
from commonweal.capabilities.cases.queries.gates import require_change
from commonweal.capabilities.cases.queries.own import own_case
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.foundations.actions.query import query
from commonweal.foundations.files.opening import FileRow, list_files
from commonweal.foundations.personal_data.purposes import OWN_INFORMATION
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.scope.actors import Resident, Staff


@dataclass(frozen=True)
class QuestionPage:
    """What the applicant is asked, since when, and the `files` they have given for it."""

    reference: str
    service_title: str
    question: str = field(repr=False)
    asked_at: datetime
    files: tuple[FileRow, ...] = ()


@dataclass(frozen=True)
class AskedCase:
    """A case to give files to: whose it is, and whether it waits for them."""

    id: UUID
    person: UUID
    is_asked: bool


@dataclass(frozen=True)
class AskingPage:
    """A case without anything personal, and the move that sends it back to the applicant."""

    id: UUID
    reference: str
    revision: int
    service_title: str
    move: Choice | None


_CAME_BACK = """
select case_id from cases_sentback as asked
where organisation_id = %(organisation)s and case_id = any(%(cases)s) and answered_at is not null and not exists (
    select from cases_move as moved
    where moved.organisation_id = %(organisation)s and moved.case_id = asked.case_id and moved.at > asked.answered_at
        and moved.by_id is not null
)
"""


@query(opens=OWN_INFORMATION)
def question_asked(actor: Resident, *, organisation: int, reference: str) -> QuestionPage:
    """What the actor is asked about their application. Raises NoSuchCase, NothingAsked."""
    case = own_case(actor, organisation=organisation, reference=reference)
    current_reading().is_of_own(case.person_id)
    current_reading().about(matter_of(case))
    asked = waiting_questions(case).first()
    if asked is None or case.closed_at is not None:
        raise NothingAsked
    offered = catalogue.service_version(actor, organisation=organisation, version=case.version_id)
    title = offered.service.title.in_language(get_language())
    given = list(given_for(asked).values_list("file_id", flat=True))
    files = tuple(list_files(of=case.id, only=given)) if given else ()
    named = tuple(each for each in files if each.id in given)
    return QuestionPage(case.reference, title, asked.question, asked.asked_at, named)


@query()
def asked_case(actor: Resident, *, organisation: int, reference: str) -> AskedCase:
    """The actor's case, to give files to while it waits for them; opens nothing. Raises NoSuchCase."""
    case = own_case(actor, organisation=organisation, reference=reference)
    return AskedCase(case.id, case.person_id, is_asked(case))


@query()
def was_given(actor: Resident, *, organisation: int, reference: str, file: UUID) -> bool:
    """Whether the actor gave this file for what they are asked now. Raises NoSuchCase."""
    asked = waiting_questions(own_case(actor, organisation=organisation, reference=reference)).first()
    return asked is not None and given_for(asked).filter(file_id=file).exists()


@query()
def asking_page(actor: Staff, *, organisation: int, reference: str, move: str) -> AskingPage:
    """The move that sends a case back, if it may be made now. Raises NoSuchCase, ReadingRefused."""
    case = case_at(organisation, reference)
    require_change(actor, case)
    service = catalogue.service_version(actor, organisation=organisation, version=case.version_id).service
    found = [each for each in moves_now(actor, case, service.case) if each.asks and each.key == move]
    title = service.title.in_language(get_language())
    return AskingPage(case.id, case.reference, case.revision, title, found[0] if found else None)


def is_asked(case: Case) -> bool:
    """Whether the case waits for its applicant."""
    return case.closed_at is None and waiting_questions(case).exists()


def given_for(asked: SentBack) -> "QuerySet[Attachment]":
    """The files that the applicant gave since they were asked this."""
    given = Attachment.objects.filter(organisation_id=asked.organisation_id, case_id=asked.case_id)
    return given.filter(way=Way.IN, by_id=None, at__gte=asked.asked_at)


def came_back(organisation: int, cases: Collection[UUID]) -> frozenset[UUID]:
    """Those of these cases that the applicant answered, and that nobody has moved since."""
    if not cases:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(_CAME_BACK, {"organisation": organisation, "cases": list(cases)})
        return frozenset(case for (case,) in cursor.fetchall())


def waiting_questions(case: Case) -> "QuerySet[SentBack]":
    """What the applicant is asked and nobody has answered or ended; one at most."""
    return SentBack.objects.filter(
        organisation_id=case.organisation_id, case_id=case.id, answered_at=None, ended_at=None
    )
