"""One thing is done with a request: asked on a page of its own, and carried out by its action."""

from collections.abc import Iterator
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
from commonweal.frontends.workspace.dates import read_day
from commonweal.frontends.workspace.desk import Desk, at_desk
from commonweal.frontends.workspace.protection.requests import limiting, words
from commonweal.frontends.workspace.protection.requests.acts import ACTS, Act
from commonweal.frontends.workspace.protection.sections import show_section
from commonweal.frontends.workspace.typed import Typed


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
        "fields": tuple(_fields(Typed.of(request, refusal), wanted)),
        "refusal": refusal if isinstance(refusal, Conflict) else None,
        "back": reverse("officer_request", args=[desk.slug, found.reference]),
        "words": words,
    }
    return show_section(request, desk, "requests/act", context, refusal.status if refusal else 200)


def _fields(typed: Typed, wanted: Act) -> Iterator[Field]:
    if wanted.choice:
        options = tuple(Option(code, said) for code, said in wanted.options().items())
        yield typed.field(*wanted.choice, Kind.ONE_OF, options=options)
    if wanted.day:
        yield typed.day(*wanted.day, usual=today())
    if wanted.text:
        hint = gettext("They read this on their request page. The email does not include it.")
        is_letter = wanted.is_letter
        yield typed.field(*wanted.text, Kind.LONG_TEXT, hint=hint if is_letter else "", rows=8 if is_letter else 3)
