"""Closing a case: an outcome is chosen beside what the applicant will be told, and sent on purpose."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods
from uuid6 import uuid7

from commonweal.capabilities.cases.actions.closing import close as close_case
from commonweal.capabilities.cases.actions.noting import NewNote
from commonweal.capabilities.cases.actions.writing import begin_writing
from commonweal.capabilities.cases.errors import CaseChanged, NotAllowedNow
from commonweal.capabilities.cases.queries import closing
from commonweal.foundations.errors import Invalid, Refusal
from commonweal.frontends.workspace.cases import parts
from commonweal.frontends.workspace.cases.places import Place
from commonweal.frontends.workspace.cases.sent import Sent
from commonweal.frontends.workspace.desk import Desk, at_desk, show


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def close(request: HttpRequest, desk: Desk, reference: str) -> HttpResponse:
    """The outcomes to choose from. The case page posts here what one was writing; the page itself posts the choice."""
    if request.method != "POST":
        return _ask(request, desk, reference)
    sent = Sent.of(request)
    if sent.what != "close":
        begin_writing(desk.actor, organisation=desk.organisation, reference=reference)
        return _ask(request, desk, reference, sent)
    try:
        _close(desk, sent)
    except (CaseChanged, Invalid, NotAllowedNow) as refusal:
        return _ask(request, desk, reference, sent, refusal)
    return redirect(Place.of(request).case_address(desk.slug, reference, done="close"))


def _close(desk: Desk, sent: Sent) -> None:
    if not sent.outcome:
        raise Invalid({"outcome": gettext("Choose an outcome")})
    close_case(
        desk.actor,
        organisation=desk.organisation,
        case=sent.case,
        revision=sent.revision,
        outcome=sent.outcome,
        note=sent.note,
    )


def _ask(
    request: HttpRequest, desk: Desk, reference: str, sent: Sent | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    page = closing.closing_page(desk.actor, organisation=desk.organisation, reference=reference)
    note = sent.note if sent else NewNote(uuid7(), "")
    # What one saw stays what one decided on; only after being told of a change does the new state count as seen.
    revision = sent.revision if sent and not isinstance(refusal, CaseChanged) else page.revision
    place = Place.of(request)
    context = {
        "case": page,
        "revision": revision,
        "place": place,
        "note": note,
        "fields": (
            parts.outcome_field(page, sent.outcome if sent else "", refusal),
            parts.note_field(note.text, refusal),
        ),
        "refusal": refusal,
    }
    return show(request, desk, "closing", context, refusal.status if refusal else 200)
