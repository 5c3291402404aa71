"""What happened to cases: ids and codes only. `subject_id` is the person."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from commonweal.foundations.events.event import Event

TAKEN_BACK_WITHIN = timedelta(seconds=10)
"""For so long whoever changed a case may take it back."""


@dataclass(frozen=True, kw_only=True)
class CaseOpened(Event):
    """Someone's request became a case."""

    case: UUID


@dataclass(frozen=True, kw_only=True)
class CaseMoved(Event):
    """A case went to another stage."""

    case: UUID
    stage: str


@dataclass(frozen=True, kw_only=True)
class CaseReached(Event):
    """A move brought a case to a stage for the first time, and its applicant is to be told."""

    case: UUID
    stage: str


@dataclass(frozen=True, kw_only=True)
class CaseClosed(Event):
    """A case was closed with an outcome. Nobody is told before its author can no longer take it back."""

    held_for = TAKEN_BACK_WITHIN

    case: UUID
    outcome: str


@dataclass(frozen=True, kw_only=True)
class ClockMoved(Event):
    """The due date of a case changed with the calendar."""

    case: UUID
    due_on: date


@dataclass(frozen=True, kw_only=True)
class ClockExtended(Event):
    """A clock of a case was extended; `clock` is its run."""

    case: UUID
    clock: UUID


@dataclass(frozen=True, kw_only=True)
class RecountBrokeOff(Event):
    """So many clocks were counted anew as one transaction should hold: it goes on `after` a case."""

    day: date
    why: str
    after: UUID


@dataclass(frozen=True, kw_only=True)
class CaseSentBack(Event):
    """The applicant is asked for something, and the case waits for it."""

    case: UUID


@dataclass(frozen=True, kw_only=True)
class CaseAnswered(Event):
    """The applicant answered what they were asked, and the case came back."""

    case: UUID


@dataclass(frozen=True, kw_only=True)
class CaseReopened(Event):
    """A closed case was opened again, for a review or, when `review` is empty, because staff reopened it."""

    case: UUID
    review: str


@dataclass(frozen=True, kw_only=True)
class GrantEnding(Event):
    """What a case granted ends soon, and its holder is due a reminder."""

    case: UUID
    until_on: date
