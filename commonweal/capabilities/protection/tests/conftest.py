"""Requests that were made, for tests of what becomes of them."""

from collections.abc import Callable

import pytest

from commonweal.capabilities.protection.actions.requests import Asked, make_request
from commonweal.conftest import Appoint, Cast, Report
from commonweal.foundations.scope.actors import Staff
from tests.scenes.copying import Copying

AskedFor = Callable[..., Asked]


@pytest.fixture
def asked_for(cast: Cast, report: Report) -> AskedFor:
    """Rosa, of whom Leeds has a case, asks for something while signed in."""
    reported: list[str] = []

    def ask(kind: str, **said: str) -> Asked:
        if not reported:
            reported.append(report(cast.rosa))
        words = {"words": "The address is wrong", **said}
        return make_request(cast.rosa, organisation=cast.leeds, kind=kind, **words)  # type: ignore[arg-type]

    return ask


@pytest.fixture
def copying(cast: Cast) -> Copying:
    """Rosa's request for a copy, with the search done."""
    made = Copying(cast)
    made.search()
    return made


@pytest.fixture
def ada(appoint: Appoint) -> Staff:
    """A second data protection officer of Leeds."""
    return appoint("Ada Whitfield", "data_protection_officer")
