"""Keeping processes up: a crashed one is started again, a few times, with growing pauses."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from commonweal.frontends.cli.children import Child
from commonweal.frontends.cli.postgres.server import Server
from commonweal.frontends.cli.problems import Problem
from commonweal.frontends.cli.progress import say

PAUSES = (0.5, 1, 2, 4, 8)
MEMORY = 120
DAY = 24 * 60 * 60


@dataclass
class Patience:
    """Counts the crashes of one process; those older than two minutes are forgotten."""

    crashes: list[float] = field(default_factory=list)

    def pause(self, now: float) -> float | None:
        """How many seconds to wait before the next start; None when it has crashed too often."""
        self.crashes = [moment for moment in self.crashes if now - moment < MEMORY] + [now]
        return PAUSES[len(self.crashes) - 1] if len(self.crashes) <= len(PAUSES) else None


class Chore(Protocol):
    """What is looked at while all is well."""

    def look(self) -> None: ...


class Daily:
    """A program that is run once a day. Nobody waits for it; one that fails is run again the next day."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self._due = time.monotonic() + DAY

    def look(self) -> None:
        """Start it when a day has passed."""
        if time.monotonic() >= self._due and not self.child.is_alive:
            self._due = time.monotonic() + DAY
            self.child.finish(time.monotonic())
            self.child.start()


def supervise(children: Sequence[Child], server: Server | None, *, chores: Sequence[Chore] = ()) -> None:
    """Watch for ever. Raises Problem when something crashes again and again."""
    patience = {name: Patience() for name in ("database", *(child.name for child in children))}
    while True:
        if server and not server.is_running:
            _pause("database", patience["database"], str(server.log))
            server.restart()
            say("Database: running again")
        for child in children:
            if not child.is_alive:
                _pause(child.name, patience[child.name], str(child.log))
                child.finish(time.monotonic())
                child.start()
        for chore in chores:
            chore.look()
        time.sleep(0.2)


def _pause(name: str, patience: Patience, log: str) -> None:
    seconds = patience.pause(time.monotonic())
    if seconds is None:
        raise Problem(f"The {name} stopped {len(PAUSES) + 1} times in two minutes: what it said is in {log}.")
    say(f"The {name} stopped; starting it again (what it said is in {log})")
    time.sleep(seconds)
