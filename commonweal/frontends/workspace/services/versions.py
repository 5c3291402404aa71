"""The versions of a service: what each said, how two differ, and taking up an older one again."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.capabilities.catalogue import actions
from commonweal.capabilities.catalogue.errors import BadDeclaration, CannotOffer, NoSuchVersion, VersionMoved
from commonweal.capabilities.catalogue.queries import designing, differing
from commonweal.capabilities.identity.queries import colleagues
from commonweal.foundations.errors import Refusal
from commonweal.frontends.workspace.desk import Desk, at_desk, show
from commonweal.frontends.workspace.services.differences import tell
from commonweal.frontends.workspace.services.listing import name_of, number_in


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def version(request: HttpRequest, desk: Desk, service: str, number: int) -> HttpResponse:
    """One version with its texts and how it differs from what is live; a POST makes it live again.

    Raises NoSuchVersion, NotADesigner.
    """
    if request.method != "POST":
        return _show(request, desk, service, number)
    try:
        actions.make_live_again(
            desk.actor,
            organisation=desk.organisation,
            name=name_of(service),
            number=number,
            seen_live=number_in(request, "seen_live"),
        )
    except (VersionMoved, BadDeclaration, CannotOffer) as refusal:
        return _show(request, desk, service, number, refusal)
    return HttpResponseRedirect(f"{reverse('designed_service', args=[desk.slug, service])}?done=live")


@require_safe
@at_desk
def compare(request: HttpRequest, desk: Desk, service: str) -> HttpResponse:
    """How two versions differ, by their numbers in the address. Raises NoSuchVersion, NotADesigner."""
    numbers = [request.GET.get(name, "") for name in ("old", "new")]
    if not all(text.isascii() and text.isdecimal() and len(text) < 9 for text in numbers):
        raise NoSuchVersion
    old, new = map(int, numbers)
    found = differing.version_differences(
        desk.actor, organisation=desk.organisation, name=name_of(service), old=old, new=new
    )
    context = {"service": service, "old": old, "new": new, "differences": tell(found)}
    return show(request, desk, "services/compare", context)


def _show(request: HttpRequest, desk: Desk, service: str, number: int, refusal: Refusal | None = None) -> HttpResponse:
    name, organisation = name_of(service), desk.organisation
    row = designing.version(desk.actor, organisation=organisation, name=name, number=number)
    live = designing.live_version(desk.actor, organisation=organisation, name=name)
    found = (
        differing.version_differences(desk.actor, organisation=organisation, name=name, old=live.number, new=row.number)
        if live
        else ()
    )
    names = colleagues.names_of(desk.actor, organisation=organisation, accounts=[row.made_by] if row.made_by else [])
    context = {
        "service": service,
        "row": row,
        "live": live,
        "who": next(iter(names.values()), ""),
        "differences": tell(found),
        "refusal": refusal,
    }
    return show(request, desk, "services/version", context, refusal.status if refusal else 200)
