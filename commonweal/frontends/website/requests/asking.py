"""Asking: what happens next is said first, then a short form; without an account for anyone with authority."""

from contextlib import nullcontext
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.cases.queries import following as cases
from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.capabilities.protection.actions.requests import Asked, make_request
from commonweal.foundations.errors import Invalid, Refusal
from commonweal.foundations.scope.actors import Resident, Visitor
from commonweal.frontends import who
from commonweal.frontends.submissions import new_submission, read_submission
from commonweal.frontends.website.amounts import TooManyRequests, counted_request
from commonweal.frontends.website.frames import at_council
from commonweal.frontends.website.requests.fields import fields_of
from commonweal.frontends.website.requests.words import RIGHTS

_ASKED = ("words", "about", "authority", "on_behalf_of", "name", "contact")


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters(*_ASKED)
@at_council
def ask_without_account(request: HttpRequest, council: OrganisationRow) -> HttpResponse:
    """Anybody asks for anybody with authority; the answer is the receipt, with the secret, shown once."""
    if request.user.is_authenticated:
        kind = request.GET.get("kind", "")
        return redirect(f"{reverse('new_request', args=[council.slug])}?kind={kind if kind in RIGHTS else ''}")
    return _ask(request, council, who.visitor(request))


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters(*_ASKED)
@login_required
@at_council
def ask(request: HttpRequest, council: OrganisationRow) -> HttpResponse:
    """Somebody signed in asks: they are not asked who they are."""
    return _ask(request, council, who.resident(request))


def _ask(request: HttpRequest, council: OrganisationRow, actor: Visitor | Resident) -> HttpResponse:
    kind = request.GET.get("kind", "")
    if kind not in RIGHTS:
        return render(request, "website/requests/choose.html", {"council": council, "rights": RIGHTS})
    if request.method != "POST":
        return _show(request, council, actor, kind)
    try:
        asked = _make(request, council, actor, kind)
    except (Invalid, TooManyRequests) as refusal:
        return _show(request, council, actor, kind, refusal)
    if isinstance(actor, Resident):
        return redirect(f"{reverse('your_request', args=[council.slug, asked.reference])}?done=asked")
    context = {"council": council, "asked": asked, "right": RIGHTS[kind]}
    return render(request, "website/requests/receipt.html", context)


def _make(request: HttpRequest, council: OrganisationRow, actor: Visitor | Resident, kind: str) -> Asked:
    """The request as it was made. Raises Invalid; TooManyRequests of whoever has no account."""
    given: dict[str, Any] = {name: request.POST.get(name, "") for name in _ASKED}
    given["authority"] = given["authority"] or "self"
    given["submission"] = read_submission(request)
    with counted_request(request) if isinstance(actor, Visitor) else nullcontext():
        return make_request(actor, organisation=council.id, kind=kind, **given)


def _show(
    request: HttpRequest, council: OrganisationRow, actor: Visitor | Resident, kind: str, refusal: Refusal | None = None
) -> HttpResponse:
    wrong = refusal.fields if isinstance(refusal, Invalid) else {}
    own = cases.applications(actor, organisation=council.id) if isinstance(actor, Resident) else ()
    context: dict[str, Any] = {
        "council": council,
        "kind": kind,
        "right": RIGHTS[kind],
        "fields": fields_of(request, RIGHTS[kind], own, wrong, is_known=isinstance(actor, Resident)),
        "submission": new_submission(request),
        "refusal": None if wrong else refusal,
        "others": {code: right for code, right in RIGHTS.items() if code != kind},
    }
    return render(request, "website/requests/ask.html", context, status=refusal.status if refusal else 200)
