"""A browser, and the people of the demonstration at it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Protocol, TypeVar

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.acting import Person
from tests.journeys.residents import Resident
from tests.journeys.signing_in import SignIns
from tests.journeys.staff import Colleague
from tests.stack.stack import Stack

P = TypeVar("P", bound=Person)


class Seat(Protocol):
    """Sits somebody of the demonstration down at a browser, signed in."""

    def __call__(self, kind: type[P], email: str) -> P: ...


_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium, closed before other tests go on: Playwright's loop would forbid them the database."""
    path = os.environ.get("COMMONWEAL_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=_OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture
def someone(browser: Browser, stack: Stack) -> Iterator[Resident]:
    """Somebody who has not said who they are."""
    with browser.new_context(locale="en-GB") as context:
        yield Resident(context.new_page(), stack.address)


@pytest.fixture(scope="package")
def sign_ins(browser: Browser, stack: Stack) -> SignIns:
    """Who has signed in already."""
    return SignIns(browser, stack.address)


@pytest.fixture
def seat(browser: Browser, stack: Stack, sign_ins: SignIns) -> Iterator[Seat]:
    """Sits people of the demonstration down, each at a browser of their own."""
    with ExitStack() as closing:

        def sit_down(kind: type[P], email: str) -> P:
            context = browser.new_context(locale="en-GB", storage_state=sign_ins.of(email))
            closing.enter_context(context)
            return kind(context.new_page(), stack.address)

        yield sit_down


@pytest.fixture
def priya(seat: Seat) -> Colleague:
    """A case worker of the waste team in Leeds."""
    return seat(Colleague, "priya@leeds.example")


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
