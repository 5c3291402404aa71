"""An administrator appoints somebody, records their course, and ends their work: on a phone, in Welsh or in English."""

import pytest

from tests.journeys.conftest import Seat
from tests.journeys.staff import Colleague
from tests.journeys.test_every_way_of_reading import require_no_sideways_scrolling
from tests.journeys.test_in_welsh import require_welsh

STAFF = "/workspace/leeds/staff/"
GWEN = "gwen@people.example"


@pytest.fixture
def noor(seat: Seat) -> Colleague:
    """The administrator of Leeds, at a phone of 320 pixels."""
    noor = seat(Colleague, "noor@leeds.example", viewport={"width": 320, "height": 640})
    noor.checks.append(require_no_sideways_scrolling)
    return noor


def test_somebody_comes_and_goes(noor: Colleague) -> None:
    noor.opens("/workspace/leeds/calendar/")
    noor.follows("Staff")
    noor.presses("Appoint someone")
    noor.fills("Email address they sign in with", "nobody@people.example")
    noor.presses("Appoint")
    noor.sees("No confirmed account uses this address", "Choose what they do")
    noor.fills("Email address they sign in with", GWEN)
    noor.fills("Their name, as colleagues know them", "Gwen Pugh (agency)")
    noor.chooses("Case worker")
    noor.page.get_by_label("Team", exact=True).select_option(label="Parks")
    noor.presses("Appoint")
    noor.sees("They are appointed.")
    noor.reads_in_a_row("Gwen Pugh (agency)", GWEN, "Case worker", "Parks")
    noor.follows("Gwen Pugh (agency)")
    noor.presses("Record the course")
    noor.sees("The course is recorded.")
    noor.follows("Gwen Pugh (agency)")
    noor.follows("End their appointment")
    noor.sees("Does Gwen Pugh (agency) no longer work here?", "They have no open cases.")
    noor.presses("End their appointment")
    noor.sees("Their appointment has ended.")
    noor.does_not_see("Gwen Pugh (agency)")


def test_they_change_nothing_of_the_officer_nor_of_themselves(noor: Colleague) -> None:
    for name in ("Olu Adeyemi", "Noor Haddad"):
        noor.opens(STAFF)
        noor.follows(name)
        noor.does_not_see("What do they do?", "End their appointment")


def test_the_pages_in_welsh(noor: Colleague) -> None:
    noor.opens("/")
    noor.follows("Cymraeg")
    noor.checks.append(require_welsh)
    for page in ("", "new/"):
        noor.opens(f"{STAFF}{page}")
    noor.opens(STAFF)
    noor.follows("Priya Nair")
    noor.opens(f"{noor.path}end/")
