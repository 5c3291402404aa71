"""One search box from anywhere: a reference leads straight to its case; else what one knows of a person or a place.

What is searched for is posted and kept nowhere: addresses end up in histories and logs, and a session is no place for
names. The session keeps which cases were found, under the random number in the address of the results, so that Back,
reloading and a second window work.
"""

import secrets
from uuid import UUID

from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.cases.queries import finding
from commonweal.frontends.pages import Unavailable
from commonweal.frontends.workspace.cases.places import Place
from commonweal.frontends.workspace.desk import Desk, at_desk, show

LONGEST, KEPT = 200, 5
_SEARCHES = "searches"


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def find(request: HttpRequest, desk: Desk) -> HttpResponse:
    """At most 20 cases of one's teams, their names masked; a POST begins a search."""
    if request.method == "POST":
        return _begin(request, desk)
    kept = request.session.get(_SEARCHES, {}).get(request.GET.get("search", ""), ())
    found = tuple(UUID(case) for case in kept)
    rows = finding.listed(desk.actor, organisation=desk.organisation, cases=found) if found else ()
    return show(request, desk, "find", {"words": "", "rows": rows, "place": Place()})


def _begin(request: HttpRequest, desk: Desk) -> HttpResponse:
    words = request.POST.get("q", "").replace("\x00", "").strip()[:LONGEST]
    found = finding.search(desk.actor, organisation=desk.organisation, words=words) if words else finding.Found()
    if found.reference:
        return redirect(Place().case_address(desk.slug, found.reference))
    if not found.cases:
        return show(request, desk, "find", {"words": words, "rows": (), "place": Place()})
    number = secrets.token_hex(6)
    latest = list(request.session.get(_SEARCHES, {}).items())[1 - KEPT :]
    request.session[_SEARCHES] = {**dict(latest), number: [str(case) for case in found.cases]}
    try:
        request.session.save()
    except UpdateError:
        raise Unavailable from None
    request.session.modified = False
    return redirect(f"{reverse('find', args=[desk.slug])}?search={number}")
