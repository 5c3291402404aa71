"""The officer's list of requests."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from commonweal.capabilities.protection.queries import listing
from commonweal.foundations.design.parts import Link
from commonweal.frontends.workspace import words as desk_words
from commonweal.frontends.workspace.desk import Desk, at_desk
from commonweal.frontends.workspace.protection.requests import words
from commonweal.frontends.workspace.protection.sections import show_section


@require_safe
@at_desk
def requests(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Open requests, the overdue first, or closed ones, latest first. Raises NotTheOfficer."""
    is_closed, after = "closed" in request.GET, request.GET.get("after", "")[:120]
    found = listing.requests(desk.actor, organisation=desk.organisation, is_closed=is_closed, after=after)
    here = reverse("officer_requests", args=[desk.slug])
    shown = {"closed": ""} if is_closed else {}
    context = {
        "tabs": [Link(_("Open"), here, not is_closed), Link(_("Closed"), f"{here}?closed", is_closed)],
        "rows": found.rows,
        "is_closed": is_closed,
        "following": f"{here}?{urlencode({**shown, 'after': found.following})}" if found.following else "",
        "beginning": f"{here}?{urlencode(shown)}" if after else "",
        "words": words,
        "desk_words": desk_words,
    }
    return show_section(request, desk, "requests/list", context)
