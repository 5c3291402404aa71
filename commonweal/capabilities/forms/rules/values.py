"""Stored answers as the typed values of conditions and amounts."""

from collections.abc import Mapping
from typing import Any

from commonweal.capabilities.catalogue.queries.questions import Page, Question
from commonweal.capabilities.forms.rules.answers import value_of
from commonweal.foundations.expressions.expressions import Value


def values_of(page: Page, items: tuple[int, ...], stored: Mapping[tuple[str, int], str | None]) -> dict[str, Value]:
    """The answers of a page by the names that expressions use; those of one that repeats are a list under its key.

    What was left empty, or was not opened, is not among them.
    """
    if page.repeats is not None:
        return {f"answers.{page.key}": [_values(page, item, stored) for item in items]}
    return {f"answers.{key}": value for key, value in _values(page, 0, stored).items()}


def _values(page: Page, item: int, stored: Mapping[tuple[str, int], str | None]) -> dict[str, Any]:
    found = ((question.key, _value(question, stored.get((question.key, item)))) for question in page.questions)
    return {key: value for key, value in found if value is not None}


def _value(question: Question, stored: str | None) -> Value | None:
    return value_of(question, stored) if stored and question.type.has_answer else None
