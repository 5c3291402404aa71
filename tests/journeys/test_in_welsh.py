"""Whoever chooses Welsh gets Welsh: every page says that it is, and no English words of ours are left."""

from functools import cache
from itertools import chain
from typing import Any

import pytest
import yaml
from babel.messages.pofile import read_po
from django.conf import settings
from playwright.sync_api import Page

from commonweal.frontends.demo_people import PARKS, WASTE
from tests.journeys import walks
from tests.journeys.acting import Person
from tests.journeys.conftest import P, Seat
from tests.journeys.residents import Resident
from tests.journeys.staff import Colleague
from tests.stack.reporting import MissedBin, Receipt, report
from tests.stack.stack import Stack


def require_welsh(page: Page) -> None:
    """Raises AssertionError when the page is not in Welsh, or a line of it is one of our English ones."""
    assert page.locator("html").get_attribute("lang") == "cy", page.url
    # Of the messages in the inbox each is in the language of whom it was written to.
    shown = page.locator("h1" if "/demo/inbox/" in page.url else "body").inner_text().split("\n")
    left = sorted({line.strip() for line in shown} & _english())
    assert not left, f"{page.url} still says {left}"


@cache
def _english() -> frozenset[str]:
    """What we say in English and say otherwise in Welsh: in the catalogue, and in the declared services."""
    with (settings.LOCALE_PATHS[0] / "cy" / "LC_MESSAGES" / "django.po").open("rb") as file:
        said = [(message.id, message.string) for message in read_po(file) if isinstance(message.id, str)]
    services = [yaml.safe_load(path.read_text()) for path in settings.SERVICES.glob("*/service.yaml")]
    pairs = chain(said, *(_pairs(service) for service in services))
    ours = frozenset(english for english, welsh in pairs if english and english != welsh)
    teams = {WASTE, PARKS, *(service["team"] for service in services)}
    return ours - teams  # a team's name is its own, in whichever language


def _pairs(value: Any) -> list[tuple[str, str]]:
    if isinstance(value, dict) and {"en", "cy"} <= set(value):
        return [(value["en"], value["cy"])]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [pair for each in inner for pair in _pairs(each)]


@pytest.fixture
def sit(seat: Seat) -> Seat:
    """Sits people down who have chosen Welsh."""

    def sit_down(kind: type[P], email: str = "", **options: Any) -> P:
        person = seat(kind, email, **options)
        person.opens("/")
        person.follows("Cymraeg")
        person.checks.append(require_welsh)
        return person

    return sit_down


@pytest.fixture
def receipt(stack: Stack) -> Receipt:
    """Of what somebody reported."""
    return report(stack.address, MissedBin())


def test_public_pages(sit: Seat) -> None:
    """But for other people's messages, which are in the language of each."""
    walks.walk_public_pages(sit(Person), but_for=walks.INBOX)


def test_pages_of_ones_own(sit: Seat) -> None:
    walks.walk_own_pages(sit(Resident, "rosa@people.example"))


def test_a_report(someone: Resident) -> None:
    """The pages are filled in once, then looked at again in Welsh, and sent from there."""
    someone.begins_a_report()
    pages = []
    for answer in (someone.says_which_bin, someone.says_when, someone.says_where, someone.says_who):
        pages.append(someone.path)
        answer(MissedBin())
    check = someone.path
    someone.follows("Cymraeg")
    someone.checks.append(require_welsh)

    for path in ("/leeds/missed-collection/", *pages, check):
        someone.opens(path)
    someone.presses("Anfon")
    someone.sees_heading("Mae gennym ni")


def test_a_case(sit: Seat, receipt: Receipt) -> None:
    priya = sit(Colleague, "priya@leeds.example")
    for show in ("", "mine", "unassigned", "overdue", "closed"):
        priya.opens_the_worklist(show)
    priya.page.locator("[data-search-box]").fill("Thistlewood")
    priya.page.keyboard.press("Enter")
    priya.page.wait_for_url("**/find/?search=*")
    priya.opens_the_case(receipt.reference)
    priya.opens(f"/workspace/leeds/cases/{receipt.reference}/close/")


def test_the_trace(sit: Seat) -> None:
    walks.walk_the_trace(sit(Colleague, "olu@leeds.example"))


def test_a_refusal(sit: Seat, receipt: Receipt) -> None:
    tom = sit(Colleague, "tom@leeds.example")
    tom.opens_the_case(receipt.reference)

    assert tom.status == 403
