"""What a signed-in person told before is filled in for them, to be seen and changed."""

from collections.abc import Collection

from commonweal.capabilities.catalogue.queries.questions import Fills, Page
from commonweal.capabilities.forms.rules.answers import given_by
from commonweal.capabilities.people.queries import own as people
from commonweal.foundations.scope.actors import DraftHolder


def own_answers(actor: DraftHolder, organisation: int, page: Page, answered: Collection[str]) -> dict[str, str]:
    """What the holder's own account told before, as the fields of the questions not answered yet.

    Only from records of that account: an equal name or e-mail address proves nothing. Never for whom staff take it
    down, and never about another party.
    """
    wanted = [
        question
        for question in page.questions
        if question.fills in _FIELDS and question.of_party is None and question.key not in answered
    ]
    if not wanted or actor.account is None or actor.taken_by is not None:
        return {}
    own = people.own_details(actor, organisation=organisation, account=actor.account)
    given: dict[str, str] = {}
    for question in wanted:
        value = getattr(own, _FIELDS[question.fills], "")
        if value:
            given |= given_by(question, value)
    return given


_FIELDS: dict[Fills | None, str] = {
    Fills.PERSON_NAME: "name",
    Fills.PERSON_EMAIL: "email",
    Fills.PERSON_PHONE: "phone",
    Fills.PERSON_BIRTH_DATE: "birth_date",
}
