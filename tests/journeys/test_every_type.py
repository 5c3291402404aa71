"""Every type of question is asked well: narrow, without scripts, in Welsh, by keyboard; axe looks at each page."""

import subprocess
import sys
from typing import Any

import pytest
from playwright.sync_api import expect

from commonweal.frontends.cli.installation import ROOT
from commonweal.frontends.website.tests.everything import DECLARATION, TYPED
from tests.journeys.conftest import Seat
from tests.journeys.keyboard import Keyboard
from tests.journeys.residents import Resident
from tests.journeys.test_every_way_of_reading import WAYS, require_no_sideways_scrolling
from tests.journeys.test_in_welsh import require_welsh
from tests.stack.stack import Stack

pytestmark = pytest.mark.usefixtures("offered")

MISTAKES: dict[str, dict[str, Any]] = {
    "you": {"email": "rosa at home", "born-day": "31", "born-month": "2", "born-year": "1984", "moved-day": "1"},
    "home": {"home-postcode": "LS1"},
    "amounts": {"rent": "much", "people": "21", "weight": "1.25"},
    "numbers": {"insurance": "BG123456C", "nhs": "9434765871", "car": "?", "earlier": "BCDF-2345-X"},
    "more": {"broke-year": "26"},
    "where": {"place-postcode": "LS1"},
}
"""What somebody types wrongly at first; the other pages they leave empty."""


@pytest.fixture(scope="module")
def offered(stack: Stack) -> None:
    """Leeds offers the service."""
    command = [sys.executable, "-m", "tests.stack.offering", "leeds", str(DECLARATION)]
    subprocess.run(command, cwd=ROOT, env=stack.web.environment, check=True, timeout=180)


class Applicant(Resident):
    """Somebody who answers pages by the names of their fields, in whichever language they read them."""

    def begins(self) -> None:
        """They go to the first page."""
        self.opens("/leeds/every-type/apply/")

    def walks_through(self) -> None:
        """They get each page wrong once, then right, and send it all."""
        self.begins()
        for page, typed in TYPED.items():
            assert self.path.endswith(f"/{page}/"), self.path
            if typed:
                self.answers(MISTAKES.get(page, {}))
                self.continues()
                assert self.status == 422
                assert self.page.locator(".govuk-error-summary a").count() >= 1
            self.answers(typed)
            self.continues()
        assert self.path.endswith("/check/"), self.path
        self.sees("£1,200.50", "AB 12 34 56 C", "943 476 5870", "AB12 CDE", "07700 900123", "LS1 1UR")
        self.continues()


@pytest.mark.parametrize("options", [{}, *WAYS.values()], ids=["as most do", *WAYS])
def test_all_of_it_is_answered_and_sent(seat: Seat, options: dict[str, Any]) -> None:
    someone = seat(Applicant, **options)
    if not options.get("java_script_enabled", True):
        someone.checks.clear()  # axe is a script itself
    someone.checks.append(require_no_sideways_scrolling)
    someone.walks_through()
    someone.reads_the_receipt()


def test_all_of_it_is_in_welsh(seat: Seat) -> None:
    someone = seat(Applicant)
    someone.opens("/")
    someone.follows("Cymraeg")
    someone.checks.append(require_welsh)
    someone.walks_through()
    someone.sees_heading("Mae gennym ni")


def test_an_error_leads_to_its_field(seat: Seat) -> None:
    someone = seat(Applicant)
    someone.begins()
    someone.continues()
    someone.answers(TYPED["you"] | {"born-year": "84"})
    someone.continues()
    someone.page.locator(".govuk-error-summary a").click()
    assert someone.page.evaluate("document.activeElement.name") == "born-year"


def test_by_keyboard_what_rules_out_the_others_unticks_them(seat: Seat) -> None:
    someone = seat(Applicant)
    someone.begins()
    for page in ("before", "you", "home", "amounts"):
        someone.answers(TYPED[page])
        someone.continues()
    keys = Keyboard(someone.page)
    for label in ("Help with bins", "Hot meals", "None of these"):
        keys.goes_to(label)
        someone.page.keyboard.press("Space")
    ticked = someone.page.locator("input:checked")
    expect(ticked).to_have_count(1)
    expect(ticked).to_have_value("none")
    keys.goes_to("Continue")
    with someone.page.expect_navigation():
        someone.page.keyboard.press("Enter")
    assert someone.path.endswith("/numbers/")
