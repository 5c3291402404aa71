"""Every change to what is known of files. Their content is written before, and deleted after, never inside."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.files.errors import NoSuchFile, NotAccepted, OutOfStep
from commonweal.foundations.files.models import Part, State, StoredFile
from commonweal.foundations.personal_data import keys
from commonweal.foundations.scope.actors import Actor

KEPT_UNATTACHED = timedelta(hours=24)
"""How long an upload, or a file that belongs to nothing, is kept after its last change (rule files.unattached)."""

_ABOUT = "files.file"
_AT_ONCE = 100


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
    record(_ABOUT, file, size=size)
    return file


@action()
def keep_part(actor: Actor, *, organisation: int, file: UUID, offset: int, size: int, content: UUID) -> bool:
    """A part of an upload has arrived and lies sealed; False when another request brought it first."""
    row = lock_own(actor, organisation, file)
    is_next = row.state == State.UPLOADING and row.received == offset
    if is_next:
        Part(organisation_id=organisation, file_id=file, offset=offset, size=size, content_id=content).save()
        _change(row, received=offset + size, expires_at=now() + KEPT_UNATTACHED)
    record(_ABOUT, file, changed=["received"] if is_next else [], received=row.received)
    return is_next


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
        _change(
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
    record(_ABOUT, file, changed=["state"] if is_ours else [], **facts)
    return Finished(is_ours, discarded)


@action()
def refuse_file(actor: Actor, *, organisation: int, file: UUID, reason: str) -> tuple[UUID, ...]:
    """An upload is not accepted: nothing of its content is kept; returns what is to be deleted."""
    row = lock_own(actor, organisation, file)
    discarded = _drop_parts(row) if row.state == State.UPLOADING else ()
    if row.state == State.UPLOADING:
        _change(row, state=State.REFUSED, facts={"reason": reason})
    record(_ABOUT, file, changed=["state"] if discarded else [], reason=reason)
    return discarded


@action()
def attach(actor: Actor, *, organisation: int, file: UUID, to: UUID, subject: UUID) -> None:
    """A stored file belongs to a record from now on, and says something about `subject`: it does not go by itself.

    Joins the action of the capability that owns the record, which has checked that the actor may. Raises NoSuchFile
    and NotAccepted.
    """
    row = lock(organisation, file)
    if row.state != State.STORED:
        raise NoSuchFile
    others = StoredFile.objects.filter(organisation_id=organisation, record_id=to).exclude(id=file)
    if others.count() >= settings.FILES_MOST:
        raise too_many()
    _change(row, record_id=to, subject_id=subject, expires_at=None)
    record(_ABOUT, file, changed=["record_id"], to=to)


@action()
def forget_rows(
    actor: Actor, *, organisation: int, files: tuple[UUID, ...] = (), of: UUID | None = None
) -> tuple[UUID, ...]:
    """Files are forgotten, by their ids or all those of a record: rows and keys go; returns what is to be deleted."""
    wanted = Q(id__in=files) if of is None else Q(id__in=files) | Q(record_id=of)
    return _forget(wanted, organisation)


@action()
def forget_expired_files(actor: Actor, *, organisation: int) -> tuple[UUID, ...]:
    """Uploads nobody went on with, and files that belong to nothing, are forgotten, a hundred at a time."""
    return _forget(Q(expires_at__lte=now()), organisation)


def lock(organisation: int, file: UUID) -> StoredFile:
    """The file, which nobody else changes until this is done. Raises NoSuchFile."""
    row = StoredFile.objects.select_for_update().filter(organisation_id=organisation, id=file).first()
    if row is None:
        raise NoSuchFile
    return row


def lock_own(actor: Actor, organisation: int, file: UUID) -> StoredFile:
    """The actor's own upload. Raises NoSuchFile."""
    row = lock(organisation, file)
    if not is_own(actor, row):
        raise NoSuchFile
    return row


def is_own(actor: Actor, row: StoredFile) -> bool:
    return (row.holder_kind, row.holder_id) == (actor.kind, actor.id) and not _is_over(row)


def too_many() -> NotAccepted:
    words = _("You have added as many files as can be taken: %(most)d. Remove one first.")
    return NotAccepted("count", words % {"most": settings.FILES_MOST})


def require_next(offset: int, received: int) -> None:
    """Raises OutOfStep when bytes are missing between what was received and what comes."""
    if offset > received:
        raise OutOfStep(received)


def _is_over(row: StoredFile) -> bool:
    return row.expires_at is not None and row.expires_at <= now()


def _change(row: StoredFile, *written: str, **values: object) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=[*values, *written])


def _drop_parts(row: StoredFile) -> tuple[UUID, ...]:
    parts = Part.objects.filter(organisation_id=row.organisation_id, file_id=row.id)
    contents = tuple(parts.values_list("content_id", flat=True))
    parts.delete()
    return contents


def _forget(wanted: Q, organisation: int) -> tuple[UUID, ...]:
    found = StoredFile.objects.select_for_update(skip_locked=True).filter(wanted, organisation_id=organisation)
    rows = list(found.values_list("id", "content_id")[:_AT_ONCE])
    ids = [file for file, _content in rows]
    parts = Part.objects.filter(organisation_id=organisation, file_id__in=ids)
    contents = [*parts.values_list("content_id", flat=True), *(content for _file, content in rows if content)]
    parts.delete()
    StoredFile.objects.filter(organisation_id=organisation, id__in=ids).delete()
    for file in ids:
        keys.destroy(file)
    record(_ABOUT, ids[0] if len(ids) == 1 else None, forgotten=len(ids))
    return tuple(contents)
