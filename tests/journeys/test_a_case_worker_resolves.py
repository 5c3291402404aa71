"""A signed-in resident reports, a case worker resolves it, and the resident sees the outcome and who opened what."""

import pytest

from commonweal.foundations.clocks.now import today
from commonweal.frontends.demo_people import PEOPLE
from tests.journeys.residents import Resident
from tests.journeys.staff import Colleague
from tests.stack.reporting import MissedBin, Receipt
from tests.stack.stack import Stack
from tests.stack.waiting import wait_until

STAFF = [person for person in PEOPLE if person.is_staff]
NAMES = [word for person in STAFF for word in (person.name, *person.name.split(), person.email)]


@pytest.fixture
def told() -> MissedBin:
    """What Rosa reports."""
    return MissedBin(bin="Garden waste", name="Rosa Delgado", email="rosa@people.example")


@pytest.fixture
def receipt(rosa: Resident, told: MissedBin) -> Receipt:
    """Rosa has reported it, signed in."""
    return rosa.reports(told)


def test_the_resident_sees_the_outcome_and_the_opening(
    rosa: Resident, priya: Colleague, told: MissedBin, receipt: Receipt
) -> None:
    priya.opens_the_case(receipt.reference)
    priya.sees("Received", told.name, told.email, told.phone, told.left_at, told.bin)
    priya.takes_the_case()
    priya.moves_the_case_on("Send the crew back")
    priya.writes_down("The crew was asked to look behind the gate")
    priya.closes_the_case_as("Collected")

    rosa.waits_to_be_told()
    rosa.looks_at_their_applications()
    rosa.reads_in_a_row(receipt.reference, "Collected")
    rosa.asks_how_far_it_is(receipt)
    rosa.sees("We came back and emptied your bin. We are sorry that we missed it.")
    rosa.looks_at_who_opened_their_information()
    day = f"{today().day} {today():%B %Y}"
    rosa.reads_in_a_row(
        receipt.reference, day, "Waste and recycling", "to deal with your application or report", "on screen"
    )


def test_no_name_of_staff_is_on_any_page_a_resident_gets(rosa: Resident, priya: Colleague, receipt: Receipt) -> None:
    priya.opens_the_case(receipt.reference)
    priya.takes_the_case()
    priya.writes_down("Ask again on Monday")
    priya.closes_the_case_as("Already reported")

    rosa.waits_to_be_told()
    rosa.looks_at_who_opened_their_information()
    rosa.sees_nowhere(*NAMES)
    rosa.looks_at_their_applications()
    rosa.sees_nowhere(*NAMES, "Ask again on Monday")
    rosa.asks_how_far_it_is(receipt)
    rosa.sees_nowhere(*NAMES, "Ask again on Monday")


def test_the_resident_is_told_when_it_arrives_and_when_it_is_closed(
    someone: Resident, priya: Colleague, told: MissedBin, receipt: Receipt, stack: Stack
) -> None:
    priya.opens_the_case(receipt.reference)
    priya.closes_the_case_as("Not out when the crew came")
    letters = "select count(*) = 2 from messages_message where reference = %s and status = 'sent'"
    wait_until(lambda: stack.database.value(letters, receipt.reference), "both letters")

    someone.opens("/demo/inbox/?from=leeds")

    someone.sees(f"We have your report {receipt.reference}", f"What happened with your report {receipt.reference}")
    someone.does_not_see(told.phone, told.left_at, told.bin)


def test_the_worklist_shows_what_is_due_with_the_name_masked(
    priya: Colleague, told: MissedBin, receipt: Receipt
) -> None:
    priya.opens_the_worklist(reaching=receipt.reference)

    priya.reads_in_a_row(receipt.reference, "Rosa D…", "14 Otter Row")
    priya.sees_nowhere(told.name, told.email, told.phone)
    priya.finds("Delgado")
    priya.reads_in_a_row(receipt.reference, "Rosa D…")
    priya.finds(told.phone)
    priya.reads_in_a_row(receipt.reference)
    priya.finds(receipt.reference.lower())
    priya.sees("What was asked", told.name)
    assert priya.path == f"/workspace/leeds/cases/{receipt.reference}/"
