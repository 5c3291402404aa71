"""Attach stored files to records and forget them, inside a capability's action; content is deleted afterwards."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.files.errors import NoSuchFile
from commonweal.foundations.files.models import Part, State, StoredFile
from commonweal.foundations.files.rows import ABOUT, change, is_own, lock, too_many
from commonweal.foundations.personal_data import keys
from commonweal.foundations.scope.actors import Actor

_AT_ONCE = 100


@dataclass(frozen=True)
class Attached:
    """What a file that now belongs to a record is: its kind, and what the examination found."""

    media_type: str
    facts: dict[str, bool]


@action()
def attach_file(actor: Actor, *, organisation: int, file: UUID, to: UUID, subject: UUID) -> Attached:
    """Attach a stored file to a record, as data about `subject`; it no longer expires.

    Joins the action of the capability that owns the record, which has checked that the actor may, and refuses what it
    does not want of this kind. Raises NoSuchFile and NotAccepted.
    """
    row = lock(organisation, file)
    is_free = row.record_id is None and is_own(actor, row)
    if row.state != State.STORED or not (is_free or row.record_id == to):
        raise NoSuchFile
    others = StoredFile.objects.filter(organisation_id=organisation, record_id=to).exclude(id=file)
    if others.count() >= settings.FILES_MOST:
        raise too_many()
    change(row, record_id=to, subject_id=subject, expires_at=None)
    record(ABOUT, file, changed=["record_id"], to=to)
    return Attached(row.media_type, row.facts)


@action()
def move_files(actor: Actor, *, organisation: int, of: UUID, to: UUID, subject: UUID) -> int:
    """Move all files of one record to another, as from a draft to its submission; returns how many.

    Nothing is sealed again: each file has a key of its own.
    """
    rows = StoredFile.objects.filter(organisation_id=organisation, record_id=of, state=State.STORED)
    moved = rows.update(record_id=to, subject_id=subject)
    record(ABOUT, changed=["record_id"], to=to, moved=moved)
    return moved


@action()
def forget_files(
    actor: Actor, *, organisation: int, files: tuple[UUID, ...] = (), of: UUID | None = None
) -> tuple[UUID, ...]:
    """Forget files, by their ids or all those of a record: rows and keys go. Returns the content to delete."""
    wanted = Q(id__in=files) if of is None else Q(id__in=files) | Q(record_id=of)
    return _forget(wanted, organisation)


@action()
def forget_expired_files(actor: Actor, *, organisation: int) -> tuple[UUID, ...]:
    """Forget abandoned uploads and files that belong to nothing, a hundred at a time."""
    return _forget(Q(expires_at__lte=now()), organisation)


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
    record(ABOUT, ids[0] if len(ids) == 1 else None, forgotten=len(ids))
    return tuple(contents)
