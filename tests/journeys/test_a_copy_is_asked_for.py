"""A resident asks for a copy; the officer asks what they mean; they answer, and the clock is in words."""

import re

from tests.journeys.residents import Resident
from tests.journeys.staff import Colleague

ASKED = "Do you mean the bins, or your parking as well?"
ANSWER = "The bins are enough, and only this year."


def test_the_clock_of_a_request_is_followed_in_words(rosa: Resident, olu: Colleague) -> None:
    reference = asks_for_a_copy(rosa)
    rosa.sees("When you will hear from us", "By ")
    rosa.page.locator("summary", has_text="Why this date?").click()
    rosa.sees("We received the request on")

    asks_what_they_mean(olu, reference)

    rosa.opens("/leeds/your/requests/")
    rosa.reads_in_a_row(reference, "We need something from you")
    rosa.follows(reference)
    rosa.sees("The time has been stopped since", ASKED)
    rosa.presses("See what it is and answer")
    rosa.presses("Send")
    rosa.sees("There is a problem", "Write your answer", ASKED)
    rosa.fills("Your answer", ANSWER)
    rosa.presses("Send")
    rosa.sees("We have your answer.", ANSWER)
    rosa.page.locator("summary", has_text="Why this date?").click()
    rosa.sees("Days that do not count: 1.")

    olu.opens(f"/workspace/leeds/protection/requests/{reference}/")
    olu.sees(ANSWER, "What to do next")


def asks_for_a_copy(rosa: Resident) -> str:
    """Rosa is told what happens next, and asks."""
    rosa.opens("/leeds/information-rights/")
    rosa.follows("Get a copy of your information")
    rosa.sees("What happens next", "We answer within one month")
    rosa.presses("Send")
    rosa.sees("We have your request")
    found = re.search(r"/your/requests/([^/]+)/", rosa.path)
    assert found
    return found[1]


def asks_what_they_mean(olu: Colleague, reference: str) -> None:
    """The officer begins at their list, and asks with a reason."""
    olu.opens("/workspace/leeds/")
    olu.sees("Requests about people’s information", "Overdue by")
    olu.follows(reference)
    olu.sees("What to do next", "Signed in, and asks for themselves")
    olu.follows("Ask what they mean")
    olu.chooses("We hold a large amount of information about them")
    olu.fills("Your letter", ASKED)
    olu.presses("Ask")
    olu.sees("they are told that it is there", "Waiting for their answer")
