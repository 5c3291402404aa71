"""The stacks that tests ask for by name."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stack.seed import shared_seed
from tests.stack.stack import Stack


@pytest.fixture(scope="session")
def seed() -> Path:
    """The folder that every stack of this session begins as a copy of."""
    return shared_seed(Path(os.environ["COMMONWEAL_VAR"]))


@pytest.fixture(scope="session")
def stack(seed: Path, worker_id: str) -> Iterator[Stack]:
    """One running stack for all tests of this process that leave it whole."""
    made = Stack(seed, seed.with_name(f"stack-{worker_id}"))
    try:
        yield made.start()
    finally:
        made.stop()
