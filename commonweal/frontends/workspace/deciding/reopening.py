"""A closed case is opened again: for a review that the applicant asked for, or for a reason of one's own."""

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods
from uuid6 import uuid7

from commonweal.capabilities.cases.actions import reviewing
from commonweal.capabilities.cases.actions.noting import NewNote
from commonweal.capabilities.cases.errors import CaseChanged, NoReviewNow, NotAllowedNow
from commonweal.capabilities.cases.queries.closed import ClosedPage, closed_page
from commonweal.foundations.design.parts import Field, Kind
from commonweal.foundations.errors import Invalid, Refusal
from commonweal.frontends.workspace.cases.parts import error_of
from commonweal.frontends.workspace.cases.places import Place
from commonweal.frontends.workspace.cases.sent import Sent
from commonweal.frontends.workspace.desk import Desk, at_desk, show


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def reopen(request: HttpRequest, desk: Desk, reference: str) -> HttpResponse:
    """Why a case is opened again, and doing so."""

    def act(sent: Sent) -> None:
        reviewing.reopen(
            desk.actor, organisation=desk.organisation, case=sent.case, revision=sent.revision, text=sent.note.text
        )

    page = closed_page(desk.actor, organisation=desk.organisation, reference=reference)
    hint = gettext("This appears in the case history, together with the earlier decision.")
    field = Field("text", gettext("Why are you reopening it?"), Kind.LONG_TEXT, hint=hint)
    words = (gettext("Reopen the case"), page.may_reopen)
    return _answer(request, desk, page, field, words=words, act=act)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def review(request: HttpRequest, desk: Desk, reference: str, review: str) -> HttpResponse:
    """What the applicant says against the decision, written down for them."""

    def act(sent: Sent) -> None:
        reviewing.record_review(
            desk.actor,
            organisation=desk.organisation,
            case=sent.case,
            revision=sent.revision,
            review=review,
            text=sent.note.text,
        )

    page = closed_page(desk.actor, organisation=desk.organisation, reference=reference)
    label = next((each.label for each in page.reviews if each.key == review), "")
    hint = gettext("Use their own words, and say how and when it reached you. If it is late, say why you accept it.")
    field = Field("text", gettext("What do they say?"), Kind.LONG_TEXT, hint=hint)
    return _answer(request, desk, page, field, words=(label or gettext("Review"), bool(label)), act=act)


def _answer(
    request: HttpRequest,
    desk: Desk,
    page: ClosedPage,
    field: Field,
    *,
    words: tuple[str, bool],
    act: Callable[[Sent], None],
) -> HttpResponse:
    """Show the page, or do it; what was typed comes back with whatever is wrong."""
    sent = Sent.of(request) if request.method == "POST" else None
    refusal: Refusal | None = None
    if sent is not None:
        try:
            act(sent)
        except (CaseChanged, Invalid, NoReviewNow, NotAllowedNow) as refused:
            refusal = refused
        else:
            return redirect(Place.of(request).case_address(desk.slug, page.reference, done="reopened"))
    title, is_possible = words
    context = {
        "case": page,
        "is_possible": is_possible,
        "title": title,
        "revision": sent.revision if sent and not isinstance(refusal, CaseChanged) else page.revision,
        "field": replace(field, value=sent.note.text if sent else "", error=error_of("text", refusal), rows=6),
        "note": sent.note if sent else NewNote(uuid7(), ""),
        "button": title,
        "does": "reopen",
        "place": Place.of(request),
        "refusal": refusal,
    }
    return show(request, desk, "deciding/words", context, refusal.status if refusal else 200)
