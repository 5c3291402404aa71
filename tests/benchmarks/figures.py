"""Measuring two things in turns, so that a noisy machine is noisy for both."""

import json
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Barrier

from django.db import connections

Work = Callable[[], object]

_WARM_UP = 5


@dataclass(frozen=True)
class Figure:
    """One line of the table: `ratio` is `value / floor`, both measured in this run; `n` is how often each was."""

    name: str
    value: float
    unit: str
    floor: float
    ratio: float
    n: int


def per_second(name: str, work: Work, floor: Work, *, n: int) -> Figure:
    """How often a second `work` is done, beside `floor`: higher is better, a ratio of 1 costs what the floor does."""
    ours, theirs = in_turns([work, floor], n)
    return Figure(name, 1 / ours, "1/s", 1 / theirs, theirs / ours, n)


def per_second_at_once(name: str, works: Sequence[Work], floors: Sequence[Work], *, threads: int, n: int) -> Figure:
    """The same for many people at once, each with work of their own, over as many threads as a web process has."""
    with ThreadPoolExecutor(threads) as pool:
        ours, theirs = in_turns([lambda: _all(pool, works), lambda: _all(pool, floors)], n)
        _give_connections_back(pool, threads)
    return Figure(name, len(works) / ours, "1/s", len(floors) / theirs, theirs * len(works) / ours / len(floors), n)


def _all(pool: Executor, works: Iterable[Work]) -> None:
    for done in [pool.submit(work) for work in works]:
        done.result()


def _give_connections_back(pool: Executor, threads: int) -> None:
    """A thread that ends with its connection leaves one fewer to whatever is measured next."""
    together = Barrier(threads)

    def give_back() -> None:
        together.wait()
        connections.close_all()

    _all(pool, [give_back] * threads)


def share(name: str, part: float, whole: float, *, n: int) -> Figure:
    """Which share of `whole` seconds a part of it takes; its floor is the whole, 1."""
    return Figure(name, part / whole, "share", 1.0, part / whole, n)


def in_turns(works: list[Work], n: int) -> list[float]:
    """The median seconds of each, done one after another `n` times."""
    for work in works * _WARM_UP:
        work()
    taken: list[list[float]] = [[] for _work in works]
    for _turn in range(n):
        for work, seconds in zip(works, taken, strict=True):
            began = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - began)
    return [statistics.median(seconds) for seconds in taken]


def report(figures: list[Figure], path: Path) -> None:
    """Print the table and write it as JSON."""
    print(f"{'figure':<24}{'value':>12} {'unit':<6}{'floor':>12}{'ratio':>8}{'n':>7}")
    for figure in figures:
        print(
            f"{figure.name:<24}{figure.value:>12.3f} {figure.unit:<6}"
            f"{figure.floor:>12.3f}{figure.ratio:>8.2f}{figure.n:>7}"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(figure) for figure in figures], indent=2) + "\n")
