"""A browser, and the people of the demonstration at it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, Protocol, TypeVar

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.journeys.acting import Person
from tests.journeys.residents import Resident
from tests.journeys.signing_in import SignIns
from tests.journeys.staff import Colleague
from tests.stack.stack import Stack

P = TypeVar("P", bound=Person)


class Seat(Protocol):
    """Sits somebody down at a browser of their own: of the demonstration and signed in, or nobody in particular.

    `options` are the browser's: how wide it is, whether it runs scripts.
    """

    def __call__(self, kind: type[P], email: str = "", **options: Any) -> P: ...


_PATIENCE = 60_000
expect.set_options(timeout=_PATIENCE)
_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium, closed before other tests go on: Playwright's loop would forbid them the database."""
    path = os.environ.get("COMMONWEAL_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=_OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def sign_ins(browser: Browser, stack: Stack) -> SignIns:
    """Who has signed in already."""
    return SignIns(browser, stack.address)


@pytest.fixture
def seat(browser: Browser, stack: Stack, sign_ins: SignIns) -> Iterator[Seat]:
    """Sits people down, and closes their browsers in the end."""
    with ExitStack() as closing:

        def sit_down(kind: type[P], email: str = "", **options: Any) -> P:
            held = sign_ins.of(email) if email else None
            context = closing.enter_context(browser.new_context(locale="en-GB", storage_state=held, **options))
            context.set_default_timeout(_PATIENCE)
            return kind(context.new_page(), stack.address)

        yield sit_down


@pytest.fixture
def someone(seat: Seat) -> Resident:
    """Somebody who has not said who they are."""
    return seat(Resident)


@pytest.fixture
def priya(seat: Seat) -> Colleague:
    """A case worker of the waste team in Leeds."""
    return seat(Colleague, "priya@leeds.example")


@pytest.fixture
def grace(seat: Seat) -> Colleague:
    """The manager of the waste team in Leeds."""
    return seat(Colleague, "grace@leeds.example")


@pytest.fixture
def tom(seat: Seat) -> Colleague:
    """A colleague of another team, parks, in Leeds."""
    return seat(Colleague, "tom@leeds.example")


@pytest.fixture
def olu(seat: Seat) -> Colleague:
    """The data protection officer of Leeds."""
    return seat(Colleague, "olu@leeds.example")


@pytest.fixture
def huw(seat: Seat) -> Colleague:
    """An outsider: a case worker in Cardiff."""
    return seat(Colleague, "huw@cardiff.example")


@pytest.fixture
def rosa(seat: Seat) -> Resident:
    """A resident of Leeds with an account."""
    return seat(Resident, "rosa@people.example")
