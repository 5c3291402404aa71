"""Counters stay until they run out: nobody makes them forgotten by having others counted."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from commonweal.foundations.clocks.now import now
from commonweal.frontends.counters import CounterCache


@pytest.fixture
def counters() -> Iterator[CounterCache]:
    """Counters of this test's own."""
    made = CounterCache("test_counters", {})
    yield made
    made.clear()


@pytest.mark.parametrize("others", [301, 5_000])
def test_other_counters_push_none_out(counters: CounterCache, others: int) -> None:
    counters.add("rosa", 4, timeout=600)
    for number in range(others):
        counters.add(f"other {number}", 1, timeout=600)
    assert counters.incr("rosa") == 5


def test_when_full_what_ran_out_goes_first() -> None:
    full = CounterCache("test_full", {"OPTIONS": {"MAX_ENTRIES": 20}})
    full.add("over", 1, timeout=-1)
    for number in range(19):
        full.add(f"counting {number}", 1, timeout=600)
    full.add("another", 1, timeout=600)
    assert all(full.get(f"counting {number}") == 1 for number in range(19))
    assert full.get("another") == 1
    full.clear()


def test_when_full_of_what_counts_the_least_time_left_goes() -> None:
    full = CounterCache("test_full_of_counting", {"OPTIONS": {"MAX_ENTRIES": 20}})
    for number in range(20):
        full.add(f"counting {number}", 1, timeout=600 + number)
    full.add("another", 1, timeout=5)
    assert [number for number in range(20) if full.get(f"counting {number}") is None] == [0, 1]
    assert full.get("another") == 1
    full.clear()


def test_a_sweep_tells_how_many_ran_out(counters: CounterCache) -> None:
    counters.add("soon", 1, timeout=1)
    counters.add("later", 1, timeout=600)
    assert counters.sweep(now() + timedelta(seconds=2)) == 1
    assert counters.get("later") == 1
