"""What is asked before a pack leaves: a professional's judgement, and how it is released."""

from django.utils.translation import gettext

from commonweal.capabilities.protection.queries.packs.releasing import (
    HarmRow,
    PackPage,
)
from commonweal.foundations.clocks.now import today
from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.frontends.workspace.typed import Typed
from commonweal.frontends.workspace.words import ROLES


def release_fields(typed: Typed, page: PackPage) -> tuple[Field, ...]:
    """How a pack leaves and where to, and of whoever worked on it why nobody else releases it."""
    ways = (
        *([Option("fetch", gettext("They sign in and download it within 30 days"))] if page.has_account else []),
        Option("post", gettext("By post")),
    )
    return (
        *(() if page.is_second else (_single(typed, page),)),
        typed.field("way", gettext("How does it reach them?"), Kind.ONE_OF, options=ways, usual=ways[0].value),
        typed.field(
            "posted_to",
            gettext("If by post: the address on the envelope"),
            Kind.LONG_TEXT,
            hint=gettext("Where they live now. Check it again, and never use an old address."),
            rows=3,
        ),
        typed.field(
            "checked_against",
            gettext("If by post: what you checked the address against"),
            hint=gettext("For example their latest application, the electoral register, or a call with them"),
        ),
        typed.field("is_current", gettext("I have checked the address again, and they live there now"), Kind.AGREED),
    )


def _single(typed: Typed, page: PackPage) -> Field:
    return typed.field(
        "single",
        gettext("Why can nobody else release it?"),
        Kind.LONG_TEXT,
        hint=gettext("You decided, judged or made it yourself. These releases are looked at each month."),
        usual=gettext("It is due in law today, and nobody else is there.") if page.is_due else "",
        rows=2,
    )


def harm_fields(typed: Typed, row: HarmRow) -> tuple[Field, ...]:
    """What a professional judged of a service, who it was, as what and when."""
    roles = tuple(Option(role, ROLES.get(role, role)) for role in row.roles)
    question = gettext("Would giving it cause serious harm to the health of anybody?")
    return (
        typed.field(
            "harm", question, Kind.ONE_OF, options=(Option("no", gettext("No")), Option("yes", gettext("Yes")))
        ),
        typed.field("name", gettext("Who judged it")),
        typed.field(
            "role",
            gettext("Their role"),
            Kind.CHOSEN,
            options=(Option("", gettext("Choose one")), *roles),
            usual=roles[0].value if len(roles) == 1 else "",
        ),
        typed.day("on", gettext("When"), usual=today()),
    )
