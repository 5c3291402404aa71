"""Applying again for what ends: the reminder leads here, signed in or not."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.cases.actions.renewing import apply_again
from commonweal.capabilities.cases.errors import NoSuchCase
from commonweal.capabilities.cases.queries.renewing import renewable
from commonweal.capabilities.catalogue.errors import NotOffered
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.forms.queries.filling import where_to_go_on
from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.foundations.references.references import normal_reference
from commonweal.foundations.scope.actors import DraftHolder, Resident
from commonweal.frontends import who
from commonweal.frontends.holding import hand_over
from commonweal.frontends.shortened import lead
from commonweal.frontends.website.frames import at_council, sign_in_address
from commonweal.frontends.website.places import Applying
from commonweal.frontends.website.services import name_at, say_who_does_it


@require_http_methods(["GET", "HEAD", "POST"])
@at_council
def again(request: HttpRequest, council: OrganisationRow, service: str, reference: str) -> HttpResponse:
    """Begin with what was told before, or say how to: in the same words to everybody whose case it is not."""
    asking = who.visitor_or_resident(request)
    try:
        offered = catalogue.service(asking, organisation=council.id, name=name_at(service)).service
    except NotOffered:
        return say_who_does_it(request, council, name_at(service))
    is_own = isinstance(asking, Resident) and _is_own(asking, council, name_at(service), reference)
    if request.method == "POST" and is_own and isinstance(asking, Resident):
        return _begin(request, council, service, asking, reference)
    context = {
        "council": council,
        "service": offered,
        "title": offered.title.in_language(get_language()),
        "reference": normal_reference(reference) or "",
        "is_own": is_own,
        "signs_in_at": sign_in_address(request.get_full_path()),
    }
    return render(request, "website/applying/again.html", context)


def _is_own(asking: Resident, council: OrganisationRow, service: str, reference: str) -> bool:
    try:
        return renewable(asking, organisation=council.id, reference=reference).service == service
    except NoSuchCase:
        return False


def _begin(
    request: HttpRequest, council: OrganisationRow, service: str, asking: Resident, reference: str
) -> HttpResponse:
    draft = apply_again(asking, organisation=council.id, reference=reference)
    applying = Applying(council, service, DraftHolder(draft=draft, account=asking.account))
    place = where_to_go_on(applying.holder, organisation=council.id)
    onwards = HttpResponseRedirect(applying.address(place or "check"))
    return hand_over(onwards, request, council.slug, service, draft)


urlpatterns = [
    lead("<slug:slug>/<slug:service>/again/", "service"),
    path("<slug:slug>/<slug:service>/again/<str:reference>/", again, name="apply_again"),
]
