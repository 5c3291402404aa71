"""How an application is going, for whoever holds its reference and secret: stage and dates, never answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.cases.queries import following as cases
from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.foundations.errors import Missing
from commonweal.frontends import who
from commonweal.frontends.website.applications.page import show_application
from commonweal.frontends.website.applications.proven import remember
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
        attempts.note_wrong()
        return ask_again(request, "website/status_ask.html", proof, is_wrong=True)
    return remember(show_application(request, council, row), council, row.status)
