"""A resident reads what the council holds about her, takes a copy with her, and is told so; by keyboard and narrow."""

import json

import pytest
from playwright.sync_api import Download

from tests.journeys.conftest import Seat
from tests.journeys.residents import Resident
from tests.stack.reporting import MissedBin, Receipt


@pytest.fixture
def gwen(seat: Seat) -> Resident:
    """A resident of Cardiff with an account."""
    gwen = seat(Resident, "gwen@people.example")
    gwen.council = "cardiff"
    return gwen


@pytest.fixture
def receipt(gwen: Resident) -> Receipt:
    """Of what Gwen reported, signed in."""
    return gwen.reports(MissedBin(name="Gwen Parry", email="gwen@people.example"))


def test_a_resident_reads_it_and_takes_a_copy(gwen: Resident, receipt: Receipt) -> None:
    gwen.opens("/cardiff/your/information/")
    gwen.page.get_by_text("Why we hold it, and who sees it").first.click()
    gwen.sees("Report a missed bin collection", receipt.reference, "Environmental Protection Act 1990", "14 Otter Row")
    gwen.sees("Your record", "Some openings are not shown here", "Each of these is free")
    gwen.sees_nowhere("Beside the green gate")
    gwen.page.get_by_role("link", name="Get a copy of what you told us").click()
    gwen.presses("Get a copy")
    gwen.sees("Your copy is ready")
    made = json.loads(_downloads(gwen, "JSON, for other systems").path().read_text())
    (application,) = [each for each in made["applications"] if each["reference"] == receipt.reference]
    assert [item["value"] for item in application["items"]] == ["14 Otter Row\nLS99 2AB"]
    assert _downloads(gwen, "PDF, to read").path().read_bytes().startswith(b"%PDF")

    gwen.opens("/cardiff/your/information/copy/")
    gwen.presses("Get a copy")
    gwen.sees("We will check this and send it by", "Get a copy of your information, we answer by")


def _downloads(gwen: Resident, name: str) -> Download:
    with gwen.page.expect_download() as expected:
        gwen.page.get_by_role("link", name=name).click()
    return expected.value
