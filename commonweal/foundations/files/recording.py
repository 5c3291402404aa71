"""The actions on file rows. Content is written before and deleted after them, never inside."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from uuid6 import uuid7

from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.files.models import Part, State, StoredFile
from commonweal.foundations.files.rows import ABOUT, change, lock_own, too_many
from commonweal.foundations.personal_data import keys
from commonweal.foundations.scope.actors import Actor

KEPT_UNATTACHED = timedelta(hours=24)
"""How long an upload, or a file that belongs to nothing, is kept after its last change (rule files.unattached)."""


@dataclass(frozen=True)
class Finished:
    """What finishing an upload settled: whether ours is the content that is kept, and what is to be deleted."""

    is_ours: bool
    discarded: tuple[UUID, ...]


@action()
def begin_file(
    actor: Actor, *, organisation: int, size: int, name: str, subject: UUID, retention_class: str, is_table: bool
) -> UUID:
    """Somebody begins to upload a file of `size` bytes; returns its id. Raises NotAccepted when they have too many."""
    held = StoredFile.objects.filter(
        organisation_id=organisation, holder_kind=actor.kind, holder_id=actor.id, record_id=None, expires_at__gt=now()
    )
    if actor.id is not None and held.exclude(state=State.REFUSED).count() >= settings.FILES_MOST:
        raise too_many()
    file, moment = uuid7(), now()
    StoredFile(
        id=file,
        organisation_id=organisation,
        key_id=keys.key_for_record(file, retention_class),
        subject_id=subject,
        holder_kind=actor.kind,
        holder_id=actor.id,
        retention_class=retention_class,
        name=name,
        size=size,
        facts={"is_table": True} if is_table else {},
        begun_at=moment,
        expires_at=moment + KEPT_UNATTACHED,
    ).save(force_insert=True)
    record(ABOUT, file, size=size)
    return file


@action()
def keep_part(actor: Actor, *, organisation: int, file: UUID, offset: int, size: int, content: UUID) -> bool:
    """A part of an upload has arrived and lies sealed; False when another request brought it first."""
    row = lock_own(actor, organisation, file)
    is_next = row.state == State.UPLOADING and row.received == offset
    if is_next:
        Part(organisation_id=organisation, file_id=file, offset=offset, size=size, content_id=content).save()
        change(row, received=offset + size, expires_at=now() + KEPT_UNATTACHED)
    record(ABOUT, file, changed=["received"] if is_next else [], received=row.received)
    return is_next


@action()
def end_file(actor: Actor, *, organisation: int, file: UUID) -> bool:
    """What was received of an upload is the whole of it; False when that is nothing."""
    row = lock_own(actor, organisation, file)
    if row.state == State.UPLOADING and row.received:
        change(row, size=row.received)
    record(ABOUT, file, changed=["size"], size=row.size)
    return row.received > 0


@action()
def finish_file(
    actor: Actor,
    *,
    organisation: int,
    file: UUID,
    content: UUID,
    content_key: str,
    size: int,
    media_type: str,
    facts: dict[str, bool],
) -> Finished:
    """An upload was examined, and what is kept of it lies sealed and whole; its parts are not needed any more."""
    row = lock_own(actor, organisation, file)
    is_ours = row.state == State.UPLOADING
    discarded = _drop_parts(row) if is_ours else (content,)
    if is_ours:
        row.content_key = content_key
        change(
            row,
            "content_key",
            state=State.STORED,
            content_id=content,
            size=size,
            media_type=media_type,
            facts=facts,
            stored_at=now(),
            expires_at=now() + KEPT_UNATTACHED,
        )
    record(ABOUT, file, changed=["state"] if is_ours else [], **facts)
    return Finished(is_ours, discarded)


@action()
def refuse_file(actor: Actor, *, organisation: int, file: UUID, reason: str) -> tuple[UUID, ...]:
    """An upload is not accepted: nothing of its content is kept; returns what is to be deleted."""
    row = lock_own(actor, organisation, file)
    discarded = _drop_parts(row) if row.state == State.UPLOADING else ()
    if row.state == State.UPLOADING:
        change(row, state=State.REFUSED, facts={"reason": reason})
    record(ABOUT, file, changed=["state"] if discarded else [], reason=reason)
    return discarded


def _drop_parts(row: StoredFile) -> tuple[UUID, ...]:
    parts = Part.objects.filter(organisation_id=row.organisation_id, file_id=row.id)
    contents = tuple(parts.values_list("content_id", flat=True))
    parts.delete()
    return contents
