"""What a signed-in person gave in forms: how many answers and files, and those answers that are plainly their own."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count

from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.forms.models import Answer, GivenFile, Submission
from commonweal.capabilities.forms.queries.answers import AnswerRow, rows_of
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data.joining import takes_key, with_keys
from commonweal.foundations.personal_data.purposes import OWN_INFORMATION
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.scope.actors import Resident


@dataclass(frozen=True)
class OwnSubmission:
    """One form a person sent: by which channel, whether staff wrote it down, and what is in it.

    `told` are the opened answers that they gave of themselves; `answers` and `files` count all there are.
    """

    id: UUID
    service: Service
    channel: str
    is_taken_down: bool
    submitted_at: datetime
    answers: int
    files: int
    told: tuple[AnswerRow, ...] = field(repr=False)


@query(opens=OWN_INFORMATION)
def own_submissions(
    actor: Resident, *, organisation: int, people: Collection[UUID], opens: Callable[[Service], bool]
) -> dict[UUID, OwnSubmission]:
    """The forms that these records of the actor's sent, by id; four statements at most.

    Opened are the answers a person gave of themselves by their own hand, in services that `opens` allows; what was
    erased is left out. Whose the records are is for the reading that is open to know.
    """
    sent = list(Submission.objects.filter(organisation_id=organisation, person_id__in=people))
    versions = catalogue.service_versions(actor, organisation=organisation, versions={each.version_id for each in sent})
    services = {each.id: versions[each.version_id].service for each in sent}
    files = _files(organisation, services)
    rows = _answers(organisation, services, people)
    numbers = Counter(row["submission_id"] for row in rows)
    by_hand = {each.id: services[each.id] for each in sent if each.taken_by is None and opens(services[each.id])}
    opened = _open([row for row in rows if _is_given(by_hand.get(row["submission_id"]), row["question"])])
    return {
        each.id: OwnSubmission(
            each.id,
            services[each.id],
            each.channel,
            each.taken_by is not None,
            each.submitted_at,
            numbers[each.id],
            files.get(each.id, 0),
            _told(services[each.id], opened.get(each.id, {})),
        )
        for each in sent
    }


def _files(organisation: int, submissions: Collection[UUID]) -> dict[UUID, int]:
    given = GivenFile.objects.filter(organisation_id=organisation, record_id__in=submissions).values("record_id")
    return {row["record_id"]: row["number"] for row in given.annotate(number=Count("id"))}


def _answers(organisation: int, submissions: Collection[UUID], people: Collection[UUID]) -> list[dict[str, Any]]:
    """The answers about these people in these forms, still sealed, with their keys where these still exist."""
    here = Answer.objects.filter(organisation_id=organisation, submission_id__in=submissions, person_id__in=people)
    columns = ("id", "key_id", "submission_id", "question", "item", "value", "person_id", "wrapped", "wrapped_by")
    return list(with_keys(here).values(*columns))


def _is_given(service: Service | None, key: str) -> bool:
    question = service.question(key) if service else None
    return question is not None and question.is_from_subject


def _open(rows: list[dict[str, Any]]) -> Mapping[UUID, dict[tuple[str, int], str]]:
    """The answers by submission, question and item; those whose key was destroyed are not among them."""
    reading, opened = current_reading(), dict[UUID, dict[tuple[str, int], str]]()
    for row in rows:
        if not takes_key(row):
            continue
        text = reading.open_value(
            row["value"].value, label="forms.answer.value", row=row["id"], subject=row["person_id"]
        )
        opened.setdefault(row["submission_id"], {})[row["question"], row["item"]] = text
    return opened


def _told(service: Service, opened: Mapping[tuple[str, int], str]) -> tuple[AnswerRow, ...]:
    order = {question.key: number for number, question in enumerate(service.questions())}
    slots = sorted(opened, key=lambda slot: (order.get(slot[0], 0), slot[1]))
    asked = [(service.question(question), item) for question, item in slots]
    return rows_of(((question, item) for question, item in asked if question is not None), opened)
