"""Folders for what lies in plain text while a document is made: of their owner alone, and never left behind."""

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
    """A folder that goes when the work ends, where others cannot read; what stopped processes left goes first."""
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
