"""The tests of the whole have the same cast as the tests beside the code."""

from commonweal.conftest import cast

__all__ = ["cast"]
