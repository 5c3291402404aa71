"""The start page of a service: what it is, what to have at hand, and what happens to what you tell."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from commonweal.capabilities.catalogue.errors import NotOffered
from commonweal.capabilities.catalogue.queries import offering
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.frontends import who
from commonweal.frontends.asking.notices import notice_of
from commonweal.frontends.pages import public_page
from commonweal.frontends.website.frames import frame_council


@require_safe
@public_page
def start(request: HttpRequest, slug: str, service: str) -> HttpResponse:
    """What a service is for and what happens to what you tell, before anything is asked.

    A body that may not offer it says who does. Raises NotOffered, NoSuchOrganisation.
    """
    council = who.organisation_at(request, slug)
    frame_council(request, council)
    try:
        declared = catalogue.service(who.visitor(request), organisation=council.id, name=name_at(service)).service
    except NotOffered:
        return say_who_does_it(request, council, name_at(service))
    if not council.is_open:
        return HttpResponseRedirect(reverse("council", args=[council.slug]))
    return _show_start(request, council, service, declared)


def say_who_does_it(request: HttpRequest, council: OrganisationRow, name: str) -> HttpResponse:
    """The page of a service that this body may not offer. Raises NotOffered where it may, or nobody does."""
    asking = who.visitor(request)
    everywhere = {*organisations.open_organisations(asking), council.id}
    instead = offering.who_does_it(asking, organisations=everywhere, at=council.id, name=name)
    if instead is not None:
        context = {"council": council, "instead": instead}
        return render(request, "website/services/elsewhere.html", context, status=404)
    if council.is_open:
        raise NotOffered
    return HttpResponseRedirect(reverse("council", args=[council.slug]))


def _show_start(request: HttpRequest, council: OrganisationRow, service: str, declared: Service) -> HttpResponse:
    notice = notice_of(declared, council.nation, get_language() or "en")
    context = {
        "council": council,
        "service": declared,
        "notice": notice,
        "begins_at": reverse("apply", args=[council.slug, service]),
    }
    return render(request, "website/services/start.html", context)


def name_at(slug: str) -> str:
    """The name of the service at a web address. Raises NotOffered for an address that no service has."""
    if "_" in slug or slug != slug.lower():
        raise NotOffered
    return slug.replace("-", "_")


urlpatterns = [path("<slug:slug>/<slug:service>/", start, name="service")]
