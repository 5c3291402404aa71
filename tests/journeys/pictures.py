"""`make pictures`: the tour of the README, photographed from the demonstration that runs at PORT."""

import os
import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.residents import Resident
from tests.journeys.staff import Colleague
from tests.stack.reporting import MissedBin

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
_WIDE, _NARROW = {"width": 1120, "height": 760}, {"width": 360, "height": 740}


def main(address: str) -> None:
    """Walk the tour once, and keep a picture of each stop."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = os.environ.get("COMMONWEAL_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        _tour(chromium, address)
        chromium.close()


def _tour(chromium: Browser, address: str) -> None:
    rosa = Resident(_window(chromium, _NARROW), address)
    _sign_in(rosa, "rosa@people.example")
    rosa.opens("/leeds/missed-collection/")
    _keep(rosa.page, "start-on-a-phone")
    rosa.starts()
    rosa.answers_everything(MissedBin())
    _keep(rosa.page, "check-on-a-phone", is_whole=True)
    receipt = rosa.sends_it()
    _keep(rosa.page, "receipt-on-a-phone")

    priya = Colleague(_window(chromium, _WIDE), address)
    _sign_in(priya, "priya@leeds.example")
    priya.opens_the_worklist()
    _keep(priya.page, "worklist")
    priya.opens_the_case(receipt.reference)
    _keep(priya.page, "case", is_whole=True)
    priya.takes_the_case()
    priya.closes_the_case_as("Collected")

    rosa.page.set_viewport_size(_WIDE)  # type: ignore[arg-type]
    rosa.opens("/leeds/your/openings/")
    _keep(rosa.page, "openings")
    rosa.opens("/leeds/your/information/")
    _keep(rosa.page, "information")

    badge = Resident(_window(chromium, _NARROW), address)
    badge.opens("/leeds/blue-badge/")
    _keep(badge.page, "badge-on-a-phone")

    amina = Colleague(_window(chromium, _WIDE), address)
    _sign_in(amina, "amina@leeds.example")
    amina.opens("/workspace/leeds/cases/")
    _keep(amina.page, "worklist-of-badges")
    amina.page.locator("tbody a").first.click()
    _keep(amina.page, "case-of-a-badge", is_whole=True)

    olu = Colleague(_window(chromium, _WIDE), address)
    _sign_in(olu, "olu@leeds.example")
    olu.opens("/workspace/leeds/protection/requests/")
    _keep(olu.page, "requests")
    olu.looks_at_the_trace()
    _keep(olu.page, "officer")

    home = Resident(_window(chromium, _WIDE), address)
    home.opens("/")
    _keep(home.page, "home")
    home.opens("/language/cy/?next=/cardiff/missed-collection/")
    _keep(home.page, "welsh")


def _window(chromium: Browser, size: dict[str, int]) -> Page:
    return chromium.new_context(locale="en-GB", viewport=size).new_page()  # type: ignore[arg-type]


def _sign_in(person: Resident | Colleague, email: str) -> None:
    """Sign in with what the demonstration's own page shows."""
    person.opens("/demo/")
    row = person.page.locator("tr", has_text=email).first
    password = person.page.locator("main .cw-code").first.inner_text().strip()
    codes = re.findall(r"\b\d{6}\b", row.inner_text())
    person.opens("/account/login/")
    person.fills("Email address", email)
    person.fills("Password", password)
    person.presses("Sign in")
    if isinstance(person, Colleague):
        person.fills("Code", codes[-1])
        person.presses("Sign in")


def _keep(page: Page, name: str, *, is_whole: bool = False) -> None:
    page.screenshot(path=str(FOLDER / f"{name}.png"), full_page=is_whole)


if __name__ == "__main__":
    main(f"http://localhost:{os.environ.get('PORT', '8000')}")
    sys.stdout.write(f"Pictures are in {FOLDER.name}.\n")
