"""Read the progress of an upload and its parts, between the changes that its steps make."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from commonweal.foundations.actions.query import query
from commonweal.foundations.files import vault
from commonweal.foundations.files.chunks import Altered, derive_key, open_stream, seal_stream
from commonweal.foundations.files.errors import NoSuchFile, StorageUnavailable
from commonweal.foundations.files.models import Part, StoredFile
from commonweal.foundations.files.rows import is_own
from commonweal.foundations.personal_data import keys
from commonweal.foundations.scope.actors import Actor


@dataclass(frozen=True)
class Upload:
    """Where an upload stands: go on at `received`, until it is `size`."""

    id: UUID
    size: int
    received: int
    state: str


@dataclass(frozen=True)
class Held:
    """An upload with its key, for as long as one step takes."""

    row: StoredFile = field(repr=False)
    key: bytes = field(repr=False)
    parts: tuple[UUID, ...] = ()


@query()
def standing_of(actor: Actor, *, organisation: int, upload: UUID) -> Upload:
    """Where the actor's upload stands, to go on after a break. Raises NoSuchFile."""
    row = _own(actor, organisation, upload)
    return Upload(row.id, row.size, row.received, row.state)


@query()
def held_upload(actor: Actor, *, organisation: int, file: UUID) -> Held:
    """The actor's upload with its key and its parts, to seal what arrives and to examine it."""
    row = _own(actor, organisation, file)
    parts = Part.objects.filter(organisation_id=organisation, file_id=file).order_by("offset")
    try:
        key = keys.to_seal_with(row.key_id)
    except LookupError:
        raise NoSuchFile from None
    return Held(row, key, tuple(parts.values_list("content_id", flat=True)))


def content_place(file: UUID) -> bytes:
    """What binds a file's content to it."""
    return b"files.file.content\x00" + file.bytes


def _own(actor: Actor, organisation: int, file: UUID) -> StoredFile:
    row = StoredFile.objects.filter(organisation_id=organisation, id=file).first()
    if row is None or not is_own(actor, row):
        raise NoSuchFile
    return row


def seal_part(held: Held, content: UUID, data: bytes) -> Iterator[bytes]:
    """The bytes of one part, sealed for its place under a key of its own."""
    place = _place(held, content)
    return seal_stream([data], key=derive_key(held.key, place), key_id=held.row.key_id, place=place)


def assemble(held: Held, organisation: int) -> bytes:
    """The whole content, opened to be examined: nobody sees it, so this is no reading. Raises StorageUnavailable."""
    pieces: list[bytes] = []
    try:
        for content in held.parts:
            place = _place(held, content)
            with vault.read(organisation, content) as stream:
                pieces += open_stream(stream, key=derive_key(held.key, place), key_id=held.row.key_id, place=place)
    except (Altered, OSError):
        raise StorageUnavailable from None
    return b"".join(pieces)


def _place(held: Held, content: UUID) -> bytes:
    return b"files.part\x00" + held.row.id.bytes + content.bytes
