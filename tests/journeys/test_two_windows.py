"""Two people, or two windows, work on one case: nobody's work is overwritten, and nothing that was written is lost."""

import pytest

from tests.journeys.staff import Colleague
from tests.stack.reporting import MissedBin, Receipt, report
from tests.stack.stack import Stack


@pytest.fixture
def receipt(stack: Stack) -> Receipt:
    """Of what somebody reported."""
    return report(stack.address, MissedBin())


def test_the_second_of_two_windows_is_told_and_keeps_its_note(priya: Colleague, receipt: Receipt) -> None:
    priya.opens_the_case(receipt.reference)
    stale = priya.in_another_tab()
    priya.moves_the_case_on("Send the crew back")

    stale.fills("For the person who deals with it next", "Rang twice, nobody in")
    stale.presses("Send the crew back")

    assert stale.status == 409
    stale.sees("Going back")
    stale.sees_filled_in("For the person who deals with it next", "Rang twice, nobody in")
    stale.presses("Add the note")
    stale.sees("Your note was added.", "Rang twice, nobody in")


def test_what_a_colleague_closed_is_not_closed_otherwise(
    priya: Colleague, grace: Colleague, receipt: Receipt, stack: Stack
) -> None:
    grace.opens_the_case(receipt.reference)
    grace.presses("Close the case…")
    grace.chooses("Already reported")
    priya.opens_the_case(receipt.reference)
    priya.closes_the_case_as("Collected")

    grace.presses("Close the case and tell the applicant")

    assert grace.status == 409
    outcome = "select outcome from cases_case where reference = %s"
    assert stack.database.value(outcome, receipt.reference) == "collected"


def test_an_old_worklist_moves_nothing_twice(priya: Colleague, receipt: Receipt) -> None:
    priya.opens_the_worklist("unassigned", reaching=receipt.reference)
    stale = priya.in_another_tab()
    priya.opens_the_case(receipt.reference)
    priya.moves_the_case_on("Send the crew back")
    priya.moves_the_case_on("Check again")

    stale.presses(f"Send the crew back ({receipt.reference})")

    assert stale.status == 409
    stale.sees(f"Case {receipt.reference} was not moved.")
