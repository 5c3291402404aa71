"""A case goes back to its applicant: what they need to tell or send is asked in words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods
from uuid6 import uuid7

from commonweal.capabilities.cases.actions.moving import move
from commonweal.capabilities.cases.actions.noting import NewNote
from commonweal.capabilities.cases.errors import CaseChanged, NotAllowedNow
from commonweal.capabilities.cases.queries.asked import asking_page
from commonweal.foundations.design.parts import Field, Kind
from commonweal.foundations.errors import Invalid, Refusal
from commonweal.frontends.workspace.cases.parts import error_of
from commonweal.frontends.workspace.cases.places import Place
from commonweal.frontends.workspace.cases.sent import Sent
from commonweal.frontends.workspace.desk import Desk, at_desk, show


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def ask(request: HttpRequest, desk: Desk, reference: str, move: str) -> HttpResponse:
    """The question to write; the page itself sends it. The case page posts here what one was writing."""
    sent = Sent.of(request) if request.method == "POST" else None
    if sent is None or sent.what != "ask":
        return _show(request, desk, reference, move, sent=sent)
    try:
        _ask(request, desk, sent, move)
    except (CaseChanged, Invalid, NotAllowedNow) as refusal:
        return _show(request, desk, reference, move, sent=sent, refusal=refusal)
    return redirect(Place.of(request).case_address(desk.slug, reference, done="ask"))


def _ask(request: HttpRequest, desk: Desk, sent: Sent, key: str) -> None:
    move(
        desk.actor,
        organisation=desk.organisation,
        case=sent.case,
        revision=sent.revision,
        to=key,
        question=request.POST.get("question", ""),
        note=sent.note,
    )


def _show(
    request: HttpRequest, desk: Desk, reference: str, move: str, *, sent: Sent | None, refusal: Refusal | None = None
) -> HttpResponse:
    page = asking_page(desk.actor, organisation=desk.organisation, reference=reference, move=move)
    context = {
        "case": page,
        "is_possible": page.move is not None,
        "title": page.move.label if page.move else gettext("Ask the applicant"),
        "revision": sent.revision if sent and not isinstance(refusal, CaseChanged) else page.revision,
        "field": _field(request, refusal),
        "note": sent.note if sent else NewNote(uuid7(), ""),
        "button": gettext("Send the question"),
        "does": "ask",
        "place": Place.of(request),
        "refusal": refusal,
    }
    return show(request, desk, "deciding/words", context, refusal.status if refusal else 200)


def _field(request: HttpRequest, refusal: Refusal | None) -> Field:
    return Field(
        "question",
        gettext("What do you need from the applicant?"),
        Kind.LONG_TEXT,
        hint=gettext("Write it as you would say it to them. They read it on their own page, never in an email."),
        value=request.POST.get("question", ""),
        error=error_of("question", refusal),
        rows=6,
    )
