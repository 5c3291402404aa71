"""Somebody is asked for a photo and sends it as their answer; the desk looks at it, and gives a document back."""

from typing import Any

import pytest
from playwright.sync_api import FilePayload, expect

from tests.journeys.conftest import Seat
from tests.journeys.residents import Resident
from tests.journeys.staff import Colleague
from tests.journeys.test_a_complaint_is_answered import acknowledges, asks, complains
from tests.journeys.test_every_way_of_reading import WAYS, require_no_sideways_scrolling
from tests.journeys.test_giving_files import photo
from tests.stack.reporting import Receipt

LETTER = "What the firm wrote.txt"


class Asked(Resident):
    """Somebody who is asked for a photo."""

    def comes_to_the_question(self, receipt: Receipt) -> None:
        """With reference and secret code they find what is asked of them."""
        self.asks_how_far_it_is(receipt)
        self.presses("See what it is and answer")

    def gives(self, *names: str) -> None:
        """They choose photos, and add them where a script does not."""
        self.page.get_by_label("Photos or documents").set_input_files([photo(name) for name in names])
        if self.page.get_by_role("button", name="Add the files you chose").is_visible():
            self.presses("Add the files you chose")

    def sees_given(self, *names: str) -> None:
        """These files are listed, in this order."""
        expect(self.page.locator("[data-upload-given] li a")).to_have_text(list(names))


@pytest.fixture
def ben(seat: Seat) -> Colleague:
    """A case worker of the complaints team."""
    return seat(Colleague, "ben@leeds.example")


@pytest.mark.parametrize("options", [{}, *WAYS.values()], ids=["as most do", *WAYS])
def test_a_photo_is_asked_for_given_and_looked_at(seat: Seat, ben: Colleague, options: dict[str, Any]) -> None:
    someone = seat(Asked, **options)
    if not options.get("java_script_enabled", True):
        someone.checks.clear()  # axe is a script itself
    someone.checks.append(require_no_sideways_scrolling)
    receipt = complains(someone)
    acknowledges(ben, receipt)
    asks(ben)

    someone.comes_to_the_question(receipt)
    someone.gives("lift.jpg", "stairs.jpg")
    someone.sees_given("lift.jpg", "stairs.jpg")
    someone.presses("Remove stairs.jpg")
    someone.sees_given("lift.jpg")
    someone.presses("Send your answer")
    someone.sees("We have your answer and are continuing with your application.")

    ben.opens_the_case(receipt.reference)
    ben.follows("lift.jpg")
    expect(ben.page.locator("img.cw-picture")).to_have_js_property("complete", True)
    assert ben.page.locator("img.cw-picture").evaluate("picture => picture.naturalWidth") > 0
    ben.follows("The case")


def test_the_desk_adds_a_document(someone: Resident, ben: Colleague) -> None:
    receipt = complains(someone)
    ben.opens_the_case(receipt.reference)
    ben.follows("Add documents")
    ben.presses("Add them to the case")
    ben.sees("There is a problem", "Choose what it is")
    written: FilePayload = {"name": LETTER, "mimeType": "text/plain", "buffer": b"They come on Friday."}
    ben.page.get_by_label("Documents").set_input_files(written)
    ben.chooses("We received them")
    ben.presses("Add them to the case")
    ben.sees("The documents were added.", LETTER)
