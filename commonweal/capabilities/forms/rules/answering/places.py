"""Addresses of the United Kingdom, and places by words and postcode. Both are stored one part on each line."""

from datetime import date

from commonweal.capabilities.catalogue.queries.questions import Question
from commonweal.capabilities.forms.rules import problems
from commonweal.capabilities.forms.rules.answering.family import LONGEST, Answering, Typed
from commonweal.capabilities.forms.rules.answering.words import too_long
from commonweal.capabilities.forms.rules.problems import Problem
from commonweal.capabilities.forms.rules.texts import normal_postcode, one_line

_ADDRESS = ("line1", "line2", "town", "postcode")
_PLACE = ("address", "postcode")
_MUST_HAVE = {
    "line1": problems.MUST_HAVE_LINE1,
    "town": problems.MUST_HAVE_TOWN,
    "address": problems.MUST_HAVE_ADDRESS,
    "postcode": problems.MUST_HAVE_POSTCODE,
}


def _lines(parts: tuple[str, ...]) -> Answering:
    def parse(question: Question, typed: Typed, today: date) -> str | list[Problem]:
        lines = {part: one_line(typed.get(part, "")) for part in parts}
        found = [_check(question, part, text) for part, text in lines.items()]
        wrong = [each for each in found if isinstance(each, Problem)]
        return wrong or "\n".join(map(str, found))

    def split(question: Question, answer: str) -> tuple[str, ...]:
        lines = tuple(answer.split("\n"))
        if len(lines) != len(parts):
            raise ValueError("not so many lines")
        return lines

    return Answering(parse, parts, split, _without_empty_lines)


def _check(question: Question, part: str, text: str) -> str | Problem:
    field = f"{question.key}-{part}"
    if not text:
        return Problem(field, _MUST_HAVE[part]) if part in _MUST_HAVE else ""
    if part == "postcode":
        return normal_postcode(text) or Problem(field, problems.MUST_BE_POSTCODE)
    return too_long(question, field, LONGEST) if len(text) > LONGEST else text


def _without_empty_lines(question: Question, answer: str, language: str | None) -> str:
    return "\n".join(line for line in answer.split("\n") if line)


ADDRESS = _lines(_ADDRESS)
PLACE = _lines(_PLACE)
