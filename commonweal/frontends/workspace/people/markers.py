"""Staff-safety markers for the managers who decide about them, and what staff take along to a visit."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.capabilities.cases.queries import visiting
from commonweal.capabilities.people.actions import marking
from commonweal.capabilities.people.errors import NeedsAnother, NoSuchMarker
from commonweal.capabilities.people.queries import choices
from commonweal.capabilities.people.queries import markers as marked
from commonweal.foundations.personal_data.prompts import ReasonNeeded
from commonweal.frontends.pages import BadRequest
from commonweal.frontends.workspace.cases.places import Place
from commonweal.frontends.workspace.cases.reasons import ask_reason, reason_given
from commonweal.frontends.workspace.desk import Desk, at_desk, show

DONE: dict[str, Promise] = {
    "approve": _("It is approved: colleagues read the instruction from now on."),
    "end": _("It has ended: nobody is shown it any more."),
}


@require_safe
@at_desk
def markers(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What waits for an approval, then what stands, due for review first. Raises NotAManager."""
    rows = marked.markers(desk.actor, organisation=desk.organisation)
    context = {"rows": rows, "told": choices.told(), "done": DONE.get(request.GET.get("done", ""))}
    return show(request, desk, "people/markers", context)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def marker(request: HttpRequest, desk: Desk, marker: UUID) -> HttpResponse:
    """One marker with its ground; a POST approves or ends it. Raises NotAManager, NoSuchMarker, ReadingRefused."""
    if request.method != "POST":
        return _show(request, desk, marker)
    what = request.POST.get("do", "")
    act = {"approve": marking.approve_marker, "end": marking.end_marker}.get(what)
    if act is None:
        raise BadRequest
    try:
        act(desk.actor, organisation=desk.organisation, marker=marker)
    except NeedsAnother as refusal:
        return _show(request, desk, marker, refusal)
    except NoSuchMarker:
        what = ""  # Someone else ended it meanwhile: the list shows what is.
    return redirect(f"{reverse('safety_markers', args=[desk.slug])}?done={what}")


@require_safe
@at_desk
def visit(request: HttpRequest, desk: Desk, reference: str) -> HttpResponse:
    """What to know before a visit. Raises NoSuchCase, ReadingRefused."""
    reason = reason_given(request, reference)
    try:
        page = visiting.visit_page(desk.actor, organisation=desk.organisation, reference=reference, reason=reason)
    except ReasonNeeded as needed:
        return ask_reason(request, desk, reference, needed)
    return show(request, desk, "people/visit", {"visit": page, "place": Place.of(request)})


def _show(request: HttpRequest, desk: Desk, marker: UUID, refusal: NeedsAnother | None = None) -> HttpResponse:
    page = marked.marker(desk.actor, organisation=desk.organisation, marker=marker)
    context = {"marker": page, "told": choices.told(), "refusal": refusal}
    return show(request, desk, "people/marker", context, refusal.status if refusal else 200)
