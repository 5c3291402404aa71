"""Dates in three parts: any, one in the past, or one of which only the year or the month is known."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from commonweal.capabilities.catalogue.queries.examples import example_day
from commonweal.capabilities.catalogue.queries.questions import Question
from commonweal.capabilities.forms.rules import problems
from commonweal.capabilities.forms.rules.answering.family import Answering, Typed
from commonweal.capabilities.forms.rules.months import month_of
from commonweal.capabilities.forms.rules.problems import Problem
from commonweal.capabilities.forms.rules.texts import one_line
from commonweal.capabilities.forms.rules.writing import DAY, MONTH, YEAR, write_day

PARTS = ("day", "month", "year")
_WORDS = {"day": problems.DAY, "month": problems.MONTH, "year": problems.YEAR}
_EARLIEST = date(1850, 1, 1)
"""Before any date that a form asks for: what is earlier was mistyped."""

_LONGEST = 12
"""Characters of a part: the longest name of a month, and more digits than any."""

Span = tuple[date, date]


def _parse_date(question: Question, typed: Typed, today: date) -> str | list[Problem]:
    found = _read(question, typed, today, needed=PARTS)
    if isinstance(found, Problem):
        return [found]
    wrong = _beyond(question, found, today)
    return [wrong] if wrong else found[0].isoformat()


def _parse_recent_date(question: Question, typed: Typed, today: date) -> str | list[Problem]:
    found = _read(question, typed, today, needed=PARTS)
    if isinstance(found, Problem):
        return [found]
    day, _last = found
    if day > today:
        return [_problem(question, problems.MUST_BE_PAST, "day")]
    if question.within_days is not None and (today - day).days > question.within_days:
        return [_problem(question, problems.MUST_BE_RECENT, "day", days=question.within_days)]
    wrong = _beyond(question, found, today)
    return [wrong] if wrong else day.isoformat()


def _parse_partial_date(question: Question, typed: Typed, today: date) -> str | list[Problem]:
    has_day = bool(one_line(typed.get("day", "")))
    found = _read(question, typed, today, needed=("month", "year") if has_day else ("year",))
    if isinstance(found, Problem):
        return [found]
    wrong = _beyond(question, found, today)
    return [wrong] if wrong else _write_span(found)


def _read(question: Question, typed: Typed, today: date, *, needed: tuple[str, ...]) -> Span | Problem:
    """The first and the last day of what was typed: the same day, unless a part that may be missing is."""
    parts = {part: one_line(typed.get(part, "")) for part in PARTS}
    missing = [part for part in needed if not parts[part]]
    if missing:
        return _missing(question, missing)
    if not (parts["year"].isdecimal() and len(parts["year"]) == 4):
        return _problem(question, problems.MUST_HAVE_FULL_YEAR, "year", example=str(example_day(question, today).year))
    try:
        return _span(parts)
    except ValueError:
        first = next(part for part in PARTS if parts[part])
        return _problem(
            question, problems.MUST_BE_REAL_DATE, first, example=_example(parts, example_day(question, today))
        )


def _span(parts: Mapping[str, str]) -> Span:
    if any(len(text) > _LONGEST for text in parts.values()):
        raise ValueError("no date")
    year = int(parts["year"])
    if not parts["month"]:
        return date(year, 1, 1), date(year, 12, 31)
    month = month_of(parts["month"])
    if not parts["day"]:
        first = date(year, _small(month), 1)
        return first, first.replace(day=monthrange(year, month)[1])
    day = date(year, _small(month), _small(int(parts["day"])))
    return day, day


def _small(number: int) -> int:
    """No day or month is greater, and a date takes no number that is much greater."""
    if number > 31:
        raise ValueError("no date")
    return number


def _beyond(question: Question, span: Span, today: date) -> Problem | None:
    """What is wrong when the date lies outside its bounds; part of a date not known must lie inside."""
    first, last = span
    earliest = _EARLIEST if question.from_days is None else today + timedelta(question.from_days)
    latest = None if question.until_days is None else today + timedelta(question.until_days)
    field = f"{question.key}-{'year' if first != last else 'day'}"
    is_early = last < earliest
    if not is_early and (latest is None or first <= latest):
        return None
    plain = _FROM.get(question.from_days) if is_early else _UNTIL.get(question.until_days)
    if plain is not None:
        return Problem(field, plain, question.called)
    if question.from_days is not None and latest is not None:
        values = {"earliest": earliest, "latest": latest}
        return Problem(field, problems.MUST_BE_BETWEEN_DAYS, question.called, values=values)
    if is_early:
        return Problem(field, problems.MUST_BE_ON_OR_AFTER, question.called, values={"earliest": earliest})
    return Problem(field, problems.MUST_BE_ON_OR_BEFORE, question.called, values={"latest": latest or today})


def _missing(question: Question, missing: list[str]) -> Problem:
    words = [_WORDS[part] for part in missing]
    if len(words) == 1:
        return _problem(question, problems.MUST_INCLUDE, missing[0], parts=words[0])
    return _problem(question, problems.MUST_INCLUDE_TWO, missing[0], parts=words[0], others=words[1])


def _problem(question: Question, message: str, part: str, **values: str | int) -> Problem:
    return Problem(f"{question.key}-{part}", message, question.called, values=values)


def _example(parts: Mapping[str, str], day: date) -> str:
    numbers = {"day": day.day, "month": day.month, "year": day.year}
    return " ".join(str(numbers[part]) for part in PARTS if parts[part])


def _write_span(span: Span) -> str:
    first, last = span
    if first == last:
        return first.isoformat()
    return f"{first.year:04}" if last.month != first.month else f"{first.year:04}-{first.month:02}"


def _split(question: Question, answer: str) -> tuple[str, ...]:
    year, *rest = (str(int(number)) for number in answer.split("-"))
    month, day = [*rest, "", ""][:2]
    return day, month, year.zfill(4)


def _tell(question: Question, answer: str, language: str | None) -> str:
    patterns = (YEAR, MONTH, DAY)
    missing = 2 - answer.count("-")
    day = date.fromisoformat(answer + "-01" * missing)
    return write_day(day, language, patterns[answer.count("-")])


_FROM: Mapping[int | None, str] = {0: problems.MUST_BE_FUTURE, 1: problems.MUST_BE_AFTER_TODAY}
_UNTIL: Mapping[int | None, str] = {0: problems.MUST_BE_PAST, -1: problems.MUST_BE_BEFORE_TODAY}


def _in_days(parse: Callable[[Question, Typed, date], str | list[Problem]]) -> Answering:
    return Answering(parse, PARTS, _split, _tell, lambda question, answer: date.fromisoformat(answer))


DATE = _in_days(_parse_date)
RECENT_DATE = _in_days(_parse_recent_date)
PARTIAL_DATE = Answering(_parse_partial_date, PARTS, _split, _tell)
