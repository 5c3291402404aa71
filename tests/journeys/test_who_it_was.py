"""A resident asks who opened their information, the officer answers; what is withheld leaves no trace on the page."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Seat
from tests.journeys.keyboard import Keyboard
from tests.journeys.residents import Resident
from tests.journeys.staff import Colleague
from tests.stack.reporting import MissedBin, Receipt


@pytest.fixture
def mo(seat: Seat) -> Colleague:
    """The manager of another team, parks, in Leeds."""
    return seat(Colleague, "mo@leeds.example")


@pytest.fixture
def receipt(rosa: Resident, priya: Colleague) -> Receipt:
    """Of what Rosa reported, signed in; Priya has opened it."""
    receipt = rosa.reports(MissedBin(name="Rosa Delgado", email="rosa@people.example"))
    priya.opens_the_case(receipt.reference)
    return receipt


def test_a_resident_asks_who_it_was_and_reads_the_answer(rosa: Resident, olu: Colleague, receipt: Receipt) -> None:
    rosa.opens("/leeds/your/openings/")
    rows = rosa.page.locator("tbody tr", has_text=receipt.reference)
    row = rows.filter(has_text="Waste and recycling").first
    rosa.opens(str(row.get_by_role("link").get_attribute("href")))
    rosa.sees("Waste and recycling", "answers within one month")
    rosa.fills("What do you want to know? (optional)", "Was it my neighbour?")
    rosa.presses("Ask")
    rosa.sees("Your question was sent", "Was it my neighbour?", "The data protection officer answers by")

    olu.opens("/workspace/leeds/protection/questions/")
    olu.opens(str(olu.page.locator("tbody a").last.get_attribute("href")))
    olu.sees("Was it my neighbour?", "Priya Nair", "Waste and recycling", receipt.reference)
    olu.chooses("Tell them")
    olu.fills("Your answer", "A case worker of the waste team, to plan the crew's round.")
    olu.presses("Answer")
    olu.sees("Your answer is on their page")

    rosa.opens("/leeds/your/openings/")
    rosa.sees("A case worker of the waste team, to plan the crew's round.")
    rosa.sees_nowhere("Priya")


def test_what_is_withheld_is_nowhere_on_the_page(rosa: Resident, olu: Colleague, receipt: Receipt) -> None:
    rosa.opens("/leeds/your/openings/")
    rosa.reads_in_a_row("Waste and recycling", receipt.reference)
    olu.looks_at_the_trace("opened")
    olu.page.locator("tbody tr", has_text=receipt.reference).first.get_by_role("link").click()
    olu.sees_filled_in("Reference of the case", receipt.reference)
    olu.page.get_by_label("Which exemption applies?").select_option("crime")
    olu.chooses("Yes, I have looked: it gives nothing away")
    olu.presses("Withhold")
    olu.sees("The openings are withheld until the review date.")

    rosa.reloads()
    assert receipt.reference not in _rows_of_the_team(rosa)
    rosa.sees("Some openings are not shown here")

    olu.presses(f"End it now {receipt.reference}")
    olu.sees("The withholding has ended")
    rosa.reloads()
    rosa.reads_in_a_row("Waste and recycling", receipt.reference)


def test_another_teams_manager_says_why_and_only_looks(mo: Colleague, olu: Colleague, receipt: Receipt) -> None:
    mo.opens_the_case(receipt.reference)
    mo.sees("Say why you need to open this")
    mo.sees_nowhere("Rosa Delgado")
    mo.presses("Open the case")
    mo.sees("Choose a reason")
    keys = Keyboard(mo.page)
    keys.chooses("I am covering for the team", 2)
    keys.presses("Open the case")
    mo.sees("Rosa Delgado", "You can look at this case, but only its team can change it")
    expect(mo.page.get_by_role("button", name=re.compile("note|Assign|Close"))).to_have_count(0)

    olu.looks_at_the_trace("opened")
    olu.reads_in_a_row("Mo Rahman", "Parks", "Reason given: I am dealing with a complaint about it", receipt.reference)
    olu.opens("/workspace/leeds/protection/prompts/")
    olu.sees("With a reason", "%")


def test_a_relatives_case_is_closed_until_the_officer_ends_it(
    priya: Colleague, olu: Colleague, receipt: Receipt
) -> None:
    priya.opens("/workspace/leeds/related/")
    keys = Keyboard(priya.page)
    keys.types_into("Reference of their case", receipt.reference)
    keys.presses("I am related to this person")
    priya.sees("Their cases are closed to you")
    priya.opens_the_case(receipt.reference)
    assert priya.status == 403
    priya.sees("You said that you are related to this person.")

    olu.opens("/workspace/leeds/protection/staff/")
    olu.presses(f"End Priya Nair {receipt.reference}")
    olu.sees("Nobody has declared a relation.")
    priya.opens_the_case(receipt.reference)
    assert priya.status == 200


def _rows_of_the_team(person: Resident) -> str:
    return " ".join(person.page.locator("tbody tr", has_text="Waste and recycling").all_inner_texts())
