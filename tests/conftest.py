"""The tests of the whole have the same cast as the tests beside the code, and running stacks."""

from commonweal.conftest import cast
from tests.stack.fixtures import seed, stack

__all__ = ["cast", "seed", "stack"]
