"""What happened to forms: ids and codes only. `subject_id` is the person."""

from dataclasses import dataclass
from uuid import UUID

from commonweal.foundations.events.event import Event


@dataclass(frozen=True, kw_only=True)
class FormSubmitted(Event):
    """Somebody submitted a form."""

    submission: UUID
    service: str
    version: UUID
