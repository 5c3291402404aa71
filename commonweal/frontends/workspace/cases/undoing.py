"""Taking back what one just did: one button for one case or several, refused in words once ten seconds are over."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.cases.actions import undoing
from commonweal.capabilities.cases.errors import CaseChanged, TooLateToUndo
from commonweal.frontends.pages import BadRequest
from commonweal.frontends.workspace.cases.places import Place
from commonweal.frontends.workspace.desk import Desk, at_desk, show
from commonweal.frontends.workspace.typed import read_id

MOST = 50


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def undo(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Take back the changes that the button names; back to the case, or to the list."""
    place, reference = Place.of(request), request.POST.get("reference", "")[:16]
    back = place.case_address(desk.slug, reference) if reference else place.address(desk.slug)
    if request.method != "POST":
        return redirect(back)
    changes = read_changes(request.POST.getlist("change")[:MOST])
    try:
        done = undoing.undo(desk.actor, organisation=desk.organisation, changes=changes)
    except (CaseChanged, TooLateToUndo) as refusal:
        done = undoing.Undone(0, refusal)
    if done.refusal:
        context = {"refusal": done.refusal, "count": done.count, "back": back, "reference": reference}
        return show(request, desk, "undo", context, done.refusal.status)
    return redirect(
        place.case_address(desk.slug, reference, done="undone")
        if reference
        else place.address(desk.slug, done="undone")
    )


def read_changes(texts: list[str]) -> list[tuple[UUID, int]]:
    """Cases with the revision one saw, as a page of ours writes them: "id.revision". Raises BadRequest."""
    changes = []
    for text in texts:
        case, _dot, revision = text.partition(".")
        if not revision.isdecimal() or len(revision) > 9:
            raise BadRequest
        changes.append((read_id(case), int(revision)))
    return changes
