"""From what was typed to the answer that is stored, or to what is wrong; and back to the parts of a form.

An answer is stored as text: a date in ISO form, a choice by its key, a place as address and postcode on two lines.
"""

from collections.abc import Callable, Mapping
from datetime import date

from babel.dates import format_date

from commonweal.capabilities.catalogue.queries.questions import Page, Question, QuestionType
from commonweal.capabilities.catalogue.queries.wording import Bilingual
from commonweal.capabilities.forms.rules import problems
from commonweal.capabilities.forms.rules.dates import PARTS, parse_recent_date
from commonweal.capabilities.forms.rules.problems import Problem
from commonweal.capabilities.forms.rules.texts import (
    LONGEST_EMAIL,
    has_letter,
    is_email,
    is_phone,
    many_lines,
    normal_postcode,
    one_line,
)

Given = Mapping[str, str]
"""What was typed: field of the form -> text. A date has the fields KEY-day, KEY-month and KEY-year, a place
KEY-address and KEY-postcode, every other question the field KEY."""

YES, NO = "yes", "no"
_YES_NO = {YES: Bilingual(en="Yes", cy="Ie"), NO: Bilingual(en="No", cy="Na")}
_LONGEST = {QuestionType.NAME: 120, QuestionType.LONG_TEXT: 2000, QuestionType.EMAIL: LONGEST_EMAIL}
_LONGEST_OTHERWISE = 200
_TOO_LONG_TO_LOOK_AT = 50_000
_PLACE_PARTS = ("address", "postcode")


def parse_page(page: Page, given: Given, *, today: date) -> tuple[dict[str, str], list[Problem]]:
    """The answers of a page by question, and everything that is wrong. A question not given is taken as left empty."""
    answers: dict[str, str] = {}
    wrong: list[Problem] = []
    for question in page.questions:
        found = parse(question, given, today=today)
        if isinstance(found, str):
            answers[question.key] = found
        else:
            wrong += found
    return answers, wrong


def parse(question: Question, given: Given, *, today: date) -> str | list[Problem]:
    """The stored form of one answer, empty when an optional question was left so; or everything that is wrong."""
    typed = {name: text for name, text in given.items() if name in fields_of(question)}
    overlong = [name for name, text in typed.items() if len(text) > _TOO_LONG_TO_LOOK_AT]
    if overlong:
        return [_too_long(question, name) for name in overlong]
    if not any(one_line(text) for text in typed.values()):
        missing = Problem(fields_of(question)[0], words=question.if_missing)
        return "" if question.is_optional else [missing]
    if question.type is QuestionType.RECENT_DATE:
        found = parse_recent_date(question, _parts_typed(question, typed), today=today)
        return [found] if isinstance(found, Problem) else found.isoformat()
    if question.type is QuestionType.PLACE:
        return _parse_place(question, _parts_typed(question, typed))
    one = _PARSERS[question.type](question, typed[question.key])
    return [one] if isinstance(one, Problem) else one


def fields_of(question: Question) -> tuple[str, ...]:
    """The fields of a form that a question has."""
    parts = _PARTS_OF.get(question.type, ())
    return tuple(f"{question.key}-{part}" for part in parts) or (question.key,)


def given_by(question: Question, answer: str) -> dict[str, str]:
    """A stored answer as the fields of a form: what `parse` would make it from."""
    if question.type is QuestionType.RECENT_DATE:
        day = date.fromisoformat(answer) if answer else None
        values = (str(day.day), str(day.month), str(day.year)) if day else ("", "", "")
    elif question.type is QuestionType.PLACE:
        address, _line, postcode = answer.partition("\n")
        values = (address, postcode)  # type: ignore[assignment]
    else:
        values = (answer,)  # type: ignore[assignment]
    return dict(zip(fields_of(question), values, strict=True))


def in_words(question: Question, answer: str, language: str | None) -> str:
    """A stored answer as people read it; empty when it was left so."""
    if not answer:
        return ""
    if question.type is QuestionType.CHOICE:
        return next((each.label.in_language(language) for each in question.choices if each.key == answer), answer)
    if question.type is QuestionType.YES_NO:
        return _YES_NO[answer].in_language(language)
    if question.type is QuestionType.RECENT_DATE:
        locale = "cy" if (language or "").startswith("cy") else "en_GB"
        return format_date(date.fromisoformat(answer), "d MMMM y", locale=locale)
    return answer


def _parts_typed(question: Question, typed: Given) -> dict[str, str]:
    return {name.removeprefix(f"{question.key}-"): text for name, text in typed.items()}


def _parse_text(question: Question, typed: str) -> str | Problem:
    text = many_lines(typed) if question.type is QuestionType.LONG_TEXT else one_line(typed)
    if len(text) > _limit(question):
        return _too_long(question, question.key)
    if question.type is QuestionType.NAME and not has_letter(text):
        return Problem(question.key, problems.MUST_BE_NAME, question.called)
    return text


def _limit(question: Question) -> int:
    return question.max_length or _LONGEST.get(question.type, _LONGEST_OTHERWISE)


def _too_long(question: Question, field: str) -> Problem:
    return Problem(field, problems.MUST_BE_SHORTER, question.called, values={"limit": _limit(question)})


def _parse_email(question: Question, typed: str) -> str | Problem:
    text = one_line(typed)
    return text if is_email(text) else Problem(question.key, problems.MUST_BE_EMAIL)


def _parse_phone(question: Question, typed: str) -> str | Problem:
    text = one_line(typed)
    return text if is_phone(text) else Problem(question.key, problems.MUST_BE_PHONE)


def _parse_choice(question: Question, typed: str) -> str | Problem:
    keys = {choice.key for choice in question.choices}
    return typed if typed in keys else _not_offered(question)


def _parse_yes_no(question: Question, typed: str) -> str | Problem:
    return typed if typed in _YES_NO else _not_offered(question)


def _not_offered(question: Question) -> Problem:
    """Something that the page did not offer: the same sentence as when nothing was chosen."""
    return Problem(question.key, problems.MUST_BE_OFFERED, question.called, words=question.if_missing)


def _parse_place(question: Question, typed: Given) -> str | list[Problem]:
    address, postcode = one_line(typed.get("address", "")), one_line(typed.get("postcode", ""))
    wrong = []
    if not address:
        wrong.append(Problem(f"{question.key}-address", problems.MUST_HAVE_ADDRESS))
    elif len(address) > _limit(question):
        wrong.append(_too_long(question, f"{question.key}-address"))
    normal = normal_postcode(postcode)
    if normal is None:
        message = problems.MUST_BE_POSTCODE if postcode else problems.MUST_HAVE_POSTCODE
        wrong.append(Problem(f"{question.key}-postcode", message))
    return wrong or f"{address}\n{normal}"


_PARTS_OF: dict[QuestionType, tuple[str, ...]] = {QuestionType.RECENT_DATE: PARTS, QuestionType.PLACE: _PLACE_PARTS}
_PARSERS: dict[QuestionType, Callable[[Question, str], str | Problem]] = {
    QuestionType.TEXT: _parse_text,
    QuestionType.LONG_TEXT: _parse_text,
    QuestionType.NAME: _parse_text,
    QuestionType.CHOICE: _parse_choice,
    QuestionType.YES_NO: _parse_yes_no,
    QuestionType.EMAIL: _parse_email,
    QuestionType.PHONE: _parse_phone,
}
