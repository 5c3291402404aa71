"""Fill in what a signed-in person told before, for them to check and change."""

from collections.abc import Collection, Iterator
from uuid import UUID

from commonweal.capabilities.catalogue.queries.questions import Fills, Page, Question
from commonweal.capabilities.forms.models import Answer
from commonweal.capabilities.forms.rules.answers import given_by
from commonweal.capabilities.people.queries import own as people
from commonweal.foundations.personal_data.reading import Forgotten, current_reading
from commonweal.foundations.personal_data.sealing import CannotOpen
from commonweal.foundations.scope.actors import DraftHolder


def own_answers(
    actor: DraftHolder, organisation: int, page: Page, answered: Collection[str], again: UUID | None = None
) -> dict[str, str]:
    """What the holder's own account told before, as the fields of the questions not answered yet.

    Who they are, and what they answered in the submission that they repeat. Only from records of that account: an equal
    name or e-mail address proves nothing. Never for whom staff take it down, and never about another party.
    """
    asked = [question for question in page.questions if question.key not in answered]
    if actor.account is None or actor.taken_by is not None:
        return {}
    given: dict[str, str] = {}
    for question, value in (*_details(actor, organisation, asked), *_recalled(actor, organisation, asked, again)):
        given |= given_by(question, value)
    return given


def _details(actor: DraftHolder, organisation: int, asked: Collection[Question]) -> Iterator[tuple[Question, str]]:
    wanted = [question for question in asked if question.fills in _FIELDS and question.of_party is None]
    if not wanted or actor.account is None:
        return
    own = people.own_details(actor, organisation=organisation, account=actor.account)
    for question in wanted:
        value = getattr(own, _FIELDS[question.fills], "")
        if value:
            yield question, value


def _recalled(
    actor: DraftHolder, organisation: int, asked: Collection[Question], again: UUID | None
) -> Iterator[tuple[Question, str]]:
    wanted = {question.key: question for question in asked if question.is_recalled}
    if not wanted or again is None:
        return
    own = people.records_of_holder(actor, organisation=organisation)
    rows = Answer.objects.filter(
        organisation_id=organisation,
        submission_id=again,
        submission__person_id__in=own,
        person_id__in=own,
        question__in=wanted,
        item=0,
    )
    current_reading().is_of_own(*own)
    for row in rows:
        try:
            value = row.value
        except (Forgotten, CannotOpen):
            continue  # a field that is left empty keeps nobody from applying
        if value:
            yield wanted[row.question], value


_FIELDS: dict[Fills | None, str] = {
    Fills.PERSON_NAME: "name",
    Fills.PERSON_EMAIL: "email",
    Fills.PERSON_PHONE: "phone",
    Fills.PERSON_BIRTH_DATE: "birth_date",
}
