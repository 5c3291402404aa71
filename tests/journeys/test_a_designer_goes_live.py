"""A service designer writes a service, mends a fault, previews it, makes it live and takes an older version back."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.journeys.conftest import Seat
from tests.journeys.staff import Colleague
from tests.journeys.test_every_way_of_reading import require_no_sideways_scrolling

TEXT = (Path(settings.ROOT) / "commonweal" / "frontends" / "workspace" / "tests" / "lost_property.yaml").read_text()
SERVICES = "/workspace/leeds/services/"
WAYS: dict[str, dict[str, Any]] = {
    "on a desk": {"viewport": {"width": 1280, "height": 900}},
    "320 pixels wide": {"viewport": {"width": 320, "height": 640}},
}


@pytest.mark.parametrize("name", WAYS)
def test_a_designer_writes_previews_goes_live_and_rolls_back(seat: Seat, name: str) -> None:
    dee = seat(Colleague, "dee@leeds.example", **WAYS[name])
    dee.checks.append(require_no_sideways_scrolling)
    called = f"lost_property_{len(name)}"
    text = TEXT.replace("lost_property", called)
    address = f"{SERVICES}{called.replace('_', '-')}/"

    dee.opens(SERVICES)
    dee.follows("Write a new service")
    dee.fills("Name of the service", called)
    dee.fills("Text of the service", text.replace("working_days: 5", "working_days: five"))
    dee.presses("Save the draft")
    dee.sees("The draft is saved.", "case.clocks[0].working_days: This must be a whole number.")
    dee.sees_filled_in("Text of the service", text.replace("working_days: 5", "working_days: five"))

    dee.fills("Text of the service", text)
    dee.presses("Save the draft")
    dee.does_not_see("Fix these mistakes")
    dee.follows("Preview it as a resident")
    dee.sees("Nothing you type in it is kept, and nothing is sent.")
    for page in ("start", "page-you", "check", "done", "after"):
        for language, says in (("en", "Preview: nothing you type here is kept"), ("cy", "Preview: nothing you type")):
            dee.opens(f"{address}preview/{language}/{page}/")
            dee.sees(says)
    dee.opens(f"{address}preview/cy/page-you/")
    dee.sees("Enw llawn")

    dee.opens(f"{address}live/")
    dee.sees("Residents will see all of it for the first time")
    dee.presses("Go live")
    dee.sees("The new version is live.")

    dee.follows("Start one from the newest version")
    dee.fills("Text of the service", text.replace("Report lost property", "Tell us what you lost"))
    dee.fills("What we say differently", "team: Parks\n")
    dee.presses("Save the draft")
    dee.opens(f"{address}live/")
    dee.sees("Title changed", "Report lost property", "Tell us what you lost", "Team: Waste and recycling became Parks")
    dee.presses("Go live")
    dee.sees("Version 2", "Dee Walker")

    dee.follows("Version 1")
    dee.presses("Make it live again")
    dee.sees("Version 3")
    dee.opens(f"{address}compare/?old=1&new=3")
    dee.sees("Nothing changed: both say the same.")
    dee.opens(address)
    dee.page.get_by_text("Stop offering this service", exact=True).click()
    dee.presses("Stop offering it")
    dee.sees("The service is no longer offered.")
