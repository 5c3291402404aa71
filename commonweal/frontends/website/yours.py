"""What a signed-in person has with a council: their applications."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.capabilities.cases.actions import opening as proven
from commonweal.capabilities.cases.queries import following as cases
from commonweal.capabilities.forms.queries import taking
from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.foundations.errors import Missing
from commonweal.frontends import who
from commonweal.frontends.website.attempts import Attempts
from commonweal.frontends.website.frames import at_council
from commonweal.frontends.website.proofs import Proof, ask_again


@require_safe
@login_required
@at_council
def your_applications(request: HttpRequest, council: OrganisationRow) -> HttpResponse:
    """The applications tied to the account, and where they stand."""
    rows = cases.applications(who.resident(request), organisation=council.id)
    begun = taking.unfinished(who.resident(request), organisation=council.id)
    context = {
        "council": council,
        "rows": rows,
        "begun": begun,
        "was_added": "added" in request.GET,
        "narrow": not rows,
    }
    return render(request, "website/your.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("secret")
@login_required
@at_council
def claim(request: HttpRequest, council: OrganisationRow) -> HttpResponse:
    """Tie an application that was sent without signing in to the account."""
    if request.method != "POST":
        return render(request, "website/claim.html", {"council": council, "fields": Proof().fields()})
    proof = Proof.read(request)
    if not proof.is_complete:
        return ask_again(request, "website/claim.html", proof)
    attempts = Attempts.of(request, proof.reference)
    attempts.check()
    try:
        proven.claim(who.resident(request), organisation=council.id, reference=proof.reference, secret=proof.secret)
    except Missing:
        attempts.note_wrong()
        return ask_again(request, "website/claim.html", proof, is_wrong=True)
    return HttpResponseRedirect(f"{reverse('your', args=[council.slug])}?added")
