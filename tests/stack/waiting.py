"""Waiting for something to become true, since no test sleeps and hopes."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait_until(look: Callable[[], T], what: str, *, patience: float = 90) -> T:
    """The first true answer of `look`. Raises AssertionError, naming `what`, when none comes in `patience` seconds."""
    deadline = time.monotonic() + patience
    while not (found := look()):
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not happen within {patience:.0f} s")
        time.sleep(0.02)
    return found
