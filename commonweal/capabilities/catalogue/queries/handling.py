"""What a declaration says happens after submitting: stages, moves, outcomes, the clock and the messages."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from commonweal.capabilities.catalogue.queries.wording import Bilingual, Declared, Key, Nation

PLACEHOLDERS = frozenset({"reference", "organisation", "service", "due_on", "outcome", "link"})
"""What a message may be filled with: never an answer, since mail lies in inboxes that others read."""


class Stage(Declared):
    """Where a case stands; `words` tell the resident what that means. The last one is final and has an outcome."""

    key: Key
    label: Bilingual
    words: Bilingual
    is_final: bool = False


class Move(Declared):
    """A change of stage that staff in these roles may make."""

    key: Key
    label: Bilingual
    leaves: Key
    enters: Key
    roles: Annotated[tuple[Key, ...], Field(min_length=1)]


class Keep(Declared):
    """How long a case is kept after it is closed, in calendar months, on which basis and why."""

    months: Annotated[int, Field(ge=1, le=1200)]
    basis: Bilingual
    reason: Bilingual


class Outcome(Declared):
    """How a case ends: `words` are what the resident is told, `roles` who may decide it."""

    key: Key
    label: Bilingual
    words: Bilingual
    roles: Annotated[tuple[Key, ...], Field(min_length=1)]
    keep: dict[Nation, Keep]


class ClockSource(StrEnum):
    """Why there is a deadline: a law, or a standard the body sets itself."""

    LAW = "law"
    SERVICE_STANDARD = "service_standard"


class Clock(Declared):
    """By when it is done, in working days from the day after it was received; `words` promise it to the resident."""

    working_days: Annotated[int, Field(ge=1, le=366)]
    source: ClockSource
    words: Bilingual

    @property
    def is_law(self) -> bool:
        """Whether a law sets it: then a body's closures do not stop it."""
        return self.source is ClockSource.LAW


class CaseType(Declared):
    """What opens when somebody submits."""

    stages: Annotated[tuple[Stage, ...], Field(min_length=2)]
    moves: tuple[Move, ...]
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1)]
    clock: Clock

    @property
    def first_stage(self) -> Stage:
        """Where every case begins."""
        return self.stages[0]

    @property
    def final_stage(self) -> Stage:
        """Where every case ends, whatever its outcome."""
        return self.stages[-1]

    def stage(self, key: str) -> Stage | None:
        return next((stage for stage in self.stages if stage.key == key), None)

    def move(self, key: str) -> Move | None:
        return next((move for move in self.moves if move.key == key), None)

    def outcome(self, key: str) -> Outcome | None:
        return next((outcome for outcome in self.outcomes if outcome.key == key), None)


class Message(Declared):
    """What is sent; may hold the placeholders in braces that `PLACEHOLDERS` lists."""

    subject: Bilingual
    body: Bilingual


class Messages(Declared):
    """What the resident is sent, by event. `moved`: the date they were told has changed with the calendar."""

    received: Message
    outcome: Message
    moved: Message | None = None
