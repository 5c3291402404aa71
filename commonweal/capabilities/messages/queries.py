"""What others may read of messages."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from commonweal.capabilities.messages.errors import NoSuchMessage
from commonweal.capabilities.messages.models import Message, Status
from commonweal.capabilities.messages.rules import ANSWER_LOST_AFTER
from commonweal.capabilities.people.queries import records as people
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data.purposes import SENDING
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.personal_data.trace import Matter
from commonweal.foundations.scope.actors import Actor


@dataclass(frozen=True)
class MessageRow:
    """A message in full: opened, and therefore traced."""

    id: UUID
    recipient: str = field(repr=False)
    subject: str = field(repr=False)
    body: str = field(repr=False)
    status: str
    created_at: datetime
    reference: str


@dataclass(frozen=True)
class SentRow:
    """That a message was written, without what it says."""

    template: str
    status: str
    created_at: datetime


@query()
def waiting(actor: Actor, *, organisations: tuple[int, ...], at_most: int) -> tuple[tuple[int, UUID], ...]:
    """(organisation, message) of those that wait to be sent, oldest first."""
    rows = Message.objects.filter(organisation_id__in=organisations, status=Status.CREATED, created_at__lte=now())
    return tuple(rows.order_by("created_at").values_list("organisation_id", "id")[:at_most])


@query()
def with_lost_answers(actor: Actor, *, organisations: tuple[int, ...]) -> tuple[int, ...]:
    """The organisations among these with messages whose provider never answered."""
    lost = Message.objects.filter(
        organisation_id__in=organisations, status=Status.SENDING, tried_at__lt=now() - ANSWER_LOST_AFTER
    )
    return tuple(lost.order_by("organisation_id").values_list("organisation_id", flat=True).distinct())


@query(opens=SENDING)
def to_send(actor: Actor, *, organisation: int, message: UUID) -> MessageRow:
    """One message with the address it goes to. Raises NoSuchMessage."""
    found = Message.objects.filter(id=message, organisation_id=organisation).first()
    if found is None:
        raise NoSuchMessage
    return _opened(actor, organisation, found)


@query(opens=SENDING)
def demo_inbox(actor: Actor, *, organisation: int) -> tuple[MessageRow, ...]:
    """The latest 50 messages as their recipients would see them: for the demonstration alone, where nothing is sent.

    Those to whoever is restricted are left out.
    """
    reading, shown = current_reading(), []
    for message in Message.objects.filter(organisation_id=organisation).order_by("-created_at")[:50]:
        reading.about(_matter_of(message))
        if not reading.is_restricted(message.subject_id):
            shown.append(_opened(actor, organisation, message))
    return tuple(shown)


@query()
def sent_about(actor: Actor, *, organisation: int, matter: UUID) -> tuple[SentRow, ...]:
    """What was written about a matter, oldest first, without opening it."""
    rows = Message.objects.filter(organisation_id=organisation, matter_id=matter).order_by("created_at")
    return tuple(SentRow(*row) for row in rows.values_list("template", "status", "created_at"))


@query()
def numbers_to(actor: Actor, *, organisation: int, subjects: Collection[UUID]) -> dict[str, int]:
    """How many messages were written to these people, by the reference they are about ("" for none)."""
    rows = Message.objects.filter(organisation_id=organisation, subject_id__in=subjects).values("reference")
    return {row["reference"]: row["number"] for row in rows.order_by().annotate(number=Count("id"))}


def _opened(actor: Actor, organisation: int, message: Message) -> MessageRow:
    current_reading().about(_matter_of(message))
    recipient = message.recipient
    if recipient is None:
        recipient = people.person(actor, organisation=organisation, person=message.subject_id).email
    return MessageRow(
        message.id, recipient, message.subject, message.body, message.status, message.created_at, message.reference
    )


def _matter_of(message: Message) -> Matter:
    return Matter("message", message.id, message.reference, is_of_rights=message.is_of_rights)
