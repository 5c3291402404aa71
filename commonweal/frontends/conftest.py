"""What every test of a front end begins with."""

import pytest

from commonweal.frontends import who


@pytest.fixture(autouse=True)
def no_organisation_lately() -> None:
    """The facts about bodies that an earlier test left behind are forgotten."""
    who.organisation_lately.cache_clear()
