"""Open files: a reading opens the content's key, and no byte is sent before its trace is committed."""

from base64 import b64decode
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.core.files import File
from django.db import transaction

from commonweal.foundations.files import vault
from commonweal.foundations.files.chunks import open_stream
from commonweal.foundations.files.errors import NoSuchFile
from commonweal.foundations.files.kinds import ending_of
from commonweal.foundations.files.models import State, StoredFile
from commonweal.foundations.files.parts import content_place
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.personal_data.records import RecordQuerySet
from commonweal.foundations.scope.scopes import current_scope, open_scope_or_none


class NotReleased(RuntimeError):
    """Content was asked for before the trace of its opening was committed: a defect, never a person's mistake."""


@dataclass(frozen=True)
class FileRow:
    """What a page shows of a file; the name was opened in the reading that lists it."""

    id: UUID
    name: str
    media_type: str
    size: int
    facts: dict[str, bool]


@dataclass
class OpenedFile:
    """A file whose opening is traced. `chunks` gives its content once the reading has ended well."""

    organisation: int
    id: UUID
    name: str
    media_type: str
    size: int
    _content: UUID = field(repr=False)
    _key_id: UUID = field(repr=False)
    _key: bytes = field(repr=False)
    _is_released: bool = field(default=False, repr=False)

    def chunks(self) -> Iterator[bytes]:
        """The content, a chunk at a time, each proven before it is given out.

        Raises NotReleased inside the reading or after one that failed, StorageUnavailable before the first byte when
        the content cannot be reached, and Altered when it is not as it was sealed.
        """
        if not self._is_released or open_scope_or_none() is not None:
            raise NotReleased("The content of a file comes out when the trace of its opening is committed.")
        return self._stream(vault.read(self.organisation, self._content))

    def _stream(self, stream: "File[bytes]") -> Iterator[bytes]:
        with stream:
            yield from open_stream(stream, key=self._key, key_id=self._key_id, place=content_place(self.id))

    def _release(self) -> None:
        self._is_released = True


def open_file(file: UUID, *, of: UUID) -> OpenedFile:
    """Open a file of the record `of`, inside the reading of a capability's query that has checked who asks.

    Its name and its content are charged to its subject. Raises NoSuchFile, Forgotten, ReadingRefused.
    """
    return _open(_stored().filter(id=file, record_id=of).first())


def open_any_file(file: UUID) -> OpenedFile:
    """Open a file by its id, whatever it belongs to, inside a reading for somebody's rights in what is held of them.

    Raises NoSuchFile, Forgotten, ReadingRefused.
    """
    return _open(_stored().filter(id=file).first())


def _open(row: StoredFile | None) -> OpenedFile:
    if row is None or row.content_id is None:
        raise NoSuchFile
    opened = OpenedFile(
        organisation=row.organisation_id,
        id=row.id,
        name=_with_ending(row.name, row.media_type),
        media_type=row.media_type,
        size=row.size,
        _content=row.content_id,
        _key_id=row.key_id,
        _key=b64decode(row.content_key),
    )
    transaction.on_commit(opened._release)
    return opened


def list_files(*, of: UUID, only: Collection[UUID] | None = None) -> list[FileRow]:
    """The files of a record with their names, oldest first, inside the reading of a capability's query.

    Of those that are not among `only` no name is opened.
    """
    found = _stored().filter(record_id=of).order_by("id")
    rows = list(found if only is None else found.filter(id__in=list(only)))
    current_reading().fetch_keys(row.key_id for row in rows)
    return [
        FileRow(row.id, _with_ending(row.name, row.media_type), row.media_type, row.size, row.facts) for row in rows
    ]


def _stored() -> RecordQuerySet[StoredFile]:
    return StoredFile.objects.filter(organisation_id=current_scope().organisation, state=State.STORED)


def _with_ending(name: str, media_type: str) -> str:
    """The name with the ending of what it is: a photo called letter.exe comes out as letter.exe.jpg."""
    ending = ending_of(media_type)
    is_right = not ending or name.lower().endswith(f".{ending}") or (ending == "jpg" and name.lower().endswith(".jpeg"))
    return name if is_right else f"{name}.{ending}"
