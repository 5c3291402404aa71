"""The worklist: due first, each case with what comes next as a button."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.cases.actions import moving
from commonweal.capabilities.cases.errors import CaseChanged, NotAllowedNow
from commonweal.capabilities.cases.queries import worklists
from commonweal.foundations.design.parts import Link
from commonweal.foundations.errors import Refusal
from commonweal.frontends.workspace.cases.places import DONE, TABS, Place
from commonweal.frontends.workspace.cases.sent import Sent
from commonweal.frontends.workspace.desk import Desk, at_desk, show


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def worklist(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A page of the worklist; a POST moves one of its cases on."""
    return _move(request, desk) if request.method == "POST" else _show_list(request, desk)


def _move(request: HttpRequest, desk: Desk) -> HttpResponse:
    sent, reference = Sent.of(request), request.POST.get("reference", "")[:16]
    try:
        moving.move(desk.actor, organisation=desk.organisation, case=sent.case, revision=sent.revision, to=sent.key)
    except (CaseChanged, NotAllowedNow) as refusal:
        return _show_list(request, desk, refusal)
    return redirect(Place.of(request).address(desk.slug, row=reference, done="move"))


def _show_list(request: HttpRequest, desk: Desk, refusal: Refusal | None = None) -> HttpResponse:
    place = Place.of(request)
    found = worklists.worklist(desk.actor, organisation=desk.organisation, show=place.show, after=place.after)
    context = {
        "place": place,
        "tabs": [Link(words, Place(key).address(desk.slug), key == place.show) for key, words in TABS.items()],
        "rows": found.rows,
        "following": Place(place.show, found.following).address(desk.slug) if found.following else "",
        "beginning": Place(place.show).address(desk.slug) if place.after else "",
        "done": DONE.get(request.GET.get("done", "")),
        "refusal": refusal,
        "reference": request.POST.get("reference", "")[:16],
    }
    return show(request, desk, "worklist", context, refusal.status if refusal else 200)
