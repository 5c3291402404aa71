"""Addresses of the United Kingdom, and places by words and postcode. Both are stored one part on each line.

A place that was marked on a map has its point on one line more.
"""

import re
from datetime import date
from decimal import Decimal

from commonweal.capabilities.catalogue.queries.questions import Question
from commonweal.capabilities.catalogue.queries.wording import Bilingual
from commonweal.capabilities.forms.rules import problems
from commonweal.capabilities.forms.rules.answering.family import LONGEST, Answering, Typed
from commonweal.capabilities.forms.rules.answering.words import too_long
from commonweal.capabilities.forms.rules.problems import Problem
from commonweal.capabilities.forms.rules.texts import normal_postcode, one_line

_ADDRESS = ("line1", "line2", "town", "postcode")
_PLACE = ("address", "postcode")
_POINT = re.compile(r"([0-9]{1,2}\.[0-9]{1,15}), ?(-?[0-9]{1,2}\.[0-9]{1,15})")
_SOUTH, _NORTH, _WEST, _EAST = (Decimal(bound) for bound in ("49.8", "60.9", "-8.7", "1.8"))
"""Around the United Kingdom: Scilly, Shetland, Fermanagh and Lowestoft lie inside; Rockall, where nobody lives, not."""

_A_METRE = Decimal("0.00001")
_MARKED = Bilingual(en="Point on the map: {point}", cy="Pwynt ar y map: {point}")
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

    return Answering(parse, parts, split, _without_empty_lines, is_told_by_part=True)


def _check(question: Question, part: str, text: str) -> str | Problem:
    field = f"{question.key}-{part}"
    if not text:
        return Problem(field, _MUST_HAVE[part]) if part in _MUST_HAVE else ""
    if part == "postcode":
        return normal_postcode(text) or Problem(field, problems.MUST_BE_POSTCODE)
    return too_long(question, field, LONGEST) if len(text) > LONGEST else text


def _without_empty_lines(question: Question, answer: str, language: str | None) -> str:
    return "\n".join(line for line in answer.split("\n") if line)


def _parse_place(question: Question, typed: Typed, today: date) -> str | list[Problem]:
    found = _WORDS.parse(question, typed, today)
    marked = one_line(typed.get("point", "")) if question.on_map else ""
    if not marked:
        return found
    point = _read_point(marked)
    if point is None:
        return [*(found if isinstance(found, list) else []), Problem(f"{question.key}-point", problems.MUST_BE_POINT)]
    return found if isinstance(found, list) else f"{found}\n{point}"


def _read_point(text: str) -> str | None:
    """Latitude and longitude (WGS 84) to about a metre: 53.79970,-1.54920. None outside the United Kingdom."""
    found = _POINT.fullmatch(text) if text.isascii() else None
    if found is None:
        return None
    # Adding nothing turns a zero below zero into a plain one.
    latitude, longitude = (Decimal(number).quantize(_A_METRE) + 0 for number in found.groups())
    is_inside = _SOUTH <= latitude <= _NORTH and _WEST <= longitude <= _EAST
    return f"{latitude},{longitude}" if is_inside else None


def _split_place(question: Question, answer: str) -> tuple[str, ...]:
    words, point = _without_point(answer)
    return (*_WORDS.split(question, words), point)


def _tell_place(question: Question, answer: str, language: str | None) -> str:
    words, point = _without_point(answer)
    told = _without_empty_lines(question, words, language)
    return f"{told}\n{_MARKED.in_language(language).format(point=point.replace(',', ', '))}" if point else told


def _without_point(answer: str) -> tuple[str, str]:
    """The lines of a place in words, and its point, empty where none was marked."""
    lines = answer.split("\n")
    return "\n".join(lines[: len(_PLACE)]), "".join(lines[len(_PLACE) :])


ADDRESS = _lines(_ADDRESS)
_WORDS = _lines(_PLACE)
PLACE = Answering(_parse_place, (*_PLACE, "point"), _split_place, _tell_place, is_told_by_part=True)
