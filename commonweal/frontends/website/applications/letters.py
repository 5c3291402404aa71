"""A letter, read on a page of one's own or kept as PDF."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.capabilities.cases.queries.letters import own_letter
from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.foundations.documents.markdown import parse
from commonweal.foundations.scope.actors import Resident
from commonweal.frontends.website.applications.proven import of_own


@require_safe
@of_own
def letter(
    request: HttpRequest, council: OrganisationRow, actor: Resident, reference: str, letter: UUID
) -> HttpResponse:
    """The letter as text; with `?pdf` to print and keep."""
    page = own_letter(actor, organisation=council.id, reference=reference, letter=letter)
    if "pdf" not in request.GET:
        context = {"council": council, "page": page, "letter": letter, "blocks": parse(page.body)}
        return render(request, "website/applications/letter.html", context)
    response = HttpResponse(page.pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{page.reference}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
