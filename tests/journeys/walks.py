"""Walks over the main pages, for whoever reads them in another way: narrow, without scripts, in Welsh, by keyboard."""

from tests.journeys.acting import Person
from tests.journeys.residents import Resident
from tests.journeys.staff import Colleague
from tests.stack.reporting import MissedBin, Receipt


def walk_public_pages(someone: Person, *, but_for: str = "") -> None:
    """What anybody may look at."""
    for path in PUBLIC:
        if path != but_for:
            someone.opens(path)


def walk_a_report(someone: Resident) -> Receipt:
    """From the council's page to the status of what was sent, with a mistake on the way."""
    told = MissedBin()
    someone.begins_a_report()
    someone.goes_on()
    someone.sees("There is a problem")
    someone.answers_everything(told)
    receipt = someone.sends_it()
    someone.asks_how_far_it_is(receipt)
    return receipt


def walk_own_pages(rosa: Resident) -> None:
    """What somebody with an account has."""
    for path in OWN:
        rosa.opens(path)


def walk_a_case(priya: Colleague, receipt: Receipt) -> None:
    """A case from the worklist to its outcome, with a mistake on the way."""
    for show in ("", "inbox", "today", "mine", "unassigned", "overdue", "closed"):
        priya.opens_the_worklist(show)
    walk_several_cases(priya, receipt)
    priya.finds("Thistlewood")
    priya.opens_the_case(receipt.reference)
    priya.takes_the_case()
    priya.presses("Add the note")
    priya.sees("Write the note before you add it")
    priya.moves_the_case_on("Send the crew back")
    priya.presses("Close the case…")
    priya.presses("Close the case and tell the applicant")
    priya.sees("Choose an outcome")
    priya.opens_the_case(receipt.reference)
    priya.closes_the_case_as("Collected")


def walk_several_cases(priya: Colleague, receipt: Receipt) -> None:
    """A filter is saved, and a case is changed from the list, with a mistake on the way; then all of it is undone."""
    priya.opens("/workspace/leeds/cases/?show=unassigned&service=missed_collection&due=week")
    priya.opens_saved_filters()
    priya.fills("Name of the filter", "This week")
    priya.presses("Save this filter")
    priya.sees("The filter is saved.")
    priya.turns_pages_to(receipt.reference)
    priya.chooses_cases(receipt.reference)
    priya.presses("See what will happen")
    priya.sees("Choose what to do")
    priya.chooses("Add a note to each")
    priya.fills("Note", "Ring before you go")
    priya.presses("See what will happen")
    priya.reads_in_a_row(receipt.reference, "Gets the note")
    priya.presses("Change 1 case")
    priya.sees("Your note was added.")


def walk_the_trace(olu: Colleague) -> None:
    """What the data protection officer sees."""
    for kind in ("", "opened", "listed", "refused"):
        olu.looks_at_the_trace(kind)
    for page in ("questions", "withheld", "prompts", "staff"):
        olu.opens(f"/workspace/{olu.council}/protection/{page}/")


INBOX = "/demo/inbox/?from=leeds"
PUBLIC = (
    *("/", "/?council=leeds", "/?council=nowhere", "/privacy/", "/accessibility/", "/demo/"),
    *("/demo/inbox/", INBOX, "/account/login/", "/account/signup/", "/account/password/reset/"),
    *("/leeds/", "/leeds/missed-collection/", "/leeds/status/", "/cardiff/", "/fife/missed-collection/", "/york/"),
    "/no/such/page/",
)
OWN = (
    *("/account/", "/account/password/change/", "/leeds/your/", "/leeds/your/openings/", "/leeds/your/claim/"),
    *("/cardiff/your/", "/cardiff/your/openings/"),
)
