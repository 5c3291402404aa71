"""Filling in a form for somebody on the phone, at the counter, or from a letter, on the pages that residents use."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.capabilities.catalogue.queries.wording import slug_of
from commonweal.capabilities.forms.actions import taking as actions
from commonweal.capabilities.forms.errors import DraftGone
from commonweal.capabilities.forms.queries import taking
from commonweal.foundations.design.parts import Words
from commonweal.foundations.scope.actors import Channel, DraftHolder
from commonweal.frontends.holding import hand_to_staff
from commonweal.frontends.workspace.desk import Desk, at_desk, show

_WAYS: dict[Channel, Words] = {
    Channel.PHONE: _("On the phone"),
    Channel.COUNTER: _("At the counter"),
    Channel.POST: _("By post"),
    Channel.EMAIL: _("By email"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Choose a service and how somebody came, and begin; or go on with what one began."""
    if request.method != "POST":
        return _choose(request, desk)
    service, _colon, way = request.POST.get("begins", "").partition(":")
    if not service or way not in {channel.value for channel in _WAYS}:
        return _choose(request, desk, is_wrong=True)
    holder, page = actions.take_down(desk.actor, organisation=desk.organisation, service=service, channel=Channel(way))
    return _hand_over(desk, service, holder, f"{page}/")


@require_safe
@at_desk
def go_on(request: HttpRequest, desk: Desk, draft: UUID) -> HttpResponse:
    """Go on with what one has begun. Raises DraftGone for whatever is not one's own."""
    own = taking.begun_by(desk.actor, organisation=desk.organisation)
    found = next((row for row in own if row.draft == draft), None)
    if found is None:
        raise DraftGone
    return _hand_over(desk, found.service.name, found.holder(None), "go-on/")


def _choose(request: HttpRequest, desk: Desk, *, is_wrong: bool = False) -> HttpResponse:
    offered = taking.services_to_take_down(desk.actor, organisation=desk.organisation)
    context = {
        "offered": [(service, [(way.value, _WAYS[way]) for way in ways]) for service, ways in offered],
        "begun": [(row, _WAYS[row.channel]) for row in taking.begun_by(desk.actor, organisation=desk.organisation)],
        "error": _("Select a service and how they came") if is_wrong else "",
    }
    return show(request, desk, "taking", context, status=422 if is_wrong else 200)


def _hand_over(desk: Desk, service: str, holder: DraftHolder, page: str) -> HttpResponse:
    slug = slug_of(service)
    root = f"{reverse('apply', args=[desk.slug, slug])}{holder.draft}/"
    return hand_to_staff(HttpResponseRedirect(f"{root}{page}"), desk.slug, slug, holder)


urlpatterns = [
    path("<slug:slug>/new/", new, name="new_application"),
    path("<slug:slug>/new/<uuid:draft>/", go_on, name="go_on_taking"),
]
