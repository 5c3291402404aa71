"""One search box from anywhere: a reference, or what is known of a person, in any order."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from commonweal.capabilities.cases.queries import worklists
from commonweal.frontends.workspace.cases.places import Place
from commonweal.frontends.workspace.desk import Desk, at_desk, show

LONGEST = 200


@require_safe
@at_desk
def find(request: HttpRequest, desk: Desk) -> HttpResponse:
    """At most 20 cases of one's teams, the best found first, their names masked."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    rows = worklists.find(desk.actor, organisation=desk.organisation, words=words) if words else ()
    return show(request, desk, "find", {"words": words, "rows": rows, "place": Place()})
