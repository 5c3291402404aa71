"""A member of staff reads Welsh on a small phone: longer words widen no page, and none of ours is left in English."""

import pytest

from tests.journeys.conftest import Seat
from tests.journeys.staff import Colleague
from tests.journeys.test_every_way_of_reading import require_no_sideways_scrolling
from tests.journeys.test_in_welsh import require_welsh
from tests.stack.reporting import MissedBin, Receipt, report
from tests.stack.stack import Stack

DESK = "/workspace/leeds"


@pytest.fixture
def receipt(stack: Stack) -> Receipt:
    """Of what somebody reported."""
    return report(stack.address, MissedBin())


def in_welsh(seat: Seat, email: str) -> Colleague:
    """Somebody at a phone of 320 pixels, who has chosen Welsh."""
    person = seat(Colleague, email, viewport={"width": 320, "height": 640})
    person.opens("/")
    person.follows("Cymraeg")
    person.checks += [require_welsh, require_no_sideways_scrolling]
    return person


def test_a_case_and_its_pages(seat: Seat, receipt: Receipt) -> None:
    grace = in_welsh(seat, "grace@leeds.example")
    case = f"{DESK}/cases/{receipt.reference}"
    for path in (f"{DESK}/cases/?service=missed_collection", f"{DESK}/cases/?show=inbox", f"{DESK}/workload/"):
        grace.opens(path)
    for page in ("", "chronology/", "close/", "visit/", "safety/", "died/", "documents/"):
        grace.opens(f"{case}/{page}")


def test_safety_markers_and_break_glass(seat: Seat) -> None:
    grace = in_welsh(seat, "grace@leeds.example")
    for page in ("safety", "break-glass"):
        grace.opens(f"{DESK}/{page}/")


def test_what_the_officer_sees_of_safety_markers(seat: Seat) -> None:
    in_welsh(seat, "olu@leeds.example").opens(f"{DESK}/protection/safety/")
