"""The data protection officer sees openings, listings and refusals; nobody else does."""

import pytest

from tests.journeys.staff import Colleague
from tests.stack.reporting import MissedBin, Receipt, report
from tests.stack.stack import Stack


@pytest.fixture
def told() -> MissedBin:
    """What somebody reported."""
    return MissedBin(name="Leopold Ashgrove", email="leopold@people.example")


@pytest.fixture
def receipt(stack: Stack, told: MissedBin) -> Receipt:
    """Of what somebody reported."""
    return report(stack.address, told)


def test_the_officer_sees_openings_listings_and_refusals(
    priya: Colleague, tom: Colleague, olu: Colleague, told: MissedBin, receipt: Receipt
) -> None:
    priya.opens_the_worklist()
    priya.opens_the_case(receipt.reference)
    tom.opens_the_case(receipt.reference)

    olu.looks_at_the_trace()
    olu.reads_in_a_row("Tom Okafor", "Refused", "The case belongs to another team", receipt.reference)
    olu.reads_in_a_row("Priya Nair", "Waste and recycling", "Opened", "Casework, on screen", receipt.reference)
    olu.reads_in_a_row("Priya Nair", "Waste and recycling", "Listed")
    olu.sees_nowhere(told.name, told.email, told.phone, told.left_at)

    olu.looks_at_the_trace("refused")
    olu.reads_in_a_row("Tom Okafor", "Refused", receipt.reference)
    assert olu.counts_rows("Opened") == 0


def test_the_officer_opens_no_case(olu: Colleague, told: MissedBin, receipt: Receipt) -> None:
    olu.opens_the_case(receipt.reference)

    assert olu.status == 403
    olu.sees_nowhere(told.name, told.email, told.phone, told.left_at)


def test_a_case_worker_does_not_see_the_trace(priya: Colleague) -> None:
    priya.looks_at_the_trace()

    assert priya.status == 403
