"""Faults break a stack of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stack.reporting import MissedBin, fill_in
from tests.stack.stack import Stack
from tests.stack.visiting import Visitor


@pytest.fixture(scope="package")
def stack(seed: Path, worker_id: str) -> Iterator[Stack]:
    """A running stack to break; each test leaves it whole again."""
    made = Stack(seed, seed.with_name(f"breakable-{worker_id}"))
    try:
        yield made.start()
    finally:
        made.stop()


@pytest.fixture
def told() -> MissedBin:
    """What a resident reports."""
    return MissedBin()


@pytest.fixture
def resident(stack: Stack, told: MissedBin) -> Visitor:
    """A resident who has filled in everything and is about to send it."""
    visitor = Visitor(stack.address)
    fill_in(visitor, told)
    return visitor
