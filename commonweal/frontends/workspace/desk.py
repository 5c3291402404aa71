"""The desk: who works for which body, whether they may begin, and what stands around their pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.identity.errors import NotStaff
from commonweal.capabilities.identity.queries.colleagues import MembershipRow
from commonweal.capabilities.organisations.errors import NoSuchOrganisation
from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.foundations.design.parts import Frame, Link, Masthead, SignedIn
from commonweal.foundations.personal_data.purposes import CASEWORK, OVERSIGHT
from commonweal.foundations.scope.actors import Staff
from commonweal.frontends import who
from commonweal.frontends.pages import set_frame
from commonweal.frontends.workspace.words import name_roles

P = ParamSpec("P")


@dataclass(frozen=True)
class Desk:
    """Where a member of staff works now: the body, and they as an actor there."""

    body: OrganisationRow
    actor: Staff
    here: MembershipRow
    """How colleagues know them."""
    is_elsewhere: bool

    @property
    def organisation(self) -> int:
        return self.body.id

    @property
    def slug(self) -> str:
        return self.body.slug

    @property
    def has_casework(self) -> bool:
        return CASEWORK.code in self.actor.purposes

    @property
    def is_manager(self) -> bool:
        return "team_manager" in self.actor.roles

    @property
    def is_administrator(self) -> bool:
        return "administrator" in self.actor.roles

    @property
    def is_designer(self) -> bool:
        return "service_designer" in self.actor.roles

    @property
    def has_oversight(self) -> bool:
        return OVERSIGHT.code in self.actor.purposes


DeskView = Callable[Concatenate[HttpRequest, Desk, P], HttpResponse]
SlugView = Callable[..., HttpResponse]


def at_desk(view: DeskView[P]) -> SlugView:
    """Make a view of `(request, desk, ...)` out of one addressed by a body's slug.

    Nothing opens before the gates are met: signed in, staff of the body (else 404, as if there were no such body), a
    second factor in this session, and data protection training.
    """

    return _at_desk(view, needs_training=True)


def at_desk_untrained(view: DeskView[P]) -> SlugView:
    """As `at_desk`, for the pages that are there for whoever has not passed the course, or no longer."""
    return _at_desk(view, needs_training=False)


def _at_desk(view: DeskView[P], *, needs_training: bool) -> SlugView:
    @wraps(view)
    def find(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return ask_to_sign_in(request)
        desk = _find_desk(request, slug)
        _set_frame(request, desk)
        if not desk.actor.has_second_factor:
            return _ask_for_second_factor(request, desk)
        if needs_training and not (desk.actor.is_trained or desk.actor.may_only_read):
            return show(request, desk, "training", status=403)
        return view(request, desk, *args, **kwargs)

    return find


def show(
    request: HttpRequest, desk: Desk, page: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Answer with a page of the workspace."""
    return render(request, f"workspace/{page}.html", {"desk": desk, **(context or {})}, status=status)


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """The way to the sign-in page and back; whoever was signed out while they wrote sees what they wrote."""
    written = request.POST.get("text", "").strip()
    back = request.get_full_path()
    address = f"{reverse('account_login')}?{urlencode({'next': back})}"
    if not written:
        return redirect(address)
    return render(request, "workspace/signed_out.html", {"sign_in": address, "written": written}, status=401)


def _find_desk(request: HttpRequest, slug: str) -> Desk:
    try:
        body = who.organisation_at(request, slug)
    except NoSuchOrganisation:
        raise NotStaff from None
    found = who.at_work(request, body.id)
    return Desk(body, found.staff, found.here, found.is_elsewhere)


def _ask_for_second_factor(request: HttpRequest, desk: Desk) -> HttpResponse:
    has_one = is_mfa_enabled(request.user)
    address = reverse("mfa_reauthenticate" if has_one else "mfa_activate_totp")
    context = {"has_one": has_one, "address": f"{address}?{urlencode({'next': request.get_full_path()})}"}
    return show(request, desk, "second_factor", context, status=403)


def _set_frame(request: HttpRequest, desk: Desk) -> None:
    masthead = Masthead(desk.body.name, reverse("desk", args=[desk.slug]), desk.body.colour)
    signed_in = SignedIn(desk.here.name, reverse("account_logout"), name_roles(desk.here.roles))
    set_frame(request, Frame(masthead, _list_links(request, desk, is_shared=desk.is_elsewhere), signed_in))


def _list_links(request: HttpRequest, desk: Desk, *, is_shared: bool) -> tuple[Link, ...]:
    own = [
        (_("Worklist"), reverse("worklist", args=[desk.slug]), desk.has_casework),
        (_("Workload"), reverse("workload", args=[desk.slug]), desk.is_manager),
        (_("New application"), reverse("new_application", args=[desk.slug]), desk.has_casework),
        (_("Related to me"), reverse("related", args=[desk.slug]), desk.has_casework),
        (_("Staff safety"), reverse("safety_markers", args=[desk.slug]), "team_manager" in desk.actor.roles),
        (_("Calendar"), reverse("calendar", args=[desk.slug]), desk.has_casework or desk.is_administrator),
        (_("Services"), reverse("designed", args=[desk.slug]), desk.is_designer),
        (_("Staff"), reverse("staff", args=[desk.slug]), desk.is_administrator),
        (_("Failed deliveries"), reverse("deliveries", args=[desk.slug]), desk.is_administrator),
        (_("Protection"), reverse("officer_requests", args=[desk.slug]), desk.has_oversight),
        (_("Take down a request"), reverse("take_request", args=[desk.slug]), True),
        (_("Break-glass"), reverse("break_glass", args=[desk.slug]), desk.is_manager or desk.has_oversight),
        (_("Public page"), reverse("council", args=[desk.slug]), True),
        (_("Change organisation"), reverse("workspace"), is_shared),
    ]
    return tuple(Link(text, address, request.path == address) for text, address, is_theirs in own if is_theirs)
