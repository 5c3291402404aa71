"""Every service of a body as its designers see it: what is live, what is being written, what was."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.capabilities.catalogue import actions
from commonweal.capabilities.catalogue.errors import NoDraft, NoSuchVersion, NotOffered
from commonweal.capabilities.catalogue.queries import designing
from commonweal.capabilities.catalogue.queries.wording import slug_of
from commonweal.capabilities.identity.queries import colleagues
from commonweal.foundations.errors import Refusal
from commonweal.frontends.workspace.desk import Desk, at_desk, show

DONE: dict[str, Promise] = {
    "kept": _("The draft is saved."),
    "discarded": _("The draft was deleted."),
    "live": _("The new version is live. Applications already started keep the version they started with."),
    "withdrawn": _("The service is no longer offered. Applications already started continue."),
}


@dataclass(frozen=True)
class Listed:
    """A service in the list: its title in the language in use, and where its page is."""

    row: designing.DesignedRow
    title: str
    href: str


def name_of(service: str) -> str:
    """The name of the service at an address."""
    return service.replace("-", "_")


def number_in(request: HttpRequest, name: str) -> int:
    """A number that a form of ours sent; 0 for anything else."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


@require_safe
@at_desk
def designed(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The services of the body, by name. Raises NotADesigner."""
    is_welsh = get_language() == "cy"
    rows = tuple(
        Listed(
            row,
            (row.title_cy if is_welsh else row.title) or row.name,
            reverse("designed_service", args=[desk.slug, slug_of(row.name)]),
        )
        for row in designing.designed(desk.actor, organisation=desk.organisation)
    )
    return show(request, desk, "services/list", {"rows": rows, "done": DONE.get(request.GET.get("done", ""))})


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def service(request: HttpRequest, desk: Desk, service: str) -> HttpResponse:
    """One service: its draft and its versions; a POST withdraws it. Raises NotADesigner, NoSuchVersion."""
    if request.method == "POST" and request.POST.get("do") == "withdraw":
        try:
            actions.withdraw_service(desk.actor, organisation=desk.organisation, name=name_of(service))
        except NotOffered as refusal:
            return _show_service(request, desk, service, refusal)
        return HttpResponseRedirect(f"{reverse('designed_service', args=[desk.slug, service])}?done=withdrawn")
    return _show_service(request, desk, service)


def find_draft(desk: Desk, service: str) -> designing.DraftRow | None:
    """The draft of a service, if there is one. Raises NotADesigner."""
    try:
        return designing.draft(desk.actor, organisation=desk.organisation, name=name_of(service))
    except NoDraft:
        return None


def _show_service(request: HttpRequest, desk: Desk, service: str, refusal: Refusal | None = None) -> HttpResponse:
    name = name_of(service)
    versions = designing.versions(desk.actor, organisation=desk.organisation, name=name)
    draft = find_draft(desk, service)
    if not versions and draft is None:
        raise NoSuchVersion
    accounts = {row.made_by for row in versions if row.made_by} | ({draft.changed_by} if draft else set()) - {None}
    context = {
        "service": service,
        "title": versions[0].service.title.in_language(get_language()) if versions else name,
        "versions": versions,
        "live": next((row for row in versions if row.is_live), None),
        "draft": draft,
        "names": colleagues.names_of(desk.actor, organisation=desk.organisation, accounts=filter(None, accounts)),
        "done": DONE.get(request.GET.get("done", "")),
        "refusal": refusal,
    }
    return show(request, desk, "services/service", context, refusal.status if refusal else 200)
