"""After signing out nothing stays behind the Back button."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.residents import Resident
from tests.journeys.signing_in import sign_in
from tests.stack.reporting import MissedBin
from tests.stack.stack import Stack


@pytest.fixture
def gone(browser: Browser, stack: Stack) -> Iterator[Resident]:
    """Rosa, who has reported a bin and read who opened what, and then signed out."""
    with browser.new_context(locale="en-GB") as context:
        rosa = Resident(context.new_page(), stack.address)
        sign_in(rosa, "rosa@people.example")
        receipt = rosa.reports(MissedBin(name="Rosa Delgado"))
        rosa.looks_at_their_applications()
        rosa.sees(receipt.reference)
        rosa.looks_at_who_opened_their_information()
        rosa.presses("Sign out")
        rosa.presses_if_asked("Sign out")
        yield rosa


def test_the_back_button_shows_nothing_of_theirs(gone: Resident) -> None:
    for _page in range(3):
        gone.goes_back()
        gone.sees_nowhere("rosa@people.example", "Rosa Delgado", "When your information was opened –")


def test_no_page_of_theirs_may_be_kept(browser: Browser, stack: Stack, rosa: Resident) -> None:
    for path in ("/account/", "/leeds/your/", "/leeds/your/openings/", "/leeds/your/claim/", "/leeds/"):
        answer = rosa.page.goto(stack.address + path)
        assert answer is not None
        assert answer.headers["cache-control"] == "no-store", path
