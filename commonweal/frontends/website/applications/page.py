"""The page of one application."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from commonweal.capabilities.cases.queries import following
from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.foundations.scope.actors import Resident
from commonweal.frontends.website.applications.proven import of_own
from commonweal.frontends.website.frames import at_council

DONE = ("answered", "challenged")


@require_safe
@at_council
def applications(request: HttpRequest, council: OrganisationRow) -> HttpResponse:
    """Nothing of its own: to what one has with the council, or to asking where it stands."""
    return redirect("your" if request.user.is_authenticated else "status", council.slug)


@require_safe
@of_own
def application(request: HttpRequest, council: OrganisationRow, actor: Resident, reference: str) -> HttpResponse:
    """Where an application of one's own stands, and what can be done with it."""
    return show_application(
        request, council, following.application(actor, organisation=council.id, reference=reference)
    )


def show_application(request: HttpRequest, council: OrganisationRow, row: following.ApplicationRow) -> HttpResponse:
    """The page, for whoever proved the application in one way or the other."""
    done = request.GET.get("done", "")
    context = {"council": council, "row": row.status, "own": row, "done": done if done in DONE else ""}
    return render(request, "website/status.html", context)
