"""The path through a form: which pages and questions are asked, given the answers so far, and what is still to answer.

A condition rests on answers of pages before it, so the path is worked out from its beginning in one go. The answers of
pages that are not on it play no part: they are neither required nor submitted, only kept in case one goes back.
"""

from collections.abc import Collection, Mapping
from datetime import date

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.questions import AskedOf, Page, Question, QuestionType
from commonweal.capabilities.forms.rules.answers import given_by, parse
from commonweal.capabilities.forms.rules.conditions import Conditions, Known, looks_ahead
from commonweal.capabilities.forms.rules.paths import Path, Place, Slot, Step
from commonweal.capabilities.forms.rules.values import values_of

Stored = Mapping[Slot, str | None]
"""What was answered; None where there is an answer that does not route, so that it was not opened."""

WENT_ON = "went.on"
"""Where it lies which exits somebody passed, as lines of `page.exit`: no question has such a key."""


def mark_of_items(declared: Page) -> Slot:
    """Where it lies that somebody said that there are no more things on a page that repeats.

    Its questions have answers for things alone, which are numbered from 1.
    """
    return declared.questions[0].key, 0


def work_out_path(service: Service, stored: Stored, known: Known) -> Path:
    """The path as it is with these answers. Those that route must have been opened."""
    conditions, steps = Conditions(service, known), []
    went_on = (stored.get((WENT_ON, 0)) or "").split("\n")
    for declared in service.pages:
        page = _asked(declared, conditions, known)
        if page is None:
            continue
        items = _items_of(page, stored)
        conditions.learn(values_of(page, items, stored))
        way_out = next((each for each in page.exits if conditions.hold(each.when)), None)
        is_passed = way_out is not None and f"{page.key}.{way_out.key}" in went_on
        missing = _missing(page, items, stored, mark_of_items(declared), known.today)
        if missing is None and way_out is not None and not is_passed:
            missing = Place(page.key, way_out=way_out.key)
        steps.append(Step(page, items, missing, way_out, is_passed))
    return Path(tuple(steps), conditions.values)


def _asked(page: Page, conditions: Conditions, known: Known) -> Page | None:
    """The page with the questions of it that are asked; None when it is not, or none of them is."""
    if not _is_asked(page, conditions, known):
        return None
    questions = tuple(_as_asked(each, known) for each in page.questions if _is_asked(each, conditions, known))
    if questions == page.questions:
        return page
    return page.model_copy(update={"questions": questions}) if questions else None


def _as_asked(question: Question, known: Known) -> Question:
    """Whoever rings, writes or comes to the counter need not have an e-mail address: staff may leave it empty."""
    if known.is_staff and question.type is QuestionType.EMAIL and not question.is_optional:
        return question.model_copy(update={"is_optional": True})
    return question


def _is_asked(asked: Page | Question, conditions: Conditions, known: Known) -> bool:
    if asked.asked_of is AskedOf.STAFF and not known.is_staff:
        return False
    return asked.shown_when is None or conditions.hold(asked.shown_when)


def _items_of(page: Page, stored: Collection[Slot]) -> tuple[int, ...]:
    if page.repeats is None:
        return (0,)
    own = {question.key for question in page.questions}
    return tuple(sorted({item for question, item in stored if question in own and item}))


def _missing(page: Page, items: tuple[int, ...], stored: Stored, mark: Slot, today: date) -> Place | None:
    for item in items:
        if any(each.type.has_answer and not _is_answered(each, item, stored, today) for each in page.questions):
            return Place(page.key, item)
    if page.repeats is None:
        return None
    if len(items) < page.repeats.at_least:
        return Place(page.key, max(items, default=0) + 1)
    is_finished = mark in stored and len(items) <= page.repeats.at_most
    return None if is_finished else Place(page.key)


def _is_answered(question: Question, item: int, stored: Stored, today: date) -> bool:
    """Whether there is an answer. A day ahead that passed while the draft lay there is asked for again."""
    answer = stored.get((question.key, item))
    if not answer or not looks_ahead(question):
        return (question.key, item) in stored
    return isinstance(parse(question, given_by(question, answer), today=today), str)
