"""Sample pages of every layout and part, for tests and for looking at.

`python -m commonweal.foundations.design.tests.gallery <folder>` writes them as files that a browser opens.
"""

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from commonweal.foundations.clocks.calendars import Calendar, Nation
from commonweal.foundations.clocks.pauses import Pause
from commonweal.foundations.clocks.rights import rights_request_due
from commonweal.foundations.design.jinja import environment
from commonweal.foundations.design.parts import (
    Field,
    Happening,
    Kind,
    LanguageLink,
    Link,
    Masthead,
    Option,
    Pager,
    Row,
    SignedIn,
    Tone,
)

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 22, 15, 15, tzinfo=UTC)
CHOICES = (Option("rubbish", "Rubbish"), Option("recycling", "Recycling", "Blue bin or boxes"))
FIELDS = (
    Field("name", "Full name", autocomplete="name", width=20),
    Field(
        "email", "Email address", Kind.EMAIL, "We will only use this to tell you what happens", "a@", "Enter an email"
    ),
    Field("phone", "Telephone", Kind.TELEPHONE, width=20, autocomplete="tel"),
    Field("bin", "Which bin was missed?", Kind.ONE_OF, value="recycling", options=CHOICES, error="Choose a bin"),
    Field("days", "Which days suit you?", Kind.MANY_OF, value=("rubbish",), options=CHOICES),
    Field("born", "Date of birth", Kind.DATE, "For example, 31 3 1980", {"day": "31"}, "Enter a whole date"),
    Field("team", "Team", Kind.CHOSEN, options=CHOICES, value="rubbish"),
    Field("more", "What else should we know?", Kind.LONG_TEXT, max_length=500),
    Field("count", "How many bins?", Kind.NUMBER, width=3, suffix="bins"),
    Field("rent", "How much is your rent?", Kind.DECIMAL, width=10, prefix="£"),
    Field("plate", "Vehicle registration number", Kind.CODE, width=10),
    Field("help", "What help do you get?", Kind.MANY_OF, options=(*CHOICES, Option("none", "None", is_alone=True))),
    Field(
        "home",
        "What is your address?",
        Kind.GROUP,
        "Where you live now",
        parts=(Field("home-line1", "Address line 1", is_part=True, error="Enter address line 1"),),
    ),
    Field("truth", "I have told the truth", Kind.AGREED, before=Markup("<p>Think of <b>all</b>.</p>")),
    Field("secret", "Password", Kind.PASSWORD),
    Field("photo", "Photo", Kind.FILE),
)
ROWS = (
    Row("Which bin was missed?", "Recycling", "#change"),
    Row("Where is it?", "", "#change", lines=("1 Market Street", "Testtown", "AB1 2CD")),
    Row("Your reference", "CW-7K3M-9QXT"),
)
HAPPENINGS = (
    Happening(
        "Resolved", datetime(2026, 11, 21, 10, 4, tzinfo=UTC), "Waste team", "The crew came back and emptied it."
    ),
    Happening(
        "Your information was opened", datetime(2026, 11, 20, 9, 30, tzinfo=UTC), "Waste team, to handle your case"
    ),
    Happening("Received", datetime(2026, 11, 19, 18, 12, tzinfo=UTC)),
)
COLUMNS = ("Reference", "Service", "Stage", "Due", "Assigned to")
STAGES = (("New", Tone.MOVING), ("Waiting for crew", Tone.WAITING), ("Late", Tone.URGENT), ("Resolved", Tone.DONE))
CASES = tuple(
    (f"CW-7K3M-9QX{n}", "Missed collection", stage, tone, date(2026, 11, 20 + n), "Sam Okafor" if n % 2 else "Nobody")
    for n, (stage, tone) in enumerate(STAGES)
)
CLOCK = rights_request_due(
    date(2026, 10, 28),
    Calendar.of(Nation.SCOTLAND),
    pauses=[Pause(date(2026, 11, 2), date(2026, 11, 3))],
)
RESIDENT = Masthead("Midlothian Council", "/midlothian", "#7b1fa2")
DESK = Masthead("Armagh City, Banbridge and Craigavon Borough Council", "/workspace", "#ffd100")


def sample_context(masthead: Masthead = RESIDENT, **more: Any) -> dict[str, Any]:
    """What the context processor and a view would hand to a page."""
    return {
        "masthead": masthead,
        "demo": True,
        "nonce": "abc",
        "languages": (
            LanguageLink("en", "English", "/language/en", True),
            LanguageLink("cy", "Cymraeg", "/language/cy"),
        ),
        "links": (Link("Your applications", "#applications", True), Link("When your information was opened", "#trace")),
        "footer_links": (Link("Privacy", "/privacy"), Link("Accessibility", "/accessibility")),
        "signed_in": None,
        "csrf_input": "",
        "fields": FIELDS,
        "rows": ROWS,
        "happenings": HAPPENINGS,
        "columns": COLUMNS,
        "cases": CASES,
        "clock": CLOCK,
        "now": NOW,
        "pages": Pager("#previous", "#following"),
    } | more


def build_environment() -> Environment:
    """The environment as Django's backend would make it, with the sample pages."""
    loader = FileSystemLoader([HERE.parent / "templates", HERE / "pages"])
    return environment(loader=loader)


def render_all() -> dict[str, str]:
    """Every sample page by name."""
    made = build_environment()
    staff = SignedIn("Sam Okafor", "/sign-out", "case worker")
    desk = (Link("Worklist", "#worklist", True), Link("Find", "#find"), Link("Openings", "#openings"))
    at_desk = sample_context(DESK, signed_in=staff, links=desk)
    contexts = {
        "question": sample_context(has_errors=True),
        "start": sample_context(links=()),
        "check": sample_context(signed_in=SignedIn("Alex Morgan", "/sign-out")),
        "done": sample_context(Masthead("Cyngor Gwynedd", "/gwynedd", "#00703c")),
        "worklist": at_desk,
        "case": at_desk,
    }
    pages = {name: made.get_template(f"{name}.html").render(context) for name, context in contexts.items()}
    wrong = sample_context(title="Page not found", message="If you typed the web address, check it is correct.")
    pages["error"] = made.get_template("design/error.html").render(wrong, incident="7f3a91c2")
    return pages


def write_all(folder: Path) -> None:
    """Write every sample page into a folder, for a browser to open."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, html in render_all().items():
        (folder / f"{name}.html").write_text(html)


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
