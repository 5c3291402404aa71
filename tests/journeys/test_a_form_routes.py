"""A form asks only what it must: narrow, without scripts, by keyboard; axe looks at each page."""

import subprocess
import sys
from typing import Any

import pytest

from commonweal.frontends.cli.installation import ROOT
from tests.journeys.conftest import Seat
from tests.journeys.test_every_type import Applicant
from tests.journeys.test_every_way_of_reading import WAYS, require_no_sideways_scrolling
from tests.stack.stack import Stack

pytestmark = pytest.mark.usefixtures("offered")

DECLARATION = ROOT / "commonweal" / "capabilities" / "forms" / "tests" / "routed.yaml"


@pytest.fixture(scope="module")
def offered(stack: Stack) -> None:
    """Leeds offers the service."""
    command = [sys.executable, "-m", "tests.stack.offering", "leeds", str(DECLARATION)]
    subprocess.run(command, cwd=ROOT, env=stack.web.environment, check=True, timeout=180)


class Loser(Applicant):
    """Somebody who lost several things."""

    def begins(self) -> None:
        """They go to the first page."""
        self.opens("/leeds/lost-property/apply/")

    def answers_and_goes_on(self, page: str, typed: dict[str, Any]) -> None:
        """They are at a page, answer it and go on."""
        assert self.path.endswith(f"/{page}/"), self.path
        self.answers(typed)
        self.continues()

    def goes_on_with_these(self) -> None:
        """They have told of all things."""
        self._go(self.page.locator('button[name="items-finish"]:not([aria-hidden])'))


@pytest.mark.parametrize("options", [{}, *WAYS.values()], ids=["as most do", *WAYS])
def test_exits_are_passed_and_things_are_told_one_by_one(seat: Seat, options: dict[str, Any]) -> None:
    someone = seat(Loser, **options)
    if not options.get("java_script_enabled", True):
        someone.checks.clear()  # axe is a script itself
    someone.checks.append(require_no_sideways_scrolling)
    someone.begins()
    someone.answers_and_goes_on("kind", {"is_animal": "yes", "has_things": "yes"})
    someone.sees("Animals are not kept here", "Call the warden on 01632 960 010.")
    someone.presses("Apply anyway")
    someone.answers_and_goes_on("things/1", {"what": "A dog"})
    someone.follows("Add another thing")
    someone.answers_and_goes_on("things/2", {"what": "A lead"})
    someone.sees("Thing 2")
    someone.goes_on_with_these()
    someone.answers_and_goes_on("whose", {"is_own": "yes"})
    someone.answers_and_goes_on("you", {"name": "Rosa Márquez", "email": "rosa@people.example"})
    someone.sees("A dog", "A lead", "£5.00")
    someone.continues()
    someone.reads_the_receipt()
