"""An answer as others see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import get_language

from commonweal.capabilities.catalogue.queries.questions import Question
from commonweal.capabilities.forms.rules.answers import in_words


@dataclass(frozen=True)
class AnswerRow:
    """An answer: `value` as it is stored, `text` as people read it in the language in use.

    `item` numbers the things of a page that repeats, from 1; it is 0 for all others.
    """

    question: str
    value: str = field(repr=False)
    text: str = field(repr=False)
    item: int = 0


def rows_of(
    slots: Iterable[tuple[Question, int]],
    opened: Mapping[tuple[str, int], str],
    told: Mapping[str, str] | None = None,
) -> tuple[AnswerRow, ...]:
    """The opened answers to these questions, of these items, in the language in use; none that is not there.

    `told` are those told already (names of files).
    """
    language, known = get_language(), told or {}
    return tuple(
        AnswerRow(question.key, value, known.get(question.key) or in_words(question, value, language), item)
        for question, item in slots
        for value in [opened.get((question.key, item))]
        if value is not None
    )
