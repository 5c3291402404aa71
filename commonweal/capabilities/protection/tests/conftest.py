"""Requests that were made, for tests of what becomes of them."""

from collections.abc import Callable

import pytest

from commonweal.capabilities.protection.actions.requests import Asked, make_request
from commonweal.conftest import Cast, Report

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
