"""Being asked to stop: by a signal, or by the terminal going away."""

import os
import select
import signal
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from commonweal.frontends.cli.progress import fall_silent


class Stopped(BaseException):
    """Somebody asked us to stop."""


class Terminal:
    """The terminal that we were started from, if there is one.

    Where `make` leads the session, as in `ssh -t host make run`, it alone is told that the terminal went away, and
    waits for us: so we look ourselves.
    """

    def __init__(self, descriptor: int = 0) -> None:
        self._poll = select.poll()
        # A terminal that is gone already does not call itself one any more; it is still a device, as no pipe is.
        with suppress(OSError):
            if stat.S_ISCHR(os.fstat(descriptor).st_mode):
                self._poll.register(descriptor, 0)

    def look(self) -> None:
        """Raises Stopped when it is gone."""
        if self._poll.poll(0):
            fall_silent()
            raise Stopped


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn the signals that ask us to stop into `Stopped`, once: stopping is not interrupted.

    Who ignores that the terminal goes away, as `nohup` does, wants us to stay.
    """
    numbers = {signal.SIGINT, signal.SIGTERM}
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        numbers.add(signal.SIGHUP)

    def stop(number: int, frame: FrameType | None) -> None:
        for each in numbers:
            signal.signal(each, signal.SIG_IGN)
        if number == signal.SIGHUP:
            fall_silent()
        raise Stopped

    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
