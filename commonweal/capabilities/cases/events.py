"""What happened to cases: ids and codes only. `subject_id` is the person."""

from dataclasses import dataclass
from uuid import UUID

from commonweal.foundations.events.event import Event


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
class CaseClosed(Event):
    """A case was closed with an outcome."""

    case: UUID
    outcome: str
