"""Whom a request is about: found by what they are called, or by the reference of a case."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.protection.actions.requests import match_person
from commonweal.capabilities.protection.queries.matching import find_whom
from commonweal.capabilities.protection.queries.requests import request_page
from commonweal.foundations.design.parts import Field
from commonweal.frontends.workspace.desk import Desk, at_desk
from commonweal.frontends.workspace.protection.sections import show_section
from commonweal.frontends.workspace.typed import read_id


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("q")
@at_desk
def person(request: HttpRequest, desk: Desk, reference: str) -> HttpResponse:
    """Search, and choose who it is. What is searched is posted, so that no name stands in an address.

    Raises NotTheOfficer, NoSuchRequest.
    """
    if request.method == "POST" and "person" in request.POST:
        return _choose(request, desk, reference)
    words = request.POST.get("q", "")[:200].strip()
    asked = request_page(desk.actor, organisation=desk.organisation, reference=reference)
    found = find_whom(desk.actor, organisation=desk.organisation, words=words) if words else ()
    hint = gettext("A name, birth date, email address or phone number, or the reference of a case")
    context = {
        "asked": asked,
        "field": Field("q", gettext("Who is it?"), hint=hint, value=words or asked.about),
        "rows": found,
        "was_searched": bool(words),
        "back": reverse("officer_request", args=[desk.slug, asked.reference]),
    }
    return show_section(request, desk, "requests/person", context)


def _choose(request: HttpRequest, desk: Desk, reference: str) -> HttpResponse:
    chosen = read_id(request.POST["person"])
    match_person(desk.actor, organisation=desk.organisation, reference=reference, person=chosen)
    return redirect(f"{reverse('officer_request', args=[desk.slug, reference])}?done=person")
