"""An answer as others see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import get_language

from commonweal.capabilities.catalogue.queries.questions import Question
from commonweal.capabilities.forms.rules.answers import in_words


@dataclass(frozen=True)
class AnswerRow:
    """An answer: `value` as it is stored, `text` as people read it in the language in use."""

    question: str
    value: str = field(repr=False)
    text: str = field(repr=False)


def rows_of(
    questions: Iterable[Question], opened: Mapping[str, str], told: Mapping[str, str] | None = None
) -> tuple[AnswerRow, ...]:
    """The opened answers to these questions, in the language in use; `told` are those told already (names of files)."""
    language, known = get_language(), told or {}
    return tuple(
        AnswerRow(
            question.key,
            opened[question.key],
            known.get(question.key) or in_words(question, opened[question.key], language),
        )
        for question in questions
    )
