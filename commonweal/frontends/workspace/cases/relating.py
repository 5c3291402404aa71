"""Staff say to whom they are related: those people's cases are closed to them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.cases.actions import relating
from commonweal.capabilities.cases.errors import NoSuchCase
from commonweal.capabilities.identity.queries import relations
from commonweal.foundations.design.parts import Field
from commonweal.foundations.errors import Words
from commonweal.frontends.workspace.desk import Desk, at_desk, show


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def related(request: HttpRequest, desk: Desk) -> HttpResponse:
    """One's own relations, and the form to declare one by the reference of a case."""
    if request.method != "POST":
        return _show(request, desk)
    typed = request.POST.get("reference", "")[:40]
    try:
        relating.declare_relative(desk.actor, organisation=desk.organisation, reference=typed)
    except NoSuchCase:
        return _show(request, desk, gettext("No case has this reference"), 422)
    return redirect(f"{reverse('related', args=[desk.slug])}?done")


def _show(request: HttpRequest, desk: Desk, wrong: Words = "", status: int = 200) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    context = {
        "rows": relations.relations(desk.actor, organisation=desk.organisation, account=desk.actor.account),
        "field": Field(
            "reference",
            gettext("Reference of their case"),
            value=given.get("reference", "")[:40],
            error=wrong,
            width=20,
        ),
        "was_declared": "done" in request.GET,
    }
    return show(request, desk, "related", context, status)
