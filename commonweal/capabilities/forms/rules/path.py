"""The path through a form: which pages and questions are asked, given the answers so far, and what is still to answer.

A condition rests on answers of pages before it, so the path is worked out from its beginning in one go. The answers of
pages that are not on it play no part: they are neither required nor submitted, only kept in case one goes back.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.questions import AskedOf, Exit, Page, Question
from commonweal.capabilities.forms.rules.conditions import Conditions, Known
from commonweal.capabilities.forms.rules.values import values_of
from commonweal.foundations.expressions.expressions import Value

Slot = tuple[str, int]
"""Where an answer lies: its question, and the number of the thing on a page that repeats (else 0)."""
Stored = Mapping[Slot, str | None]
"""What was answered; None where there is an answer that no condition needs, so that it was not opened."""

WENT_ON = "went.on"
"""Where it lies which exits somebody passed, as lines of `page.exit`: no question has such a key."""


def mark_of_items(declared: Page) -> Slot:
    """Where it lies that somebody said that there are no more things on a page that repeats.

    Its questions have answers for things alone, which are numbered from 1.
    """
    return declared.questions[0].key, 0


@dataclass(frozen=True)
class Place:
    """Where someone is in a form: at a page, at one thing of a page that repeats, or at the exit after a page."""

    page: str
    item: int = 0
    way_out: str = ""


@dataclass(frozen=True)
class Step:
    """A page on the path with the questions that are asked. `way_out` is the exit whose condition holds, if any."""

    page: Page
    items: tuple[int, ...]
    missing: Place | None
    way_out: Exit | None = None
    is_passed: bool = False
    """Whether somebody went on at the exit."""

    @property
    def place(self) -> Place:
        return Place(self.page.key)

    def slots(self) -> Iterator[tuple[Question, int]]:
        """Its questions that have an answer, for each thing where it repeats."""
        for item in self.items:
            yield from ((question, item) for question in self.page.questions if question.type.has_answer)


@dataclass(frozen=True)
class Path:
    """The pages that are asked, in order, and the values that conditions and amounts rest on."""

    steps: tuple[Step, ...]
    values: Mapping[str, Value] = field(repr=False)

    @property
    def missing(self) -> Place | None:
        """The first place where something is to be done: a question never answered, or an exit not passed."""
        return next((step.missing for step in self.steps if step.missing), None)

    def step(self, page: str) -> Step | None:
        return next((step for step in self.steps if step.page.key == page), None)

    def after(self, page: str) -> Place | None:
        """Where one goes after a page; None after the last, where the answers are checked."""
        keys = [step.page.key for step in self.steps]
        following = keys.index(page) + 1 if page in keys else len(keys)
        return None if following >= len(keys) else begin_of(self.steps[following])

    def before(self, page: str) -> Place | None:
        """The page before; None before the first."""
        keys = [step.page.key for step in self.steps]
        return self.steps[keys.index(page) - 1].place if page in keys[1:] else None

    def passed(self) -> tuple[Exit, ...]:
        """The exits that hold and were passed: what somebody applied in spite of."""
        return tuple(step.way_out for step in self.steps if step.way_out and step.is_passed)


def begin_of(step: Step) -> Place:
    """Where one begins with a page: at its first thing, when there must be one and is none."""
    repeats = step.page.repeats
    return Place(step.page.key, 1) if repeats and repeats.at_least and not step.items else step.place


def work_out_path(service: Service, stored: Stored, known: Known) -> Path:
    """The path as it is with these answers. An answer that a condition needs must have been opened."""
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
        missing = _missing(page, items, stored, mark_of_items(declared))
        if missing is None and way_out is not None and not is_passed:
            missing = Place(page.key, way_out=way_out.key)
        steps.append(Step(page, items, missing, way_out, is_passed))
    return Path(tuple(steps), conditions.values)


def _asked(page: Page, conditions: Conditions, known: Known) -> Page | None:
    """The page with the questions of it that are asked; None when it is not, or none of them is."""
    if not _is_asked(page, conditions, known):
        return None
    questions = tuple(each for each in page.questions if _is_asked(each, conditions, known))
    if len(questions) == len(page.questions):
        return page
    return page.model_copy(update={"questions": questions}) if questions else None


def _is_asked(asked: Page | Question, conditions: Conditions, known: Known) -> bool:
    if asked.asked_of is AskedOf.STAFF and not known.is_staff:
        return False
    return asked.shown_when is None or conditions.hold(asked.shown_when)


def _items_of(page: Page, stored: Collection[Slot]) -> tuple[int, ...]:
    if page.repeats is None:
        return (0,)
    own = {question.key for question in page.questions}
    return tuple(sorted({item for question, item in stored if question in own and item}))


def _missing(page: Page, items: tuple[int, ...], stored: Collection[Slot], mark: Slot) -> Place | None:
    for item in items:
        if any(each.type.has_answer and (each.key, item) not in stored for each in page.questions):
            return Place(page.key, item)
    if page.repeats is None:
        return None
    if len(items) < page.repeats.at_least:
        return Place(page.key, max(items, default=0) + 1)
    is_finished = mark in stored and len(items) <= page.repeats.at_most
    return None if is_finished else Place(page.key)
