"""What codes in a copy mean: questions and answers in words, as the version of the service asked and said them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import get_language, gettext

from commonweal.capabilities.cases.queries.held_about import HeldCase
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.questions import Question
from commonweal.capabilities.forms.queries.asking import told_of
from commonweal.foundations.personal_data.subjects.collecting import Worded

ASKED, ANSWER = "asked", "answer"


def in_words(cases: Iterable[HeldCase]) -> dict[str, Worded]:
    """The words beside answers and beside what staff recorded of these cases, in the language in use."""
    by_submission, by_case = {}, {}
    for case in cases:
        by_submission[str(case.submission)] = by_case[str(case.id)] = case.service
    return {
        "forms.answer": _worded(by_submission, "submission_id", "question", Service.question),
        "cases.fact": _worded(by_case, "case_id", "fact", lambda service, key: service.case.fact(key)),
    }


def _worded(
    services: Mapping[str, Service], through: str, key: str, question_of: Callable[[Service, str], Question | None]
) -> Worded:
    def of(row: Mapping[str, Any]) -> tuple[str, str]:
        service = services.get(row[through])
        question = question_of(service, row[key]) if service else None
        value = row["value"] or ""
        if question is None:
            return row[key], value
        return question.label.in_language(get_language()), told_of(question, value)

    columns = {ASKED: gettext("so that you can read it"), ANSWER: gettext("so that you can read it")}
    return Worded(columns, of, frozenset({key, "value"}))
