"""Folders for unencrypted files while a document is made: only their owner can read them, and they are removed."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from commonweal.foundations.clocks.now import now

_LONGEST = 60 * 60
"""Seconds after which a folder is what a process left behind that was stopped: no document takes as long."""


@contextmanager
def working_folder() -> Iterator[Path]:
    """A private folder that is removed when the work ends; what killed processes left is removed first."""
    place = Path(settings.VAR) / "working"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    place.chmod(0o700)
    for left in place.iterdir():
        _sweep(left)
    with TemporaryDirectory(dir=place) as folder:
        yield Path(folder)


def _sweep(left: Path) -> None:
    try:
        is_old = now().timestamp() - left.stat().st_mtime > _LONGEST
    except FileNotFoundError:
        return
    if is_old:
        shutil.rmtree(left, ignore_errors=True)
