"""Write messages, hand them to the provider, record what came of them, and stop messages to some people."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef
from uuid6 import uuid7

from commonweal.capabilities.messages.models import Message, Status, Stop
from commonweal.capabilities.messages.rules import ANSWER_LOST_AFTER
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data import keys
from commonweal.foundations.personal_data.trace import Matter
from commonweal.foundations.scope.actors import Actor, System
from commonweal.foundations.scope.scopes import PLATFORM

_ABOUT = "messages.message"
_RETENTION = "messages.sent"


@dataclass(frozen=True)
class Words:
    """What a message says."""

    subject: str
    body: str


@action()
def write(
    actor: Actor, *, organisation: int, person: UUID, matter: Matter, template: str, subject: str, body: str
) -> UUID:
    """Queue a message to a person about a matter; their address is opened only when it is sent.

    One to a person to whom nothing is sent any more is kept, and never sent.
    """
    return _write(organisation, person, matter, template, {"subject": subject, "body": body})


@action()
def write_to_account(
    actor: Actor, *, account: UUID, email: str, template: str, subject: str, body: str, organisation: int = PLATFORM
) -> UUID:
    """Queue a message about signing in to the address of an account."""
    words = {"recipient": email, "subject": subject, "body": body}
    return _write(organisation, account, Matter("account", account), template, words)


@action()
def write_to_address(
    actor: Actor, *, organisation: int, subject_id: UUID, matter: Matter, email: str, template: str, words: Words
) -> UUID:
    """Queue a message to an address that someone typed for it and that is on no record."""
    named = {"recipient": email, "subject": words.subject, "body": words.body}
    return _write(organisation, subject_id, matter, template, named)


@action()
def forget_about(actor: Actor, *, organisation: int, matters: Collection[UUID]) -> int:
    """Delete the messages about these matters, with the addresses they went to; returns how many."""
    found = Message.objects.filter(organisation_id=organisation, matter_id__in=list(matters))
    gone = list(found.values_list("id", flat=True))
    found.filter(id__in=gone).delete()
    for message in gone:
        keys.destroy(message)
    record(_ABOUT, forgotten=len(gone))
    return len(gone)


def _write(organisation: int, subject_id: UUID, matter: Matter, template: str, words: dict[str, str]) -> UUID:
    message_id = uuid7()
    Message(
        id=message_id,
        organisation_id=organisation,
        key_id=keys.key_for_record(message_id, _RETENTION),
        subject_id=subject_id,
        matter_id=matter.id,
        reference=matter.reference,
        is_of_rights=matter.concerns_rights,
        template=template,
        created_at=now(),
        status=_status_for(organisation, subject_id),
        **words,
    ).save(force_insert=True)
    record(_ABOUT, message_id, template=template, matter=matter.id)
    return message_id


@action()
def begin_sending(actor: System, *, organisation: int, message: UUID) -> bool:
    """Record the intent to send before the provider is called; False when another sender was first.

    The statement that claims it asks whether anything may be sent to that person: one who died meanwhile gets nothing.
    """
    waiting = Message.objects.filter(id=message, organisation_id=organisation, status=Status.CREATED)
    is_ours = waiting.filter(~_is_stopped()).update(status=Status.SENDING, tried_at=now()) == 1
    is_cancelled = not is_ours and waiting.filter(_is_stopped()).update(status=Status.CANCELLED) == 1
    record(_ABOUT, message, changed=["status"] if is_ours or is_cancelled else [], cancelled=is_cancelled)
    return is_ours


@action()
def finish_sending(actor: System, *, organisation: int, message: UUID, is_sent: bool) -> None:
    """Record that the provider took the message or refused it."""
    status = Status.SENT if is_sent else Status.FAILED
    Message.objects.filter(id=message, organisation_id=organisation).update(status=status)
    record(_ABOUT, message, changed=["status"], status=status.value)


@action()
def fail_unsent(actor: System, *, organisation: int, message: UUID, why: str) -> None:
    """Record that a message failed before any provider was called; `why` is a code."""
    waiting = Message.objects.filter(id=message, organisation_id=organisation, status=Status.CREATED)
    is_ours = waiting.update(status=Status.FAILED, tried_at=now()) == 1
    record(_ABOUT, message, changed=["status"] if is_ours else [], status=Status.FAILED.value, why=why)


@action()
def hold_back(actor: System, *, organisation: int, message: UUID) -> None:
    """Hold back a message to a restricted person until the restriction is lifted; pages show that it waits."""
    waiting = Message.objects.filter(id=message, organisation_id=organisation, status=Status.CREATED)
    is_ours = waiting.update(status=Status.HELD) == 1
    record(_ABOUT, message, changed=["status"] if is_ours else [], status=Status.HELD.value)


@action()
def let_go(actor: Actor, *, organisation: int, people: Iterable[UUID]) -> int:
    """Send the messages that waited while these people were restricted; returns how many."""
    held = Message.objects.filter(organisation_id=organisation, subject_id__in=list(people), status=Status.HELD)
    sent = held.update(status=Status.CREATED)
    record(_ABOUT, changed=["status"] if sent else [], let_go=sent)
    return sent


@action()
def give_up_waiting(actor: System, *, organisation: int) -> int:
    """Mark messages whose provider never answered as uncertain: none is sent twice automatically."""
    lost = Message.objects.filter(
        organisation_id=organisation, status=Status.SENDING, tried_at__lt=now() - ANSWER_LOST_AFTER
    ).update(status=Status.UNCERTAIN)
    record(_ABOUT, changed=["status"] if lost else [], lost=lost)
    return lost


@action()
def stop_writing(actor: Actor, *, organisation: int, people: Iterable[UUID]) -> int:
    """Stop all messages to these people and cancel waiting ones; returns how many were cancelled."""
    stopped = list(people)
    Stop.objects.bulk_create(
        [Stop(organisation_id=organisation, subject_id=person, since=now()) for person in stopped],
        ignore_conflicts=True,
    )
    theirs = Message.objects.filter(organisation_id=organisation, subject_id__in=stopped)
    waiting = theirs.filter(status__in=(Status.CREATED, Status.HELD))
    cancelled = waiting.update(status=Status.CANCELLED)
    record("messages.stop", changed=["status"] if cancelled else [], people=len(stopped), cancelled=cancelled)
    return cancelled


@action()
def resume_writing(actor: Actor, *, organisation: int, people: Iterable[UUID]) -> None:
    """Resume messages to these people. Cancelled ones stay cancelled, because they may no longer be right."""
    gone, _kinds = Stop.objects.filter(organisation_id=organisation, subject_id__in=list(people)).delete()
    record("messages.stop", changed=["since"] if gone else [], people=gone)


def _status_for(organisation: int, subject: UUID) -> Status:
    is_stopped = Stop.objects.filter(organisation_id=organisation, subject_id=subject).exists()
    return Status.CANCELLED if is_stopped else Status.CREATED


def _is_stopped() -> Exists:
    stops = Stop.objects.filter(organisation_id=OuterRef("organisation_id"), subject_id=OuterRef("subject_id"))
    return Exists(stops)
