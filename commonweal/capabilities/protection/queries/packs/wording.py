"""What codes in a copy mean: in the words that the version of the service asked and told with, beside the codes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.cases.queries.held_about import HeldCase
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.questions import Question
from commonweal.capabilities.catalogue.queries.wording import Bilingual
from commonweal.capabilities.forms.queries.asking import told_of
from commonweal.foundations.errors import Words
from commonweal.foundations.personal_data.subjects.collecting import Worded

ASKED, ANSWER = "asked", "answer"
IN_WORDS = "_in_words"
"""How the column ends that stands beside one of codes."""


def in_words(cases: Iterable[HeldCase]) -> dict[str, Worded]:
    """The words beside the codes of these cases, by the label of the table, in the language in use."""
    by_submission, by_case = {}, {}
    for case in cases:
        by_submission[str(case.submission)] = by_case[str(case.id)] = case.service
    services = {label: by_submission if label.startswith("forms.") else by_case for label in _CODES}
    return {
        **{label: _said(services[label], _THROUGH.get(label, "case_id"), codes) for label, codes in _CODES.items()},
        "forms.answer": _answered(by_submission, "submission_id", "question", Service.question),
        "cases.fact": _answered(by_case, "case_id", "fact", lambda service, key: service.case.fact(key)),
    }


def title_of(label: str, column: str) -> str:
    """A column of words as it is headed where people read it; empty when it is none."""
    code = _CODES.get(label, {}).get(column.removesuffix(IN_WORDS))
    return str(code.title) if code and column.endswith(IN_WORDS) else ""


@dataclass(frozen=True)
class _Code:
    """A column of codes: its title, and what a version of the service calls one of them."""

    title: Words
    of: Callable[[Service, str], Bilingual | None]


def _named(declared: Iterable[Any], key: str) -> Bilingual | None:
    return next((each.label for each in declared if each.key == key), None)


def _question(service: Service, key: str) -> Bilingual | None:
    found = service.question(key)
    return found.label if found else None


def _reason(service: Service, key: str) -> Bilingual | None:
    """A reason of a decision or of more time, as it was told."""
    extensions = (clock.extension for clock in service.case.clocks if clock.extension)
    reasons = (*(each.reasons for each in service.case.outcomes), *(each.reasons for each in extensions))
    return next((reason.words for several in reasons for reason in several if reason.key == key), None)


_SERVICE = _Code(_("Service"), lambda service, key: service.title if key == service.name else None)
_STAGE = _Code(_("Stage"), lambda service, key: _named(service.case.stages, key))
_OUTCOME = _Code(_("Outcome"), lambda service, key: _named(service.case.outcomes, key))
_CLOCK = _Code(_("Date"), lambda service, key: _named(service.case.clocks, key))

_CODES: dict[str, dict[str, _Code]] = {
    "forms.submission": {"service": _SERVICE},
    "forms.given_file": {"question": _Code(_("Question"), _question)},
    "cases.case": {"service": _SERVICE, "stage": _STAGE, "outcome": _OUTCOME},
    "cases.move": {"to_stage": _STAGE, "outcome": _OUTCOME},
    "cases.decision": {"outcome": _OUTCOME, "reasons": _Code(_("Reasons"), _reason)},
    "cases.grant": {"outcome": _OUTCOME},
    "cases.disclosure": {"service": _SERVICE},
    "cases.round": {"review": _Code(_("Challenge"), lambda service, key: _named(service.case.reviews, key))},
    "cases.sent_back": {"from_stage": _STAGE},
    "cases.clock": {"key": _CLOCK, "stopped_by": _STAGE, "extended_for": _Code(_("Reasons"), _reason)},
    "cases.clockmove": {"clock": _CLOCK},
    "cases.tick": {"task": _Code(_("Task"), lambda service, key: _named(service.case.tasks, key))},
    "cases.party": {"key": _Code(_("Who they are in it"), lambda service, key: _named(service.parties, key))},
    "cases.undoable": {"stage": _STAGE},
}
"""Which columns hold codes of a declaration, by the label of the table. All others hold none, or the platform's own."""

_THROUGH = {"cases.case": "id", "forms.submission": "id", "forms.given_file": "submission_id"}
"""By which column a row is one of a case, or of what was submitted, where it is not `case_id`."""


def _said(services: Mapping[str, Service], through: str, codes: Mapping[str, _Code]) -> Worded:
    language = get_language()

    def say(service: Service | None, code: _Code, key: str) -> str:
        found = code.of(service, key) if service and key else None
        return found.in_language(language) if found else key

    def of(row: Mapping[str, Any]) -> list[str]:
        service = services.get(row[through])
        held = ((code, row[column] or "") for column, code in codes.items())
        return [
            "; ".join(say(service, code, key) for key in value)
            if isinstance(value, list)
            else say(service, code, value)
            for code, value in held
        ]

    beside = {f"{column}{IN_WORDS}": gettext("so that you can read it") for column in codes}
    return Worded(beside, of, instead_of=frozenset(codes), reads=frozenset({through, *codes}))


def _answered(
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
    return Worded(columns, of, instead_of=frozenset({key, "value"}), reads=frozenset({through, key, "value"}))
