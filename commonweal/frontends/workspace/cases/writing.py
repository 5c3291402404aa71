"""A sign that somebody writes on a case, given by the page's script at most once in two minutes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.cases.actions.writing import begin_writing
from commonweal.frontends.workspace.cases.places import Place
from commonweal.frontends.workspace.desk import Desk, at_desk


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def writing(request: HttpRequest, desk: Desk, reference: str) -> HttpResponse:
    """Whoever posts is writing on the case; nothing is answered."""
    if request.method != "POST":
        return redirect(Place.of(request).case_address(desk.slug, reference))
    begin_writing(desk.actor, organisation=desk.organisation, reference=reference)
    return HttpResponse(status=204)
