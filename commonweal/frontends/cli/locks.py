"""One command at a time: a lock that the kernel lets go of when its holder dies, however it dies."""

import fcntl
import os
import time
from pathlib import Path
from types import TracebackType


class Held(Exception):
    """Another process holds the lock; `note` is what it wrote about itself."""

    def __init__(self, note: str) -> None:
        super().__init__(note)
        self.note = note


class Lock:
    """An advisory lock on a file, which carries a note about its holder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def take(self, note: str, *, patience: float = 0) -> None:
        """Take the lock, waiting up to `patience` seconds. Raises Held."""
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() < deadline:
                    time.sleep(0.1)
                    continue
                text = os.read(descriptor, 1000).decode(errors="replace").strip()
                os.close(descriptor)
                raise Held(text) from None
        self._descriptor = descriptor
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, note.encode(), 0)

    def release(self) -> None:
        """Let go. The file stays: removing it would let two holders in."""
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> "Lock":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
