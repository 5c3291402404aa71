"""Uploads that can be taken up again: begin, append wherever it stands, finish; each step may be sent twice.

A front end calls these outside any scope. Bytes are sealed as they arrive; content is written before the row that
names it, so that whatever is killed leaves nothing half: at most content that no row names, which a sweep removes.
"""

from base64 import b64encode
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from commonweal.foundations.actions.query import query
from commonweal.foundations.files import recording, scanning, vault
from commonweal.foundations.files.chunks import Altered, derive_key, new_key, open_stream, seal_stream
from commonweal.foundations.files.errors import NobodysFile, NoSuchFile, NotAccepted, OutOfStep, StorageUnavailable
from commonweal.foundations.files.examining import examine, refused
from commonweal.foundations.files.models import Part, State, StoredFile
from commonweal.foundations.personal_data import keys
from commonweal.foundations.scope.actors import Actor, System, Visitor
from commonweal.foundations.scope.scopes import ScopeError, open_scope_or_none

_MOST_NAME = 255


@dataclass(frozen=True)
class Upload:
    """Where an upload stands: go on at `received`, until it is `size`."""

    id: UUID
    size: int
    received: int
    state: str


@dataclass(frozen=True)
class _Held:
    """An upload with its key, for as long as one step takes."""

    row: StoredFile = field(repr=False)
    key: bytes = field(repr=False)
    parts: tuple[tuple[UUID, int], ...] = ()


def begin(
    actor: Actor, *, organisation: int, size: int, name: str, subject: UUID, retention_class: str = "files.stored"
) -> UUID:
    """Begin to upload a file of `size` bytes about `subject`; returns its id, which is the upload's too.

    `name` is what the person calls it: sealed, shown, and never believed. Raises NotAccepted, NobodysFile,
    StorageFull, StorageUnavailable.
    """
    _refuse_scope()
    if isinstance(actor, Visitor) or (actor.id is None and not isinstance(actor, System)):
        raise NobodysFile
    if size <= 0:
        raise refused("empty")
    if size > settings.FILES_MOST_BYTES:
        words = _("The file is larger than %(most)d MB. Make it smaller, or send it in parts.")
        raise NotAccepted("size", words % {"most": settings.FILES_MOST_BYTES // 1_000_000})
    vault.note(organisation)
    plain = _plain(name)
    return recording.begin_file(
        actor,
        organisation=organisation,
        size=size,
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
    recording.require_next(offset, received)
    fresh = data[received - offset :]
    if held.row.state != State.UPLOADING or not fresh:
        return received
    if received + len(fresh) > held.row.size:
        raise NotAccepted("size", _("The file is larger than it was said to be. Choose it again."))
    content = uuid7()
    sealed = seal_stream(
        [fresh], key=_part_key(held, content), key_id=held.row.key_id, place=_part_place(held, content)
    )
    vault.write(organisation, content, sealed)
    is_kept = False
    try:
        is_kept = recording.keep_part(
            actor, organisation=organisation, file=upload, offset=received, size=len(fresh), content=content
        )
    finally:
        if not is_kept:
            vault.discard(organisation, [content])
    return received + len(fresh) if is_kept else standing_of(actor, organisation=organisation, upload=upload).received


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
    whole = b"".join(_assemble(held, organisation))
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


@query()
def standing_of(actor: Actor, *, organisation: int, upload: UUID) -> Upload:
    """Where the actor's upload stands, to go on after a break. Raises NoSuchFile."""
    row = _own(actor, organisation, upload)
    return Upload(row.id, row.size, row.received, row.state)


@query()
def held_upload(actor: Actor, *, organisation: int, file: UUID) -> _Held:
    """The actor's upload with its key and its parts, to seal what arrives and to examine it."""
    row = _own(actor, organisation, file)
    parts: QuerySet[Part, tuple[UUID, int]] = (
        Part.objects.filter(organisation_id=organisation, file_id=file)
        .order_by("offset")
        .values_list("content_id", "size")
    )
    try:
        key = keys.to_seal_with(row.key_id)
    except LookupError:
        raise NoSuchFile from None
    return _Held(row, key, tuple(parts))


def content_place(file: UUID) -> bytes:
    """What binds a file's content to it."""
    return b"files.file.content\x00" + file.bytes


def _own(actor: Actor, organisation: int, file: UUID) -> StoredFile:
    row = StoredFile.objects.filter(organisation_id=organisation, id=file).first()
    if row is None or not recording.is_own(actor, row):
        raise NoSuchFile
    return row


def _assemble(held: _Held, organisation: int) -> list[bytes]:
    """The parts in their order, opened to be examined: nobody sees them, so this is no reading."""
    pieces: list[bytes] = []
    try:
        for content, _size in held.parts:
            with vault.read(organisation, content) as stream:
                key, place = _part_key(held, content), _part_place(held, content)
                pieces += open_stream(stream, key=key, key_id=held.row.key_id, place=place)
    except (Altered, OSError):
        raise StorageUnavailable from None
    return pieces


def _part_place(held: _Held, content: UUID) -> bytes:
    return b"files.part\x00" + held.row.id.bytes + content.bytes


def _part_key(held: _Held, content: UUID) -> bytes:
    return derive_key(held.key, _part_place(held, content))


def _plain(name: str) -> str:
    """The last part of a path, without characters that would disturb a header or a line."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if letter.isprintable())[-_MOST_NAME:].strip() or "file"


def _refuse_scope() -> None:
    if open_scope_or_none() is not None:
        raise ScopeError("Content is stored outside any scope: the storage may be another machine.")
