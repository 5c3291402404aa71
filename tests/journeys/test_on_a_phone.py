"""A case on a phone: what is to be done next is in reach of the thumb, and covers nothing that is being used."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Seat
from tests.journeys.staff import Colleague
from tests.journeys.test_every_way_of_reading import require_no_sideways_scrolling
from tests.stack.reporting import MissedBin, Receipt, report
from tests.stack.stack import Stack

_IS_COVERED = """() => {
    const here = document.activeElement
    const bar = document.querySelector('.cw-next-bar')
    if (here === document.body || bar.contains(here)) return false
    const box = here.getBoundingClientRect(), firstLine = Math.min(box.height, 44)
    return box.top + firstLine > bar.getBoundingClientRect().top + 1
        && bar.getBoundingClientRect().bottom <= innerHeight + 1
        && getComputedStyle(bar).display !== 'none'
}"""
_IS_LAST = """() => {
    const bar = document.querySelector('.cw-next-bar')
    return [...document.querySelectorAll('main a, main button, main input, main select, main textarea')].every(
        each => bar.contains(each) || each.compareDocumentPosition(bar) & Node.DOCUMENT_POSITION_FOLLOWING)
}"""


@pytest.fixture
def receipt(stack: Stack) -> Receipt:
    """Of what somebody reported."""
    return report(stack.address, MissedBin())


def at(seat: Seat, receipt: Receipt, width: int, height: int) -> Colleague:
    """Priya, who has opened the case in a window of this size."""
    priya = seat(Colleague, "priya@leeds.example", viewport={"width": width, "height": height})
    priya.checks.append(require_no_sideways_scrolling)
    priya.opens_the_case(receipt.reference)
    return priya


@pytest.mark.parametrize(("width", "height"), [(320, 640), (390, 844)])
def test_the_next_action_is_there_before_anything_was_scrolled(
    seat: Seat, receipt: Receipt, width: int, height: int
) -> None:
    priya = at(seat, receipt, width, height)
    button = priya.page.locator(".cw-next-bar").get_by_role("button", name="Send the crew back")
    place = button.bounding_box()
    assert place
    assert height / 2 < place["y"] < place["y"] + place["height"] <= height
    priya._go(button)
    priya.sees("The case has moved on.")
    expect(priya.page.locator(".cw-next-bar").get_by_role("button")).to_have_text("Close the case…")


def test_it_is_read_where_it_is_seen_and_covers_nothing_in_use(seat: Seat, receipt: Receipt) -> None:
    """WCAG 1.3.2 and 2.4.3: last on the screen and last in the order; 2.4.11: the focus is never below it."""
    page = at(seat, receipt, 320, 640).page
    assert page.evaluate(_IS_LAST)
    stops = 0
    while not page.evaluate("() => document.activeElement.closest('.cw-next-bar') !== null"):
        page.keyboard.press("Tab")
        assert not page.evaluate(_IS_COVERED), page.evaluate("() => document.activeElement.outerHTML")
        stops += 1
        assert stops < 140
    page.get_by_role("link", name="All that can be done").click()
    expect(page.get_by_role("heading", name="Next", exact=True)).to_be_in_viewport()


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (320, 256)])
def test_it_takes_no_room_beside_the_case_nor_where_everything_is_enlarged(
    seat: Seat, receipt: Receipt, width: int, height: int
) -> None:
    """1280 by 1024 at 400% is 320 by 256."""
    expect(at(seat, receipt, width, height).page.locator(".cw-next-bar")).to_be_hidden()
