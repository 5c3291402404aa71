"""How an application is going, for whoever holds its reference and secret: stage and dates, never answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.cases.queries import following as cases
from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.capabilities.protection.queries.proving import request_with_secret
from commonweal.foundations.errors import Missing
from commonweal.foundations.references.references import normal_reference
from commonweal.frontends import who
from commonweal.frontends.website.applications.page import show_application
from commonweal.frontends.website.applications.proven import remember, remember_at
from commonweal.frontends.website.attempts import Attempts
from commonweal.frontends.website.frames import at_council
from commonweal.frontends.website.proofs import Proof, ask_again


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("secret")
@at_council
def status(request: HttpRequest, council: OrganisationRow) -> HttpResponse:
    """Ask for reference and secret, then show where the application stands."""
    if request.method != "POST":
        asked = Proof(reference=request.GET.get("reference", "")[:40])
        return render(request, "website/status_ask.html", {"fields": asked.fields()})
    proof = Proof.read(request)
    if not proof.is_complete:
        return ask_again(request, "website/status_ask.html", proof)
    attempts = Attempts.of(request, proof.reference)
    attempts.check()
    try:
        row = cases.status(
            who.visitor(request), organisation=council.id, reference=proof.reference, secret=proof.secret
        )
    except Missing:
        return _show_request(request, council, proof, attempts)
    return remember(show_application(request, council, row), council, row.status)


def _show_request(request: HttpRequest, council: OrganisationRow, proof: Proof, attempts: Attempts) -> HttpResponse:
    """It may be a request about somebody's information: a wrong secret and an unknown reference end here alike."""
    try:
        proven = request_with_secret(
            who.visitor(request), organisation=council.id, reference=proof.reference, secret=proof.secret
        )
    except Missing:
        attempts.note_wrong()
        return ask_again(request, "website/status_ask.html", proof, is_wrong=True)
    reference = normal_reference(proof.reference) or ""
    page = reverse("your_request", args=[council.slug, reference])
    return remember_at(redirect(page), page, council=council, reference=reference, proven=proven)
