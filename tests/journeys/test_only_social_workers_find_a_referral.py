"""A referral of an adult who may need care is found by no one but social workers."""

import re

import pytest

from tests.journeys.conftest import Seat
from tests.journeys.residents import Resident
from tests.journeys.staff import Colleague
from tests.stack.reporting import Receipt

TOLD = "The fridge is empty when I visit, and she forgets the gas"
NAME, ADULT = "Perpetua Hathersage", "Ottilie Hathersage"
OTHERS = ["ben@leeds.example", "grace@leeds.example", "olu@leeds.example"]
_NO_SUCH_REFERENCE = "BCDF-GHJK-B"


@pytest.fixture
def receipt(someone: Resident) -> Receipt:
    """Of what a neighbour told."""
    return someone.applies(
        "care-referral",
        {
            "danger": {"danger": "no"},
            "about": {"about": "relative"},
            "adult": {"adult_name": ADULT, "knows": "agrees"},
            "where": {},
            "worry": {"kinds": ["care"], "told": TOLD, "source_safe": "yes"},
            "contact": {"name": NAME, "phone": "01632 960456"},
        },
    )


def test_a_social_worker_finds_it_and_says_why_they_open_it(seat: Seat, receipt: Receipt) -> None:
    ruth = seat(Colleague, "ruth@leeds.example")
    ruth.opens_the_worklist(reaching=receipt.reference)
    ruth.reads_in_a_row(receipt.reference)
    ruth.finds("Hathersage")
    ruth.reads_in_a_row(receipt.reference)
    ruth.opens_the_case(receipt.reference)
    ruth.sees_nowhere(TOLD)
    ruth.chooses("I am dealing with it")
    ruth.presses("Open the case")
    ruth.sees(TOLD, NAME, ADULT)
    ruth.takes_the_case()


@pytest.mark.parametrize("email", OTHERS)
def test_to_everybody_else_there_is_no_such_case(seat: Seat, receipt: Receipt, email: str) -> None:
    """A case worker, a manager, and the officer, who oversees the trace and not the cases."""
    other = seat(Colleague, email)
    other.opens_the_case(receipt.reference)
    there = _answer(other)
    other.opens_the_case(_NO_SUCH_REFERENCE)
    assert there == _answer(other)
    assert there[0] in (403, 404)
    if email.startswith("olu"):
        return
    other.opens_the_worklist()
    other.sees_nowhere(receipt.reference)
    for words in (receipt.reference, "Hathersage", "01632 960456"):
        other.finds(words)
        other.sees("No case of your team was found.")


def test_the_neighbour_reads_nothing_of_it_where_others_could_look(someone: Resident, receipt: Receipt) -> None:
    someone.asks_how_far_it_is(receipt)
    someone.sees("We have it and will read it within two working days.")
    someone.sees_nowhere(TOLD, NAME, ADULT)


def _answer(person: Colleague) -> tuple[int, str]:
    """The answer as sent, but for what is new in every page and for the address that was asked."""
    new_each_time = r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|next=[^"]*'
    return person.status, re.sub(new_each_time, "", person.source)
