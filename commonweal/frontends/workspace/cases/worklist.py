"""The worklist: due first, each case with what comes next as a button."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.cases.actions import moving, saving
from commonweal.capabilities.cases.errors import CaseChanged, NotAllowedNow
from commonweal.capabilities.cases.queries import worklists
from commonweal.capabilities.cases.queries.saved import Saved
from commonweal.foundations.design.parts import Link
from commonweal.foundations.errors import Invalid, Refusal
from commonweal.frontends.workspace.cases import filtering
from commonweal.frontends.workspace.cases.places import DONE, TABS, Place
from commonweal.frontends.workspace.cases.sent import Sent
from commonweal.frontends.workspace.desk import Desk, at_desk, show
from commonweal.frontends.workspace.typed import read_id


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def worklist(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A page of the worklist; a POST moves one of its cases on."""
    return _move(request, desk) if request.method == "POST" else _show_list(request, desk)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def keep_filter(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Save the filter one is looking through under a name, or remove a saved one; then back to the list."""
    place = Place.of(request)
    if request.method != "POST":
        return redirect(place.address(desk.slug))
    if removed := request.POST.get("remove", ""):
        saving.remove_filter(desk.actor, organisation=desk.organisation, saved=read_id(removed))
        return redirect(place.address(desk.slug, done="removed"))
    try:
        saving.save_filter(
            desk.actor, organisation=desk.organisation, name=request.POST.get("name", ""), asked=place.asked
        )
    except Invalid as refusal:
        return _show_list(request, desk, refusal)
    return redirect(place.address(desk.slug, done="saved"))


def _move(request: HttpRequest, desk: Desk) -> HttpResponse:
    sent, reference = Sent.of(request), request.POST.get("reference", "")[:16]
    try:
        moving.move(desk.actor, organisation=desk.organisation, case=sent.case, revision=sent.revision, to=sent.key)
    except (CaseChanged, NotAllowedNow) as refusal:
        return _show_list(request, desk, refusal)
    return redirect(Place.of(request).address(desk.slug, row=reference, done="move"))


def _show_list(request: HttpRequest, desk: Desk, refusal: Refusal | None = None) -> HttpResponse:
    place = Place.of(request)
    done = DONE.get(request.GET.get("done", ""))
    found = worklists.worklist(
        desk.actor,
        organisation=desk.organisation,
        asked=place.asked,
        after=place.after,
        is_after_change=done is not None,
    )
    context = {
        "place": place,
        "tabs": _tabs(desk, place, found.counts),
        "rows": found.rows,
        "following": Place(place.asked, found.following).address(desk.slug) if found.following else "",
        "beginning": Place(place.asked).address(desk.slug) if place.after else "",
        "filters": filtering.fields_of(place.asked, found.choices),
        "saved": [(each.id, _link_to(each, desk, place)) for each in found.saved],
        "name_field": filtering.name_field(request.POST.get("name", ""), refusal),
        "done": done,
        "undo": found.undo,
        "refusal": refusal,
        "reference": request.POST.get("reference", "")[:16],
    }
    return show(request, desk, "worklist", context, refusal.status if refusal else 200)


def _link_to(saved: Saved, desk: Desk, place: Place) -> Link:
    return Link(saved.name, Place(saved.asked).address(desk.slug), saved.asked == place.asked)


def _tabs(desk: Desk, place: Place, counts: dict[str, int]) -> list[Link]:
    """The tabs, which keep what the list is narrowed to, each with how many there are where that is known."""
    return [
        Link(words, Place(replace(place.asked, show=key)).address(desk.slug), key == place.show, counts.get(key))
        for key, words in TABS.items()
    ]
