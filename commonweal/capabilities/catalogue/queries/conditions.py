"""The names that a declaration's conditions and amounts may use, and what kind of value each stands for."""

from collections.abc import Iterable

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.questions import Page, Question, QuestionType
from commonweal.foundations.expressions.expressions import Kind

ALWAYS = {"today": Kind.DAY, "nation": Kind.TEXT, "channel": Kind.TEXT}
"""What is known before anything is answered: `channel` is online, phone or counter, `nation` the body's."""

_KINDS = {
    QuestionType.MONEY: Kind.WHOLE,
    QuestionType.DATE: Kind.DAY,
    QuestionType.RECENT_DATE: Kind.DAY,
    QuestionType.YES_NO: Kind.TRUTH,
    QuestionType.DECLARATION: Kind.TRUTH,
    QuestionType.CHOICES: Kind.TEXTS,
    QuestionType.FILE: Kind.WHOLE,
}


def kind_of(question: Question) -> Kind:
    """What an answer is in an expression: money whole pence, files their number, most others text."""
    if question.type is QuestionType.NUMBER:
        return Kind.DECIMAL if question.decimals else Kind.WHOLE
    return _KINDS.get(question.type, Kind.TEXT)


def kinds_of_pages(pages: Iterable[Page]) -> dict[str, Kind]:
    """The names of these pages' answers: `answers.KEY`; a page that repeats is one list under its own key.

    Within a list a date is text: `timestamp(one.born + 'T00:00:00Z')` makes a date of it again.
    """
    kinds = dict(ALWAYS)
    for page in pages:
        if page.repeats is not None:
            kinds[f"answers.{page.key}"] = Kind.ROWS
            continue
        kinds |= {f"answers.{each.key}": kind_of(each) for each in page.questions if each.type.has_answer}
    return kinds


def kinds_of_case(service: Service) -> dict[str, Kind]:
    """The names of all answers, and of the facts that staff find: `facts.KEY`."""
    return kinds_of_pages(service.pages) | {f"facts.{fact.key}": kind_of(fact) for fact in service.case.facts}
