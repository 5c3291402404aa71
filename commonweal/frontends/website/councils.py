"""A council's home page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.frontends import who
from commonweal.frontends.pages import public_page
from commonweal.frontends.website.finding import list_open
from commonweal.frontends.website.frames import frame_council


@require_safe
@public_page
def council_home(request: HttpRequest, slug: str) -> HttpResponse:
    """What a council offers here, or that it offers nothing here yet."""
    council = who.organisation_at(request, slug)
    frame_council(request, council)
    return _show_offer(request, council) if council.is_open else _say_closed(request, council)


def _show_offer(request: HttpRequest, council: OrganisationRow) -> HttpResponse:
    offered = catalogue.services(who.visitor(request), organisation=council.id)
    return render(request, "website/council.html", {"council": council, "services": offered})


def _say_closed(request: HttpRequest, council: OrganisationRow) -> HttpResponse:
    councils = organisations.organisations(who.visitor(request))
    context = {"council": council, "open_councils": list_open(councils, near=council)}
    return render(request, "website/council_closed.html", context)
