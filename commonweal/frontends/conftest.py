"""What every test of a front end begins with."""

import pytest

from commonweal.frontends import who


@pytest.fixture(autouse=True)
def no_organisation_lately(monkeypatch: pytest.MonkeyPatch) -> None:
    """The facts about bodies that an earlier test left behind are forgotten, and do not run out within a test.

    Else how often a page asks the database would depend on when the test began.
    """
    who.organisation_lately.cache_clear()
    monkeypatch.setattr(who, "monotonic", lambda: 0.0)
