"""Standing loops: work that looks for itself every so often, without a queue entry for each piece."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from django.db import close_old_connections

from commonweal.foundations.tasks.dispatcher import dispatch
from commonweal.foundations.tasks.pruning import prune_delivered

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Loop:
    """`work` returns how many pieces it did; when it did any, it is called again at once."""

    work: Callable[[], int]
    seconds: float


LOOPS: list[Loop] = [Loop(dispatch, 0.2), Loop(prune_delivered, 3600)]


def standing(*, seconds: float) -> Callable[[Callable[[], int]], Callable[[], int]]:
    """Register a function that the worker calls every `seconds` for as long as it runs."""

    def register(work: Callable[[], int]) -> Callable[[], int]:
        LOOPS.append(Loop(work, seconds))
        return work

    return register


def keep_running(loop: Loop, stop: threading.Event) -> None:
    """Call the loop's work until `stop` is set. A failure (the database restarting) is logged and tried again."""
    while not stop.is_set():
        did = 0
        try:
            did = loop.work()
        except Exception as error:  # one failure must not stop the rest
            logger.error("%s failed and will be tried again: %s", loop.work.__qualname__, type(error).__name__)
        finally:
            close_old_connections()
        if not did:
            stop.wait(loop.seconds)
