"""A resident asks for erasure; the officer looks at the dry run and erases; they read what went and until when."""

import re

from tests.journeys.residents import Resident
from tests.journeys.staff import Colleague
from tests.stack.reporting import MissedBin


def test_what_can_go_goes_and_the_person_reads_what_stays(rosa: Resident, olu: Colleague, priya: Colleague) -> None:
    case = rosa.reports(MissedBin()).reference
    reference = asks_for_erasure(rosa)

    olu.opens(f"/workspace/leeds/protection/requests/{reference}/")
    olu.follows("See what an erasure would do")
    olu.sees("This is a dry run: nothing has been changed.", "the law gives us this task", case)
    decides_that_it_goes(olu, case)
    olu.sees("Your decision about the case is kept.", "people.person.email", "You cannot undo this.")
    olu.presses("Erase now")
    olu.sees("They are told what went and what stays.", "What was erased", "forms.answer.value")
    priya.opens(f"/workspace/leeds/cases/{case}/")
    assert priya.status == 404

    rosa.opens(f"/leeds/your/requests/{reference}/")
    rosa.sees("We removed your information from our live systems on", "protected backups", "We keep this:")
    rosa.sees("UK GDPR Article 17(3)(b)", "You can ask a court")


def asks_for_erasure(rosa: Resident) -> str:
    """Rosa reads kindly what usually stays, and asks."""
    rosa.opens("/leeds/your/requests/new/?kind=erasure")
    rosa.sees("A council needs much of its information for tasks the law gives it")
    rosa.presses("Send")
    rosa.sees("We have your request")
    found = re.search(r"/your/requests/([^/]+)/", rosa.path)
    assert found
    return found[1]


def decides_that_it_goes(olu: Colleague, case: str) -> None:
    """The officer decides about one case otherwise than the rules, with a reason."""
    section = olu.page.locator("section", has=olu.page.locator(f"#case-{case}"))
    section.locator("summary").click()
    section.get_by_label("Erase it").check()
    section.locator("textarea").fill("The collection is done, and nobody asks about it any more.")
    olu._go(section.get_by_role("button", name="Keep this decision"))
