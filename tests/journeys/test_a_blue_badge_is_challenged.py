"""A Blue Badge without an automatic route: assessed, refused with a reason and a letter, challenged, and issued."""

from datetime import timedelta

import pytest

from commonweal.foundations.clocks.now import today
from tests.journeys.conftest import Seat
from tests.journeys.residents import Resident
from tests.journeys.staff import Colleague
from tests.stack.reporting import Receipt

BORN = today() - timedelta(days=21_000)
TOLD = "I must stop after fifty metres because of my hip, and rest on the wall of the bakery"
FOUND = "Walked 120 metres with one stop and a stick"
FOUND_AGAIN = "The surgeon writes that it is under 60 metres on most days"
WHY = "You walked 120 metres when our assessor met you."
DOUBT = "That was a good day. My surgeon's letter says that I wait for a new hip."


@pytest.fixture
def amina(seat: Seat) -> Colleague:
    """A case worker of the Blue Badge team."""
    return seat(Colleague, "amina@leeds.example")


@pytest.fixture
def kofi(seat: Seat) -> Colleague:
    """The assessor of the Blue Badge team."""
    return seat(Colleague, "kofi@leeds.example")


@pytest.fixture
def helen(seat: Seat) -> Colleague:
    """The manager of the Blue Badge team."""
    return seat(Colleague, "helen@leeds.example")


def test_an_applicant_is_refused_and_gets_it_after_a_challenge(
    rosa: Resident, amina: Colleague, kofi: Colleague, helen: Colleague
) -> None:
    receipt = applies(rosa)
    sends_to_the_assessor(amina, receipt)
    assesses(kofi, receipt, FOUND, "Does not meet them")
    refuses(amina, receipt)
    reads_and_challenges(rosa, receipt)

    amina.opens_the_case(receipt.reference)
    amina.sees("You decided this case before. Somebody else decides the review.")
    amina.does_not_see("You decide.")

    helen.opens_the_case(receipt.reference)
    helen.sees(DOUBT)
    helen.takes_the_case()
    helen.moves_the_case_on("Ask an assessor")
    assesses(kofi, receipt, FOUND_AGAIN, "Meets the rules")
    issues(helen, receipt)

    rosa.waits_to_be_told()
    rosa.opens_the_application(receipt.reference)
    rosa.sees("You can have a Blue Badge.", "Valid until")
    rosa.sees_nowhere(FOUND, FOUND_AGAIN)


def applies(rosa: Resident) -> Receipt:
    """Nothing gives her a right by itself, so she tells how it is to walk."""
    return rosa.applies(
        "blue-badge",
        {
            "what": {"what": "new"},
            "for_whom": {"for_whom": "self"},
            "benefits": {"benefits": ["none"]},
            "condition": {"affects": ["walking"], "described": TOLD},
            "photo": {},
            "address": {"address-line1": "14 Otter Row", "address-town": "Leeds", "address-postcode": "LS99 2AB"},
            "contact": {
                "name": "Rosa Delgado",
                "born-day": str(BORN.day),
                "born-month": str(BORN.month),
                "born-year": str(BORN.year),
                "email": "rosa@people.example",
            },
            "agree": {"true_told": ["yes"]},
        },
    )


def sends_to_the_assessor(amina: Colleague, receipt: Receipt) -> None:
    """The case worker checks who it is, and does not read what is written about health."""
    amina.opens_the_case(receipt.reference)
    amina.sees("Rosa Delgado")
    amina.sees_nowhere(TOLD)
    amina.takes_the_case()
    amina.ticks_off("Identity and address checked")
    amina.moves_the_case_on("Send to the assessor")


def assesses(kofi: Colleague, receipt: Receipt, found: str, recommendation: str) -> None:
    """The assessor reads it and records what they found."""
    kofi.opens_the_case(receipt.reference)
    kofi.sees(TOLD)
    kofi.records("What the assessor found", found)
    kofi.records("The assessor's recommendation", choice=recommendation)
    kofi.moves_the_case_on("Assessment done")


def refuses(amina: Colleague, receipt: Receipt) -> None:
    """The case worker refuses with a reason and a letter, knowing the recommendation and not the finding."""
    amina.opens_the_case(receipt.reference)
    amina.sees("Does not meet them", "the assessor finds that the rules are not met")
    amina.sees_nowhere(TOLD, FOUND)
    amina.presses("Close the case…")
    amina.chooses("Refused")
    amina.presses("Continue")
    amina.chooses("Walking is not difficult enough")
    amina.presses("Continue to the letter")
    amina.adds_to_the_letter(WHY)
    amina.presses("Close the case and tell the applicant")
    amina.sees("The case is closed, and the applicant will be told in a few seconds.")


def reads_and_challenges(rosa: Resident, receipt: Receipt) -> None:
    """She reads the reason and the letter, and says why it is wrong."""
    rosa.waits_to_be_told()
    rosa.opens_the_application(receipt.reference)
    rosa.sees("We cannot give a badge.", "walking is difficult, but not as difficult as the rules require")
    rosa.reads_the_letter()
    rosa.sees("Dear Rosa Delgado", WHY)
    rosa.follows("Your application")
    rosa.follows("Ask us to look again")
    rosa.answers({"text": DOUBT})
    rosa.presses("Send")
    rosa.sees("We have what you wrote. Someone else will look at the decision again.")


def issues(helen: Colleague, receipt: Receipt) -> None:
    """The manager, who did not decide before, decides otherwise."""
    helen.opens_the_case(receipt.reference)
    helen.sees_nowhere(FOUND_AGAIN)
    helen.records("Number of the new badge", "AB12CD")
    helen.presses("Close the case…")
    helen.chooses("Badge issued")
    helen.presses("Continue")
    helen.adds_to_the_letter("The letter of your surgeon shows what we did not know.")
    helen.presses("Close the case and tell the applicant")
    helen.sees("The case is closed, and the applicant will be told in a few seconds.")
