"""One thing is done with a request: asked on a page of its own, and carried out by its action."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.protection.queries.requests import request_page
from commonweal.foundations.clocks.now import today
from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.foundations.errors import Conflict, Invalid, Missing, Refusal
from commonweal.frontends.workspace.dates import day_shown, read_day
from commonweal.frontends.workspace.desk import Desk, at_desk
from commonweal.frontends.workspace.protection.requests import limiting, words
from commonweal.frontends.workspace.protection.requests.acts import ACTS, Act
from commonweal.frontends.workspace.protection.sections import show_section


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("text", "why", "words")
@at_desk
def act(request: HttpRequest, desk: Desk, reference: str, act: str) -> HttpResponse:
    """The page of an act; a POST carries it out. Raises NotTheOfficer, NoSuchRequest."""
    wanted = ACTS.get(act) or limiting.ACTS.get(act)
    if wanted is None:
        raise Missing
    if request.method != "POST":
        return _show(request, desk, reference, wanted)
    try:
        wanted.action(desk.actor, organisation=desk.organisation, reference=reference, **_given(request, wanted))
    except (Invalid, Conflict) as refusal:
        return _show(request, desk, reference, wanted, refusal)
    done = "letter" if wanted.is_letter else "act"
    return redirect(f"{reverse('officer_request', args=[desk.slug, reference])}?done={done}")


def _given(request: HttpRequest, wanted: Act) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if wanted.choice:
        given[wanted.choice[0]] = request.POST.get(wanted.choice[0], "")
    if wanted.day:
        given[wanted.day[0]] = read_day(request, wanted.day[0])
    if wanted.text:
        given[wanted.text[0]] = request.POST.get(wanted.text[0], "")
    return given


def _show(
    request: HttpRequest, desk: Desk, reference: str, wanted: Act, refusal: Refusal | None = None
) -> HttpResponse:
    found = request_page(desk.actor, organisation=desk.organisation, reference=reference)
    context = {
        "asked": found,
        "act": wanted,
        "fields": _fields(request, wanted, refusal.fields if isinstance(refusal, Invalid) else {}),
        "refusal": refusal if isinstance(refusal, Conflict) else None,
        "back": reverse("officer_request", args=[desk.slug, found.reference]),
        "words": words,
    }
    return show_section(request, desk, "requests/act", context, refusal.status if refusal else 200)


def _fields(request: HttpRequest, wanted: Act, wrong: dict[str, Any]) -> tuple[Field, ...]:
    fields = []
    if wanted.choice:
        name, label = wanted.choice
        options = tuple(Option(code, said) for code, said in wanted.options().items())
        chosen = request.POST.get(name, "")
        fields.append(Field(name, label, Kind.ONE_OF, options=options, value=chosen, error=wrong.get(name, "")))
    if wanted.day:
        name, label = wanted.day
        day = day_shown(request, name, usual=today())
        fields.append(Field(name, label, Kind.DATE, value=day, error=wrong.get(name, "")))
    if wanted.text:
        name, label = wanted.text
        hint = gettext("They read it on the page of their request. No word of it is in the email.")
        said = request.POST.get(name, "")
        fields.append(
            Field(
                name,
                label,
                Kind.LONG_TEXT,
                hint=hint if wanted.is_letter else "",
                value=said,
                error=wrong.get(name, ""),
                rows=8 if wanted.is_letter else 3,
            )
        )
    return tuple(fields)
