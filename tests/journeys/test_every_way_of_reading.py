"""The same pages, 320 pixels wide, and without scripts: everything is there and everything works."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys import walks
from tests.journeys.acting import Person
from tests.journeys.conftest import P, Seat
from tests.journeys.residents import Resident
from tests.journeys.staff import Colleague
from tests.stack.reporting import MissedBin, Receipt, report
from tests.stack.stack import Stack

_WHAT_STICKS_OUT = """() => document.documentElement.scrollWidth <= window.innerWidth ? [] : [
    'words, or', ...[...document.body.querySelectorAll('*')].filter(
    each => each.getBoundingClientRect().right > window.innerWidth).map(each => each.tagName + '.' + each.className)]"""

WAYS: dict[str, dict[str, Any]] = {
    "320 pixels wide": {"viewport": {"width": 320, "height": 640}},
    "without scripts": {"java_script_enabled": False},
}


def require_no_sideways_scrolling(page: Page) -> None:
    """Raises AssertionError naming what makes the page wider than its window."""
    found = page.evaluate(_WHAT_STICKS_OUT)
    assert not found, f"{page.url} is wider than its window: {found}"


@pytest.fixture(params=list(WAYS.values()), ids=list(WAYS))
def way(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The options of a browser."""
    options: dict[str, Any] = request.param
    return options


@pytest.fixture
def sit(seat: Seat, way: dict[str, Any]) -> Seat:
    """Sits people down at a browser that shows pages this way."""

    def sit_down(kind: type[P], email: str = "", **options: Any) -> P:
        person = seat(kind, email, **way, **options)
        if not way.get("java_script_enabled", True):
            person.checks.clear()  # axe is a script itself
        person.checks.append(require_no_sideways_scrolling)
        return person

    return sit_down


@pytest.fixture
def receipt(stack: Stack) -> Receipt:
    """Of what somebody reported."""
    return report(stack.address, MissedBin())


def test_public_pages(sit: Seat) -> None:
    walks.walk_public_pages(sit(Person))


def test_a_report(sit: Seat) -> None:
    walks.walk_a_report(sit(Resident))


def test_pages_of_ones_own(sit: Seat) -> None:
    walks.walk_own_pages(sit(Resident, "rosa@people.example"))


def test_a_case(sit: Seat, receipt: Receipt) -> None:
    walks.walk_a_case(sit(Colleague, "priya@leeds.example"), receipt)


def test_the_trace(sit: Seat) -> None:
    walks.walk_the_trace(sit(Colleague, "olu@leeds.example"))
