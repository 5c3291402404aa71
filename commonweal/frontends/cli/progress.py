"""Short lines that show what a command is doing."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Say = Callable[[str], None]


def say(text: str) -> None:
    """Print one line at once, also through a pipe."""
    print(text, flush=True)


def fall_silent() -> None:
    """Say nothing more to where nobody reads it, as a pipe or a terminal that is gone, also not at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def timed(tell: Say, doing: str, done: str) -> Iterator[None]:
    """Tell what begins and, when it succeeds, how many seconds it took."""
    tell(f"{doing} ...")
    began = time.monotonic()
    yield
    tell(f"{done} ({time.monotonic() - began:.0f} s)")
