"""One search box from anywhere: a reference, or a person's name, email or phone.

What is searched for is posted and kept in the session, never in the address, which ends up in histories and logs. The
address of the results names the search by a random number, so that Back, reloading and a second window work.
"""

import secrets

from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.cases.queries import worklists
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
    words = request.session.get(_SEARCHES, {}).get(request.GET.get("search", ""), "")
    rows = worklists.find(desk.actor, organisation=desk.organisation, words=words) if words else ()
    return show(request, desk, "find", {"words": words, "rows": rows, "place": Place()})


def _begin(request: HttpRequest, desk: Desk) -> HttpResponse:
    address = reverse("find", args=[desk.slug])
    words = request.POST.get("q", "").replace("\x00", "").strip()[:LONGEST]
    if not words:
        return redirect(address)
    number = secrets.token_hex(6)
    latest = list(request.session.get(_SEARCHES, {}).items())[1 - KEPT :]
    request.session[_SEARCHES] = {**dict(latest), number: words}
    try:
        request.session.save()
    except UpdateError:
        raise Unavailable from None
    request.session.modified = False
    return redirect(f"{address}?search={number}")
