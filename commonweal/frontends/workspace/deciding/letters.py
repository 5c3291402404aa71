"""Letters of a case: previewed while they are written, read and printed afterwards."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.capabilities.cases.actions.lettering import mark_posted
from commonweal.capabilities.cases.queries import letters
from commonweal.foundations.personal_data.prompts import ReasonNeeded
from commonweal.foundations.references.references import normal_reference
from commonweal.frontends.workspace.cases.places import Place
from commonweal.frontends.workspace.cases.reasons import ask_reason, ask_reason_first, keep_reason_at, reason_given
from commonweal.frontends.workspace.desk import Desk, at_desk
from commonweal.frontends.workspace.typed import read_id


@at_desk
@require_POST
def preview(request: HttpRequest, desk: Desk, reference: str) -> HttpResponse:
    """The letter one is writing, as it would be printed."""
    given = request.POST
    desk = keep_reason_at(request, desk, reference)
    try:
        pdf = letters.preview_letter(
            desk.actor,
            organisation=desk.organisation,
            reference=reference,
            title=given.get("title", ""),
            body=given.get("letter", ""),
            language=given.get("language", ""),
            reason=reason_given(request, reference),
        )
    except ReasonNeeded as needed:
        return ask_reason_first(request, desk, reference, needed)
    return as_pdf(pdf, reference)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def letter(request: HttpRequest, desk: Desk, reference: str, letter: UUID) -> HttpResponse:
    """A letter as it was sent, to be printed; a POST marks it as posted."""
    if request.method == "POST":
        case = read_id(request.POST.get("case", ""))
        mark_posted(desk.actor, organisation=desk.organisation, case=case, letter=letter)
        return redirect(Place.of(request).case_address(desk.slug, reference, done="posted"))
    given = reason_given(request, reference)
    try:
        page = letters.letter_sent(
            desk.actor, organisation=desk.organisation, reference=reference, letter=letter, reason=given
        )
    except ReasonNeeded as needed:
        return ask_reason(request, desk, reference, needed)
    return as_pdf(page.pdf, reference)


def as_pdf(content: bytes, reference: str) -> HttpResponse:
    """A PDF that a browser saves under the reference, however it was typed; of whom it speaks is not in its name."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{normal_reference(reference)}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
