"""Nobody needs a mouse: a report is sent and a case is closed with Tab, Enter, Space, arrows and letters."""

import pytest

from tests.journeys.keyboard import Keyboard
from tests.journeys.residents import Resident
from tests.journeys.staff import Colleague
from tests.stack.reporting import MissedBin, Receipt, report
from tests.stack.stack import Stack


@pytest.fixture
def receipt(stack: Stack) -> Receipt:
    """Of what somebody reported."""
    return report(stack.address, MissedBin())


def test_a_resident_reports(someone: Resident) -> None:
    told, keys = MissedBin(), Keyboard(someone.page)
    someone.opens("/leeds/")
    keys.follows("Report a missed bin collection")
    keys.presses("Start now")
    keys.chooses("General waste", downwards=2)
    keys.presses("Continue")
    for part, number in (("Day", told.due.day), ("Month", told.due.month), ("Year", told.due.year)):
        keys.types_into(part, str(number))
    keys.follows("Continue")
    keys.types_into("Address the bin belongs to", told.address)
    keys.types_into("Postcode", told.postcode)
    keys.follows("Continue")
    keys.types_into("Full name", told.name)
    keys.types_into("Email address", told.email)
    keys.follows("Continue")
    someone.sees(told.bin, told.address, told.name)
    keys.follows("Change Full name")
    keys.types_into("Full name", "Marian Thistlewood-Grey")
    keys.follows("Continue")
    someone.sees("Marian Thistlewood-Grey")
    keys.presses("Send")

    someone.reads_the_receipt()


def test_the_skip_link_comes_first(someone: Resident) -> None:
    someone.opens("/leeds/missed-collection/")
    keys = Keyboard(someone.page)
    someone.page.keyboard.press("Tab")

    assert someone.page.evaluate("document.activeElement.innerText") == "Skip to main content"
    someone.page.keyboard.press("Enter")
    keys.goes_to("Start now")


def test_a_case_worker_closes_a_case(priya: Colleague, receipt: Receipt) -> None:
    keys = Keyboard(priya.page)
    priya.opens_the_worklist("unassigned")
    while receipt.reference not in priya.text:
        keys.follows("Next page →")
    keys.follows(receipt.reference)
    keys.types_into("For the person who deals with it next", "All by keyboard")
    keys.presses("Send the crew back")
    priya.sees("The case has moved on.", "All by keyboard")
    keys.follows("Close the case…")
    keys.chooses("Collected", downwards=1)
    keys.presses("Close the case and tell the applicant")

    priya.sees("Not out when the crew came")
