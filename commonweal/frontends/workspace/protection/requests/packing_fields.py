"""What is asked before a pack leaves: a professional's judgement, and how it is released."""

from django.http import HttpRequest
from django.utils.translation import gettext

from commonweal.capabilities.protection.queries.packs.releasing import (
    HarmRow,
    PackPage,
)
from commonweal.foundations.clocks.now import today
from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.foundations.errors import Words
from commonweal.frontends.workspace.dates import day_shown
from commonweal.frontends.workspace.words import ROLES


def release_fields(request: HttpRequest, page: PackPage, wrong: dict[str, Words]) -> tuple[Field, ...]:
    fields = []
    if not page.is_second:
        usual = gettext("It is due in law today, and nobody else is there.") if page.is_due else ""
        fields.append(
            Field(
                "single",
                gettext("Why nobody else releases it"),
                Kind.LONG_TEXT,
                hint=gettext("You decided, judged or made it yourself. These releases are looked at each month."),
                value=request.POST.get("single", usual),
                error=wrong.get("single", ""),
                rows=2,
            )
        )
    ways = (
        *([Option("fetch", gettext("They fetch it, signed in, within 30 days"))] if page.has_account else []),
        Option("post", gettext("By post")),
    )
    fields += [
        Field(
            "way",
            gettext("How does it reach them?"),
            Kind.ONE_OF,
            options=ways,
            value=request.POST.get("way", ways[0].value),
            error=wrong.get("way", ""),
        ),
        Field(
            "posted_to",
            gettext("If by post: the address on the envelope"),
            Kind.LONG_TEXT,
            hint=gettext("Where they live now. Look it up again: never an address that was replaced."),
            value=request.POST.get("posted_to", ""),
            error=wrong.get("posted_to", ""),
            rows=3,
        ),
        Field(
            "checked_against",
            gettext("If by post: what you checked the address against"),
            hint=gettext("For example their latest application, the electoral register, or a call with them"),
            value=request.POST.get("checked_against", ""),
            error=wrong.get("checked_against", ""),
        ),
        Field(
            "is_current",
            gettext("I looked the address up again, and they live there now"),
            Kind.AGREED,
            value=request.POST.get("is_current", ""),
            error=wrong.get("is_current", ""),
        ),
    ]
    return tuple(fields)


def harm_fields(request: HttpRequest, row: HarmRow, wrong: dict[str, Words]) -> tuple[Field, ...]:
    roles = tuple(Option(role, ROLES.get(role, role)) for role in row.roles)
    answers = (Option("no", gettext("No")), Option("yes", gettext("Yes")))
    return (
        Field(
            "harm",
            gettext("Would giving it cause serious harm to the health of anybody?"),
            Kind.ONE_OF,
            options=answers,
            value=request.POST.get("harm", ""),
            error=wrong.get("harm", ""),
        ),
        Field(
            "professional",
            gettext("Who judged it"),
            value=request.POST.get("professional", ""),
            error=wrong.get("name", ""),
        ),
        Field(
            "role",
            gettext("As what"),
            Kind.CHOSEN,
            options=(Option("", gettext("Choose one")), *roles),
            value=request.POST.get("role", roles[0].value if len(roles) == 1 else ""),
            error=wrong.get("role", ""),
        ),
        Field(
            "on", gettext("When"), Kind.DATE, value=day_shown(request, "on", usual=today()), error=wrong.get("on", "")
        ),
    )
