"""Numbers as people type them, and amounts of money, which are stored in whole pence."""

import re
from collections.abc import Callable
from decimal import Decimal

from commonweal.capabilities.catalogue.queries.questions import Question
from commonweal.capabilities.forms.rules import problems
from commonweal.capabilities.forms.rules.answering.family import Answering, of_one
from commonweal.capabilities.forms.rules.problems import Problem
from commonweal.capabilities.forms.rules.texts import ascii_digits, one_line
from commonweal.foundations.expressions.expressions import Value

_NUMBER = re.compile(r"([-−]?)((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)")
_LONGEST = 30
_GREATEST = 10**15 - 1
"""Far above any amount a form asks for, and exact in every number that a condition works with."""

_PENCE = 2
_EXAMPLE = "12.345678"


def _check_number(question: Question, typed: str) -> str | Problem:
    number = _read(_without_unit(question, one_line(typed)))
    example = _EXAMPLE[: 3 + question.decimals] if question.decimals else "12"
    if number is None:
        return _problem(question, problems.MUST_BE_NUMBER, example=example)
    if _decimals(number) > question.decimals:
        message = problems.MUST_HAVE_FEWER_DECIMALS if question.decimals else problems.MUST_BE_WHOLE
        return _problem(question, message, example=example)
    return _beyond(question, number, _group, least=-_GREATEST) or _write(number)


def _check_money(question: Question, typed: str) -> str | Problem:
    pounds = _read(one_line(typed).replace("£", "", 1))
    if pounds is None or _decimals(pounds) > _PENCE:
        return _problem(question, problems.MUST_BE_MONEY)
    pence = pounds.scaleb(_PENCE)
    return _beyond(question, pence, _in_pounds, least=0) or _write(pence)


def _read(text: str) -> Decimal | None:
    """A number with or without commas between its thousands; None when it is none."""
    plain = ascii_digits(text).replace(" ", "")
    found = _NUMBER.fullmatch(plain) if len(plain) <= _LONGEST else None
    return Decimal(f"{'-' if found[1] else ''}{found[2].replace(',', '')}") if found else None


def _without_unit(question: Question, text: str) -> str:
    for unit in (question.unit.en, question.unit.cy) if question.unit else ():
        if text.casefold().endswith(unit.casefold()):
            return text[: -len(unit)]
    return text


def _decimals(number: Decimal) -> int:
    """How many digits after the point say something."""
    _sign, digits, exponent = number.normalize().as_tuple()
    return max(0, -exponent) if isinstance(exponent, int) and any(digits) else 0


def _beyond(question: Question, number: Decimal, write: Callable[[int], str], *, least: int) -> Problem | None:
    """What is wrong when the number is outside its bounds; `least` where the question names none."""
    low = least if question.at_least is None else question.at_least
    high = _GREATEST if question.at_most is None else question.at_most
    if low <= number <= high:
        return None
    if question.at_least is not None and question.at_most is not None:
        return _problem(question, problems.MUST_BE_BETWEEN, least=write(low), most=write(high))
    if number < low:
        return _problem(question, problems.MUST_BE_OR_MORE, least=write(low))
    return _problem(question, problems.MUST_BE_OR_LESS, most=write(high))


def _problem(question: Question, message: str, **values: str) -> Problem:
    return Problem(question.key, message, question.called, values=values)


def _write(number: Decimal) -> str:
    """The one way a number is stored: no plus, no needless zeros, no exponent."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if not text.strip("-0") else _without_leading_zeros(text)


def _without_leading_zeros(text: str) -> str:
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    digits = digits.lstrip("0")
    return f"{sign}{'0' if digits.startswith('.') else ''}{digits}"


def _stored(answer: str) -> Decimal:
    number = _read(answer)
    if number is None:
        raise ValueError("no number")
    return number


def _group(number: Decimal | int) -> str:
    """With commas between the thousands, as English and Welsh both write numbers."""
    return f"{number:,f}" if isinstance(number, Decimal) else f"{number:,}"


def _in_pounds(pence: int) -> str:
    """As GOV.UK writes amounts: pence only where there are some."""
    pounds, rest = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}£{_group(pounds)}{f'.{rest:02}' if rest else ''}"


def _tell_number(question: Question, answer: str, language: str | None) -> str:
    written = _group(_stored(answer))
    return f"{written} {question.unit.in_language(language)}" if question.unit else written


def _tell_money(question: Question, answer: str, language: str | None) -> str:
    return _in_pounds(int(answer))


def _type_money(question: Question, answer: str) -> tuple[str, ...]:
    return (_in_pounds(int(answer)).replace("£", "").replace(",", ""),)


def _value_of_number(question: Question, answer: str) -> Value:
    return float(_stored(answer)) if question.decimals else int(answer)


NUMBER = Answering(of_one(_check_number), tell=_tell_number, value=_value_of_number)
MONEY = Answering(of_one(_check_money), split=_type_money, tell=_tell_money, value=lambda question, answer: int(answer))
