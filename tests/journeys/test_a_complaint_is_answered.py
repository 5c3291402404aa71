"""A complaint is acknowledged; the applicant is asked something and answers; then it is answered with a letter."""

import pytest

from tests.journeys.conftest import Seat
from tests.journeys.residents import Resident
from tests.journeys.staff import Colleague
from tests.stack.reporting import Receipt

HAPPENED = "The lift is broken again and the repair was put off twice"
ASKED = "Which building is it, and on which days was the repair put off?"
ANSWER = "Ash Grove, number 4, on the Monday and the Thursday."
FOUND = "The lift firm did not come and nobody asked it why"


@pytest.fixture
def ben(seat: Seat) -> Colleague:
    """A case worker of the complaints team."""
    return seat(Colleague, "ben@leeds.example")


def test_a_complaint_is_acknowledged_asked_about_and_answered(someone: Resident, ben: Colleague) -> None:
    receipt = complains(someone)
    acknowledges(ben, receipt)
    asks(ben)

    someone.asks_how_far_it_is(receipt)
    someone.sees("We need something from you before we can continue.")
    someone.does_not_see(ASKED)
    someone.presses("See what it is and answer")
    someone.sees(ASKED)
    someone.presses("Send your answer")
    someone.sees("There is a problem")
    someone.answers({"text": ANSWER})
    someone.presses("Send your answer")
    someone.sees("We have your answer and are continuing with your application.")

    answers(ben, receipt)
    someone.waits_to_be_told()
    someone.asks_how_far_it_is(receipt)
    someone.sees("We agree with your complaint.")
    someone.sees_nowhere(FOUND, HAPPENED)
    someone.reads_the_letter()
    someone.sees("We are sorry. The firm comes on Friday.")


def complains(someone: Resident) -> Receipt:
    """Somebody without an account complains."""
    return someone.applies(
        "complaint",
        {
            "about": {"about": "housing"},
            "happened": {"happened": HAPPENED, "wanted": "A date that is kept."},
            "on_behalf": {"on_behalf": "self"},
            "contact": {"name": "Marian Thistlewood", "email": "marian@people.example"},
        },
    )


def acknowledges(ben: Colleague, receipt: Receipt) -> None:
    """The case worker takes it, writes down what it is about, and acknowledges it."""
    ben.opens_the_case(receipt.reference)
    ben.sees(HAPPENED, "Acknowledge")
    ben.takes_the_case()
    ben.ticks_off("Wrote down what the complaint is and what they want")
    ben.moves_the_case_on("Acknowledge")
    ben.sees("Stage one")


def asks(ben: Colleague) -> None:
    """The case goes back to the applicant with a question."""
    ben.presses("Ask the person something…")
    ben.fills("What do you need from the applicant?", ASKED)
    ben.sends_the_question()
    ben.sees("The applicant will be asked. The case comes back with their answer.")


def answers(ben: Colleague, receipt: Receipt) -> None:
    """With the answer, the case worker finds out what happened, and upholds the complaint."""
    ben.opens_the_case(receipt.reference)
    ben.sees("Stage one", ASKED, ANSWER)
    ben.ticks_off("Asked the service what happened")
    ben.records("What we found", FOUND)
    ben.presses("Close the case…")
    ben.chooses("Upheld")
    ben.presses("Continue")
    ben.adds_to_the_letter("We are sorry. The firm comes on Friday.")
    ben.presses("Close the case and tell the applicant")
    ben.sees("The case is closed, and the applicant will be told in a few seconds.")
