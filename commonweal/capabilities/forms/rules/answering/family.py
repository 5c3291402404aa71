"""What a type of question must know how to do with an answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from commonweal.capabilities.catalogue.queries.questions import Question
from commonweal.capabilities.forms.rules.problems import Problem
from commonweal.foundations.expressions.expressions import Value

Typed = Mapping[str, str]
"""What was typed, by the part of the answer; an answer of one part has the part ""."""

Parse = Callable[[Question, Typed, date], str | list[Problem]]
Check = Callable[[Question, str], str | Problem]

WHOLE = ""

LONGEST = 200
"""Characters of a part of an answer, where neither its type nor its question says otherwise."""


def whole(question: Question, answer: str) -> tuple[str, ...]:
    """An answer of one part."""
    return (answer,)


def as_it_is(question: Question, answer: str, language: str | None) -> str:
    """An answer that reads as it is stored."""
    return answer


def as_text(question: Question, answer: str) -> Value:
    """An answer that is text in an expression."""
    return answer


@dataclass(frozen=True)
class Answering:
    """How one type of question is answered.

    `parse` makes what was typed into what is stored, or says what is wrong; something was typed in one of the `parts`.
    `split` makes a stored answer into its parts as they would be typed, `tell` into what people read, `value` into what
    an expression works with. These three are never asked about an empty answer, and may raise ValueError for one that
    they cannot read. `longest` counts characters. `is_told_by_part`: when nothing was typed, each part
    that is missing is told, since each is a field with a label of its own.
    """

    parse: Parse
    parts: tuple[str, ...] = (WHOLE,)
    split: Callable[[Question, str], tuple[str, ...]] = whole
    tell: Callable[[Question, str, str | None], str] = as_it_is
    value: Callable[[Question, str], Value] = as_text
    longest: int = LONGEST
    is_told_by_part: bool = False

    def field(self, question: Question, part: str) -> str:
        """The field of the form that a part is typed into."""
        return f"{question.key}-{part}" if part else question.key


def of_one(check: Check) -> Parse:
    """The parsing of a type that has one part, from how that part is checked."""

    def parse(question: Question, typed: Typed, today: date) -> str | list[Problem]:
        found = check(question, typed[WHOLE])
        return [found] if isinstance(found, Problem) else found

    return parse
