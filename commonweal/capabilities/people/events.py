"""What happened to people: ids only. `subject_id` is the person."""

from dataclasses import dataclass

from commonweal.foundations.events.event import Event


@dataclass(frozen=True, kw_only=True)
class PersonDied(Event):
    """It was recorded that somebody has died."""


@dataclass(frozen=True, kw_only=True)
class DeathTakenBack(Event):
    """It was a mistake: somebody who was recorded as having died lives."""
