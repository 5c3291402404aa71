"""One run per folder."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from commonweal.frontends.cli.installation import Installation
from commonweal.frontends.cli.locks import Held, Lock
from commonweal.frontends.cli.problems import Problem


@contextmanager
def only_one(installation: Installation) -> Iterator[None]:
    """Hold the folder for this run. Raises Problem when another run has it."""
    lock = Lock(installation.var / "run.lock")
    try:
        lock.take(f"process {os.getpid()}, http://localhost:{installation.port}")
    except Held as held:
        raise Problem(
            f"Commonweal already runs from this folder ({held.note}): use that one, or stop it first."
        ) from None
    with lock:
        yield
