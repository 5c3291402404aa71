"""A date as people type it, in three parts."""

from collections.abc import Mapping
from datetime import date

from commonweal.capabilities.catalogue.queries.questions import Question
from commonweal.capabilities.forms.rules import problems
from commonweal.capabilities.forms.rules.problems import Problem
from commonweal.capabilities.forms.rules.texts import one_line

PARTS = ("day", "month", "year")
_WORDS = {"day": problems.DAY, "month": problems.MONTH, "year": problems.YEAR}
_MONTHS = (
    ("january", "ionawr"),
    ("february", "chwefror"),
    ("march", "mawrth"),
    ("april", "ebrill"),
    ("may", "mai"),
    ("june", "mehefin"),
    ("july", "gorffennaf"),
    ("august", "awst"),
    ("september", "medi"),
    ("october", "hydref"),
    ("november", "tachwedd"),
    ("december", "rhagfyr"),
)


def parse_recent_date(question: Question, typed: Mapping[str, str], *, today: date) -> date | Problem:
    """The date, or what is wrong with it; at least one part was typed."""
    parts = {part: one_line(typed.get(part, "")) for part in PARTS}
    missing = [part for part in PARTS if not parts[part]]
    if missing:
        return _missing(question, missing)
    if not (parts["year"].isdecimal() and len(parts["year"]) == 4):
        return _problem(question, problems.MUST_HAVE_FULL_YEAR, "year", example=str(today.year))
    try:
        given = date(int(parts["year"]), _month(parts["month"]), int(parts["day"]))
    except ValueError:
        return _problem(question, problems.MUST_BE_REAL_DATE, "day", example=_example(today))
    if given > today:
        return _problem(question, problems.MUST_BE_PAST, "day")
    if question.within_days is not None and (today - given).days > question.within_days:
        return _problem(question, problems.MUST_BE_RECENT, "day", days=question.within_days)
    return given


def _missing(question: Question, missing: list[str]) -> Problem:
    words = [_WORDS[part] for part in missing]
    if len(words) == 1:
        return _problem(question, problems.MUST_INCLUDE, missing[0], parts=words[0])
    return _problem(question, problems.MUST_INCLUDE_TWO, missing[0], parts=words[0], others=words[1])


def _problem(question: Question, message: str, part: str, **values: str | int) -> Problem:
    return Problem(f"{question.key}-{part}", message, question.called, values=values)


def _month(text: str) -> int:
    """The number of a month typed as a number or as a name in English or Welsh, three letters or more."""
    if text.isdecimal():
        return int(text)
    typed = text.casefold().rstrip(".")
    found = [number for number, names in enumerate(_MONTHS, 1) if any(name.startswith(typed) for name in names)]
    if len(typed) < 3 or len(found) != 1:
        raise ValueError("no month")
    return found[0]


def _example(today: date) -> str:
    return f"{today.day} {today.month} {today.year}"
