"""Resumable uploads: begin, append, finish. Each step may be sent twice.

A front end calls these outside any scope. Bytes are sealed as they arrive; content is written before the row that
names it, so that whatever is killed leaves nothing half: at most content that no row names, which a sweep removes.
"""

from base64 import b64encode
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from commonweal.foundations.files import recording, scanning, vault
from commonweal.foundations.files.chunks import new_key, seal_stream
from commonweal.foundations.files.errors import NobodysFile, NotAccepted, OutOfStep
from commonweal.foundations.files.examining import examine, refused
from commonweal.foundations.files.models import State
from commonweal.foundations.files.parts import assemble, content_place, held_upload, seal_part, standing_of
from commonweal.foundations.scope.actors import Actor, System, Visitor
from commonweal.foundations.scope.scopes import ScopeError, open_scope_or_none

_MOST_NAME = 255


def begin(
    actor: Actor,
    *,
    organisation: int,
    size: int | None,
    name: str,
    subject: UUID,
    retention_class: str = "files.stored",
) -> UUID:
    """Begin to upload a file of `size` bytes about `subject`; returns its id, which is the upload's too.

    A size of None is told by `end` when everything has arrived. `name` is what the person calls it: sealed, shown, and
    never believed. Raises NotAccepted, NobodysFile, StorageFull, StorageUnavailable.
    """
    _refuse_scope()
    if isinstance(actor, Visitor) or (actor.id is None and not isinstance(actor, System)):
        raise NobodysFile
    if size is not None and size <= 0:
        raise refused("empty")
    if size is not None and size > settings.FILES_MOST_BYTES:
        raise too_large()
    vault.note(organisation)
    plain = _plain(name)
    return recording.begin_file(
        actor,
        organisation=organisation,
        size=settings.FILES_MOST_BYTES if size is None else size,
        name=plain,
        is_table=plain.lower().endswith(".csv"),
        subject=subject,
        retention_class=retention_class,
    )


def append(actor: Actor, *, organisation: int, upload: UUID, offset: int, data: bytes) -> int:
    """Add the bytes that begin at `offset`; returns how many have been received, which is where to go on.

    Bytes that were received before change nothing. Raises OutOfStep when some are missing in between, NotAccepted when
    there are more than was said, NoSuchFile, StorageFull, StorageUnavailable.
    """
    _refuse_scope()
    held = held_upload(actor, organisation=organisation, file=upload)
    received = held.row.received
    if offset > received:
        raise OutOfStep(received)
    fresh = data[received - offset :]
    if held.row.state != State.UPLOADING or not fresh:
        return received
    if received + len(fresh) > settings.FILES_MOST_BYTES:
        raise too_large()
    if received + len(fresh) > held.row.size:
        raise NotAccepted("size", _("The file is larger than your device told us. Choose it again."))
    content = uuid7()
    vault.write(organisation, content, seal_part(held, content, fresh))
    is_kept = False
    try:
        is_kept = recording.keep_part(
            actor, organisation=organisation, file=upload, offset=received, size=len(fresh), content=content
        )
    finally:
        if not is_kept:
            vault.discard(organisation, [content])
    return received + len(fresh) if is_kept else standing_of(actor, organisation=organisation, upload=upload).received


def end(actor: Actor, *, organisation: int, upload: UUID) -> None:
    """Everything has arrived of an upload that was begun without a size. Raises NotAccepted (empty), NoSuchFile."""
    _refuse_scope()
    if not recording.end_file(actor, organisation=organisation, file=upload):
        raise refused("empty")


def digest_of(actor: Actor, *, organisation: int, upload: UUID) -> bytes:
    """SHA-256 of what has arrived and is not finished yet, to tell whether it was sent before; else empty.

    It is a fingerprint of what somebody sent: keep it only under a key that dies with it. Raises NoSuchFile,
    StorageUnavailable.
    """
    _refuse_scope()
    held = held_upload(actor, organisation=organisation, file=upload)
    return sha256(assemble(held, organisation)).digest() if held.parts else b""


def finish(actor: Actor, *, organisation: int, upload: UUID) -> UUID:
    """Examine the whole file and keep it; returns its id. Once kept, or refused, it answers the same again.

    Raises NotAccepted, OutOfStep when bytes are missing, NotChecked, NoSuchFile, StorageFull, StorageUnavailable.
    """
    _refuse_scope()
    held = held_upload(actor, organisation=organisation, file=upload)
    if held.row.state == State.STORED:
        return upload
    if held.row.state == State.REFUSED:
        raise refused(held.row.facts["reason"])
    if held.row.received != held.row.size:
        raise OutOfStep(held.row.received)
    whole = assemble(held, organisation)
    try:
        examined = examine(whole, is_table=held.row.facts.get("is_table", False))
        scanning.scan(whole)
    except NotAccepted as refusal:
        discarded = recording.refuse_file(actor, organisation=organisation, file=upload, reason=refusal.reason)
        vault.discard(organisation, discarded)
        raise
    content, key = uuid7(), new_key()
    sealed = seal_stream([examined.content], key=key, key_id=held.row.key_id, place=content_place(upload))
    vault.write(organisation, content, sealed)
    finished = recording.finish_file(
        actor,
        organisation=organisation,
        file=upload,
        content=content,
        content_key=b64encode(key).decode(),
        size=len(examined.content),
        media_type=examined.kind.media_type,
        facts=examined.facts,
    )
    vault.discard(organisation, finished.discarded)
    return upload


def too_large() -> NotAccepted:
    """The refusal of a file above the limit of the settings."""
    words = _("The file is larger than %(most)d MB. Make it smaller, or send it in parts.")
    return NotAccepted("size", words % {"most": settings.FILES_MOST_BYTES // 1_000_000})


def _plain(name: str) -> str:
    """The last part of a path, without characters that would disturb a header or a line."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if letter.isprintable())[-_MOST_NAME:].strip() or "file"


def _refuse_scope() -> None:
    if open_scope_or_none() is not None:
        raise ScopeError("Content is stored outside any scope: the storage may be another machine.")
