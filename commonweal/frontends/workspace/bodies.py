"""Which body one works for, and where one begins there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from commonweal.capabilities.identity.errors import NotStaff
from commonweal.capabilities.identity.queries import colleagues
from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.design.parts import Frame, SignedIn
from commonweal.frontends import who
from commonweal.frontends.pages import set_frame
from commonweal.frontends.workspace.desk import Desk, ask_to_sign_in, at_desk, show
from commonweal.frontends.workspace.words import name_roles


@require_safe
def choose_body(request: HttpRequest) -> HttpResponse:
    """The bodies one works for; whoever works for one goes straight there. Raises NotStaff."""
    if not request.user.is_authenticated:
        return ask_to_sign_in(request)
    actor = who.resident(request)
    places = colleagues.memberships(actor, account=who.account_of(request))
    if not places:
        raise NotStaff
    bodies = organisations.organisations_with(actor, ids=[place.organisation for place in places])
    if len(bodies) == 1:
        return redirect("desk", bodies[0].slug)
    roles = {place.organisation: name_roles(place.roles) for place in places}
    set_frame(request, Frame(signed_in=SignedIn(places[0].name, reverse("account_logout"))))
    return render(request, "workspace/choose.html", {"bodies": bodies, "roles": roles})


@require_safe
@at_desk
def enter(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Go where one's work begins: worklist, requests for the officer, services for a designer, else the calendar."""
    if desk.has_casework:
        return redirect("worklist", desk.slug)
    if desk.has_oversight:
        return redirect("officer_requests", desk.slug)
    if desk.is_designer:
        return redirect("designed", desk.slug)
    if desk.is_administrator:
        return redirect("calendar", desk.slug)
    return show(request, desk, "nothing")
