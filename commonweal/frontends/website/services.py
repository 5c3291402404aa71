"""The start page of a service: what it is, what to have at hand, and what happens to what you tell."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from commonweal.capabilities.catalogue.errors import NotOffered
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.frontends import who
from commonweal.frontends.asking.notices import notice_of
from commonweal.frontends.pages import public_page
from commonweal.frontends.website.frames import at_council


@require_safe
@public_page
@at_council
def start(request: HttpRequest, council: OrganisationRow, service: str) -> HttpResponse:
    """What a service is for and what happens to what you tell, before anything is asked."""
    declared = catalogue.service(who.visitor(request), organisation=council.id, name=name_at(service)).service
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
