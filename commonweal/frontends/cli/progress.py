"""Short lines that show what a command is doing."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Say = Callable[[str], None]


def say(text: str) -> None:
    """Print one line at once, also through a pipe."""
    print(text, flush=True)


@contextmanager
def timed(tell: Say, doing: str, done: str) -> Iterator[None]:
    """Tell what begins and, when it succeeds, how many seconds it took."""
    tell(f"{doing} ...")
    began = time.monotonic()
    yield
    tell(f"{done} ({time.monotonic() - began:.0f} s)")
