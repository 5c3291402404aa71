"""The local folder in which sealed content lies: a name there is always a whole file, also after a crash."""

import os
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import FileSystemStorage

from commonweal.foundations.personal_data.stores import sync_folder

HALF = ".half"


class DurableFolder(FileSystemStorage):
    """Writes beside, makes durable, then renames. With `is_made` the folder itself is made when it is missing.

    A folder that somebody configured is not made: a missing one is a disk that was not mounted.
    """

    def __init__(self, *, location: Path, is_made: bool = True) -> None:
        super().__init__(
            location=str(location), file_permissions_mode=0o600, directory_permissions_mode=0o700, base_url=None
        )
        self._is_made = is_made

    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        root = Path(self.location)
        if self._is_made:
            root.mkdir(mode=0o700, parents=True, exist_ok=True)
        is_new = not path.parent.exists()
        path.parent.mkdir(mode=0o700, exist_ok=True)
        half = path.with_name(path.name + HALF)
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb", buffering=0) as file:
                _write(file, content)
                os.fsync(file.fileno())
            half.rename(path)
        except BaseException:
            with suppress(OSError):
                half.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
        if is_new:
            sync_folder(root)
        return name

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Names are random and never used twice."""
        return name


def _write(file: IO[bytes], content: Any) -> None:
    for chunk in content.chunks():
        left = memoryview(chunk)
        while left:
            left = left[file.write(left) :]
