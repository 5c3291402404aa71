"""Store sealed content: in `files` of Django's storages, a local folder unless the settings say otherwise.

Content lies under its organisation's number and a random name. Names are never used twice, and nothing is overwritten:
a row may name content as soon as `write` returned, and what no row names is swept away.
"""

import errno
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from commonweal.foundations.files.errors import StorageFull, StorageUnavailable
from commonweal.foundations.files.folder import DurableFolder

logger = logging.getLogger(__name__)

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_MARK = "known"
"""An empty file in each organisation's folder, so that a sweep finds organisations that have uploads alone."""


class _Stream(File):  # type: ignore[type-arg]
    """Sealed chunks as Django's storages take them."""

    def __init__(self, sealed: Iterable[bytes]) -> None:
        super().__init__(None)
        self._sealed = sealed

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield from self._sealed


def write(organisation: int, content: UUID, sealed: Iterable[bytes]) -> None:
    """Keep sealed content, durably and whole or not at all. Raises StorageFull, StorageUnavailable."""
    storage = _storage()
    with _told():
        if isinstance(storage, DurableFolder):
            storage.save(_name(organisation, content), _Stream(sealed))
            return
        # Others want to know the size and to begin anew: they get a file, of sealed bytes alone.
        with TemporaryFile() as file:
            for chunk in sealed:
                file.write(chunk)
            file.seek(0)
            storage.save(_name(organisation, content), File(file, name=content.hex))


def read(organisation: int, content: UUID) -> Any:
    """The sealed content as a file open for reading. Raises StorageUnavailable."""
    with _told():
        return _storage().open(_name(organisation, content), "rb")


def discard(organisation: int, contents: Iterable[UUID]) -> None:
    """Delete what no row names any more. What cannot be deleted now is left to the sweep."""
    for content in contents:
        try:
            _storage().delete(_name(organisation, content))
        except Exception as error:  # the sweep comes round again
            logger.warning("Content %s was not deleted and will be swept: %s", content, type(error).__name__)


def note(organisation: int) -> None:
    """Make the organisation's folder known to the sweep. Raises StorageFull, StorageUnavailable."""
    name = f"{organisation}/{_MARK}"
    with _told():
        if not _storage().exists(name):
            with suppress(FileExistsError):
                _storage().save(name, _Stream(()) if isinstance(_storage(), DurableFolder) else _empty(name))


def organisations() -> list[int]:
    """The organisations that have a folder. Raises StorageUnavailable."""
    with _told():
        try:
            folders, _files = _storage().listdir("")
        except FileNotFoundError:
            return []
    return sorted(int(name) for name in folders if name.isdecimal())


def names(organisation: int) -> list[str]:
    """The names in an organisation's folder, whole or half. Raises StorageUnavailable."""
    with _told():
        _folders, files = _storage().listdir(str(organisation))
    return [name for name in files if name != _MARK]


def changed_at(organisation: int, name: str) -> datetime | None:
    """When the content was written; None when it is gone or the storage cannot say."""
    try:
        return _storage().get_modified_time(f"{organisation}/{name}")
    except (OSError, NotImplementedError):
        return None


def remove(organisation: int, name: str) -> None:
    """Delete a name that the sweep found. Raises StorageUnavailable."""
    with _told():
        _storage().delete(f"{organisation}/{name}")


def _storage() -> Storage:
    return storages["files"]


def _name(organisation: int, content: UUID) -> str:
    return f"{organisation}/{content.hex}"


def _empty(name: str) -> Any:
    return ContentFile(b"", name=name)


@contextmanager
def _told() -> Iterator[None]:
    """Errors of the storage as sentences; which disk or bucket it was is for the log."""
    try:
        yield
    except Exception as error:  # each kind of storage has errors of its own
        logger.error("The storage of files failed: %s (%s)", type(error).__name__, getattr(error, "strerror", ""))
        is_full = isinstance(error, OSError) and error.errno in _NO_ROOM
        raise (StorageFull if is_full else StorageUnavailable) from None
