"""What a signed-in person may read of the instructions that staff have when they meet them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.capabilities.protection.queries import markers
from commonweal.frontends import who
from commonweal.frontends.website.frames import at_council


@require_safe
@login_required
@at_council
def safety(request: HttpRequest, council: OrganisationRow) -> HttpResponse:
    """The instructions that stand, why, until when, and how to challenge them."""
    rows = markers.own_markers(who.resident(request), organisation=council.id)
    return render(request, "website/safety.html", {"council": council, "rows": rows, "narrow": True})
