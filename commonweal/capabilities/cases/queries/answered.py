"""The answers of a case's form, as its page lists them. Needs an open reading."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import get_language, gettext

from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.questions import Page
from commonweal.capabilities.forms.queries import submitting as forms
from commonweal.foundations.scope.actors import Staff


@dataclass(frozen=True)
class AnswerRow:
    """A question in its own words and what was answered; of one that is only for the roles `opened_by`, not what."""

    label: str
    text: str = field(repr=False)
    opened_by: tuple[str, ...] = ()


def answers_of(actor: Staff, case: Case, service: Service) -> tuple[AnswerRow, ...]:
    """The exits that were passed, the answers in the order of the questions, then those that one may not open."""
    submitted = forms.submitted(actor, organisation=case.organisation_id, submission=case.submission_id)
    pages = {question.key: page for page in service.pages for question in page.questions}
    labels = {question.key: question.label for question in service.questions()}
    numbers = _numbers_of(pages, submitted)
    language = get_language()
    passed = [AnswerRow(gettext("Applied although"), each.title.in_language(language)) for each in submitted.although]
    told = [
        AnswerRow(
            _named(
                pages.get(answer.question),
                numbers.get((answer.question, answer.item), 0),
                labels[answer.question].in_language(language) if answer.question in labels else answer.question,
                language,
            ),
            answer.text,
        )
        for answer in submitted.answers
    ]
    kept = [AnswerRow(each.label.in_language(language), "", each.opened_by) for each in submitted.kept_from]
    return (*passed, *told, *kept)


def _numbers_of(pages: Mapping[str, Page], submitted: forms.Submitted) -> dict[tuple[str, int], int]:
    """The how-manieth thing of its page each answer is about, from 1: what was taken away leaves no gap."""
    items: dict[str, set[int]] = {}
    for answer in submitted.answers:
        if answer.item and answer.question in pages:
            items.setdefault(pages[answer.question].key, set()).add(answer.item)
    places = {page: {item: number for number, item in enumerate(sorted(found), 1)} for page, found in items.items()}
    return {
        (answer.question, answer.item): places[pages[answer.question].key][answer.item]
        for answer in submitted.answers
        if answer.item and answer.question in pages
    }


def _named(page: Page | None, number: int, label: str, language: str) -> str:
    """The label with the thing it is about, as in “Child 2: Name”."""
    if page is None or page.repeats is None or not number:
        return label
    return f"{page.repeats.called.in_language(language).capitalize()} {number}: {label}"
