"""Questions outside a form (the facts that staff find): parse, show and evaluate them as in one."""

from collections.abc import Iterable, Mapping

from django.utils.translation import get_language, gettext

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.questions import Question
from commonweal.capabilities.forms.queries.answers import AnswerRow
from commonweal.capabilities.forms.rules.answers import given_by as fields_of_answer
from commonweal.capabilities.forms.rules.answers import in_words, parse, value_of
from commonweal.capabilities.forms.rules.values import values_of
from commonweal.foundations.clocks.now import today
from commonweal.foundations.errors import Invalid
from commonweal.foundations.expressions.expressions import Value


def parse_answer(question: Question, given: Mapping[str, str]) -> str:
    """What was typed as it is stored, empty when an optional question was left so. Raises Invalid by field."""
    found = parse(question, given, today=today())
    if isinstance(found, str):
        return found
    language = get_language()
    raise Invalid({problem.field: problem.say(language, gettext) for problem in found})


def typed_of(question: Question, answer: str) -> dict[str, str]:
    """A stored answer as the fields of a form: what it would be typed as."""
    return fields_of_answer(question, answer)


def told_of(question: Question, answer: str) -> str:
    """A stored answer as people read it, in the language in use."""
    return in_words(question, answer, get_language())


def reckoned_of(question: Question, answer: str) -> Value | None:
    """A stored answer as conditions use it; None when it was left empty."""
    return value_of(question, answer)


def reckoned_answers(service: Service, answers: Iterable[AnswerRow]) -> dict[str, Value]:
    """The answers of a submission by the names that conditions use; what was not opened is not among them."""
    stored: dict[tuple[str, int], str | None] = {(row.question, row.item): row.value for row in answers}
    known: dict[str, Value] = {}
    for page in service.pages:
        own = {question.key for question in page.questions}
        items = tuple(sorted({item for question, item in stored if question in own}))
        known |= values_of(page, items, stored)
    return known
