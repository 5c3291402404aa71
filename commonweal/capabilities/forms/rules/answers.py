"""From what was typed to the answer that is stored, or to what is wrong; and back to the parts of a form.

An answer is stored as text: a date in ISO form, a choice by its key, money in pence, an address one part on each line.
How each type of question does so is listed in `answering.registry`.
"""

from collections.abc import Mapping
from datetime import date

from commonweal.capabilities.catalogue.queries.questions import Page, Question
from commonweal.capabilities.forms.rules.answering.family import Answering
from commonweal.capabilities.forms.rules.answering.registry import ANSWERING
from commonweal.capabilities.forms.rules.answering.words import too_long
from commonweal.capabilities.forms.rules.problems import Problem
from commonweal.capabilities.forms.rules.texts import one_line
from commonweal.foundations.expressions.expressions import Value

Given = Mapping[str, str]
"""What was typed: field of the form -> text, several values of one field on a line each. A question has the field KEY,
or where its answer has parts (day, month, year) the fields KEY-part."""

_TOO_LONG_TO_LOOK_AT = 50_000


def parse_page(page: Page, given: Given, *, today: date) -> tuple[dict[str, str], list[Problem]]:
    """The answers of a page by question, and everything that is wrong. A question not given is taken as left empty."""
    answers: dict[str, str] = {}
    wrong: list[Problem] = []
    for question in page.questions:
        if not question.type.has_answer:
            continue
        found = parse(question, given, today=today)
        if isinstance(found, str):
            answers[question.key] = found
        else:
            wrong += found
    return answers, wrong


def parse(question: Question, given: Given, *, today: date) -> str | list[Problem]:
    """The stored form of one answer, empty when an optional question was left so; or everything that is wrong."""
    answering = ANSWERING[question.type]
    typed = {part: given.get(answering.field(question, part), "") for part in answering.parts}
    overlong = [part for part, text in typed.items() if len(text) > _TOO_LONG_TO_LOOK_AT]
    if overlong:
        longest = question.max_length or answering.longest
        return [too_long(question, answering.field(question, part), longest) for part in overlong]
    if not any(one_line(text) for text in typed.values()):
        return "" if question.is_optional else _missing(question, answering, typed, today)
    return answering.parse(question, typed, today)


def _missing(question: Question, answering: Answering, typed: Given, today: date) -> list[Problem]:
    missing = Problem(fields_of(question)[0], words=question.if_missing)
    told = answering.parse(question, typed, today) if answering.is_told_by_part else []
    return [missing, *told[1:]] if isinstance(told, list) else [missing]


def fields_of(question: Question) -> tuple[str, ...]:
    """The fields of a form that a question has; none for a statement."""
    answering = ANSWERING[question.type]
    return tuple(answering.field(question, part) for part in answering.parts)


def given_by(question: Question, answer: str) -> dict[str, str]:
    """A stored answer as the fields of a form: what `parse` would make it from. What cannot be read is in the first."""
    fields = fields_of(question)
    if not answer or not fields:
        return dict.fromkeys(fields, "")
    try:
        return dict(zip(fields, ANSWERING[question.type].split(question, answer), strict=True))
    except ValueError:
        return dict.fromkeys(fields, "") | {fields[0]: answer}


def in_words(question: Question, answer: str, language: str | None) -> str:
    """A stored answer as people read it; empty when it was left so. What cannot be read is told as it is stored."""
    if not answer:
        return ""
    try:
        return ANSWERING[question.type].tell(question, answer, language)
    except ValueError:
        return answer


def value_of(question: Question, answer: str) -> Value | None:
    """What a stored answer is in an expression, of the kind that `conditions.kind_of` promises.

    None when it was left empty, or cannot be read: what rests on it then does not hold.
    """
    if not answer or not question.type.has_answer:
        return None
    try:
        return ANSWERING[question.type].value(question, answer)
    except ValueError:
        return None
