"""Answers that say who someone is or where they live, to remove them from what others get."""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.forms.models import Answer, Submission
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data.declarations import Category
from commonweal.foundations.personal_data.keys import unwrapped
from commonweal.foundations.personal_data.purposes import RIGHTS
from commonweal.foundations.scope.actors import Staff

_IDENTIFYING = (Category.NAME, Category.CONTACT, Category.ADDRESS, Category.IDENTIFIER)


@dataclass(frozen=True)
class IdentifyingAnswer:
    """What an answer holds, whose it is, and its stored form: an address has one part on each line."""

    person: UUID
    category: Category
    text: str = field(repr=False)


@query(opens=RIGHTS)
def identifying_answers(
    actor: Staff, *, organisation: int, submissions: Collection[UUID]
) -> tuple[IdentifyingAnswer, ...]:
    """The answers of these submissions that identify somebody; what was forgotten is left out."""
    held = Submission.objects.filter(organisation_id=organisation, id__in=submissions)
    version_of = dict(held.values_list("id", "version_id"))
    versions = catalogue.service_versions(actor, organisation=organisation, versions=set(version_of.values()))
    asked = {
        (version, question.key): question.category
        for version, offered in versions.items()
        for question in offered.service.questions()
        if question.category in _IDENTIFYING and question.type.has_answer and not question.type.is_free
    }
    answers = Answer.objects.filter(organisation_id=organisation, submission_id__in=submissions).order_by("id")
    wanted = [row for row in answers if (version_of[row.submission_id], row.question) in asked]
    alive = unwrapped({row.key_id for row in wanted})
    return tuple(
        IdentifyingAnswer(row.person_id, category, row.value)
        for row in wanted
        if row.key_id in alive and (category := asked[version_of[row.submission_id], row.question]) is not None
    )
