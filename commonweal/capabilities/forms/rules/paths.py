"""The path through a form: the pages that are asked, and the places at which someone may be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from commonweal.capabilities.catalogue.queries.questions import Exit, Page, Question
from commonweal.foundations.expressions.expressions import Value

Slot = tuple[str, int]
"""Where an answer lies: its question, and the number of the thing on a page that repeats (else 0)."""


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
