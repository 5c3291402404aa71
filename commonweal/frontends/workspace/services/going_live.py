"""Going live: the difference first, then a named person's decision about exactly that."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.catalogue import actions
from commonweal.capabilities.catalogue.errors import BadDeclaration, CannotOffer, VersionMoved
from commonweal.capabilities.catalogue.queries import designing, differing
from commonweal.foundations.errors import Refusal
from commonweal.frontends.workspace.desk import Desk, at_desk, show
from commonweal.frontends.workspace.services.differences import tell
from commonweal.frontends.workspace.services.listing import name_of, number_in


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def live(request: HttpRequest, desk: Desk, service: str) -> HttpResponse:
    """What would change; a POST makes the draft live as it was looked at. Raises NoDraft, NotADesigner."""
    if request.method != "POST":
        return _show(request, desk, service)
    try:
        actions.make_live(
            desk.actor,
            organisation=desk.organisation,
            name=name_of(service),
            seen=number_in(request, "seen"),
            seen_live=number_in(request, "seen_live"),
        )
    except (VersionMoved, BadDeclaration, CannotOffer) as refusal:
        return _show(request, desk, service, refusal)
    return HttpResponseRedirect(f"{reverse('designed_service', args=[desk.slug, service])}?done=live")


def _show(request: HttpRequest, desk: Desk, service: str, refusal: Refusal | None = None) -> HttpResponse:
    name = name_of(service)
    draft = designing.draft(desk.actor, organisation=desk.organisation, name=name)
    if not draft.is_whole and refusal is None:
        return HttpResponseRedirect(reverse("service_draft", args=[desk.slug, service]))
    live = designing.live_version(desk.actor, organisation=desk.organisation, name=name)
    found = differing.draft_differences(desk.actor, organisation=desk.organisation, name=name)
    context = {
        "service": service,
        "draft": draft,
        "live": live,
        "differences": tell(found),
        "too_long": [one for one in draft.too_long if one.nation == desk.body.nation],
        "refusal": refusal,
    }
    return show(request, desk, "services/live", context, refusal.status if refusal else 200)
