"""Rotates for real, and kills itself at a named point: `python -m tests.faults.keys_killing POINT`.

With `fill COUNT` it makes keys to rotate instead.
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import django

AT_ONCE = 50
BODIES = (1, 2, 3)


def die(*_arguments: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def dies_after(module: Any, name: str, *, times: int = 1) -> None:
    """Let a function do its work so many times, the last time for the last time."""
    function: Callable[..., Any] = getattr(module, name)
    calls: list[int] = []

    def work(*arguments: Any, **named: Any) -> Any:
        result = function(*arguments, **named)
        calls.append(1)
        if len(calls) == times:
            die()
        return result

    setattr(module, name, work)


def arm(point: str) -> None:
    """Lay the trap."""
    from commonweal.foundations.personal_data import exports, rotation, stores
    from commonweal.foundations.personal_data.wrapping import Keyring
    from commonweal.foundations.tasks import keys

    rotation.AT_ONCE = AT_ONCE
    traps: dict[str, Callable[[], None]] = {
        "new keyring half written": lambda: dies_after(stores, "_write_durably"),
        "new key added": lambda: dies_after(stores.FileStore, "save"),
        "old key retired": lambda: dies_after(rotation, "retire"),
        "some keys wrapped": lambda: dies_after(keys, "wrap_anew", times=2),
        "in the middle of a batch": lambda: dies_after(Keyring, "wrap", times=AT_ONCE + 20),
        "all keys wrapped": lambda: dies_after(keys, "_wrap_all"),
        "export half written": lambda: dies_after(exports, "_write"),
        "export written": lambda: dies_after(keys, "export"),
        "last keyring half written": lambda: dies_after(stores, "_write_durably", times=2),
        "old key destroyed": lambda: dies_after(stores.FileStore, "save", times=2),
    }
    traps[point]()


POINTS = (
    "new keyring half written",
    "new key added",
    "old key retired",
    "some keys wrapped",
    "in the middle of a batch",
    "all keys wrapped",
    "export half written",
    "export written",
    "last keyring half written",
    "old key destroyed",
)


def fill(count: int) -> None:
    """So many keys in each of several organisations."""
    from commonweal.foundations.actions.action import action
    from commonweal.foundations.audit.record import record
    from commonweal.foundations.personal_data import keys
    from commonweal.foundations.scope.actors import System

    @action()
    def make_keys(actor: System, *, organisation: int) -> None:
        record("tests.key")
        for _number in range(count):
            keys.key_for_subject(uuid4(), "people.closed")

    for organisation in BODIES:
        make_keys(System(task="tests.fill"), organisation=organisation)


def main() -> int:
    django.setup()
    if sys.argv[1] == "fill":
        fill(int(sys.argv[2]))
        return 0
    arm(sys.argv[1])
    from commonweal.frontends.cli.main import main as run

    return run(["keys", "rotate"])


if __name__ == "__main__":
    raise SystemExit(main())
