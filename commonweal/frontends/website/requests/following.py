"""Following a request: its clock in words, its letters, what we ask, and taking it back."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.capabilities.protection.actions.answering import withdraw as take_back
from commonweal.capabilities.protection.actions.clarifying import answer_asked
from commonweal.capabilities.protection.errors import AlreadyClosed, NothingAsked
from commonweal.capabilities.protection.queries.own import own_request, own_requests
from commonweal.capabilities.protection.queries.packs.owning import own_pack
from commonweal.foundations.clocks.now import now
from commonweal.foundations.design.parts import Field, Kind
from commonweal.foundations.errors import Invalid
from commonweal.foundations.scope.actors import Resident
from commonweal.frontends import who
from commonweal.frontends.website.applications.proven import of_own
from commonweal.frontends.website.frames import at_council
from commonweal.frontends.website.requests.words import LETTERS, OUTCOMES, RIGHTS

DONE: dict[str, Promise] = {
    "asked": _("We have your request. You can follow it on this page."),
    "answered": _("We have your answer."),
    "withdrawn": _("You withdrew your request. We have stopped working on it."),
}


@require_safe
@login_required
@at_council
def your_requests(request: HttpRequest, council: OrganisationRow) -> HttpResponse:
    """What the signed-in person asked for, and the way to ask."""
    rows = own_requests(who.resident(request), organisation=council.id)
    context = {"council": council, "rows": rows, "rights": RIGHTS, "outcomes": OUTCOMES, "narrow": not rows}
    return render(request, "website/requests/list.html", context)


@require_safe
@of_own
def your_request(request: HttpRequest, council: OrganisationRow, actor: Resident, reference: str) -> HttpResponse:
    """One request: until when it is answered and why, what we ask, and every letter."""
    asked = own_request(actor, organisation=council.id, reference=reference)
    context = {
        "council": council,
        "asked": asked,
        "right": RIGHTS[asked.kind],
        "letters": LETTERS,
        "outcomes": OUTCOMES,
        "pack_until": own_pack(actor, organisation=council.id, reference=reference),
        "moment": now(),
        "done": DONE.get(request.GET.get("done", "")),
    }
    return render(request, "website/requests/request.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("text")
@of_own
def answer(request: HttpRequest, council: OrganisationRow, actor: Resident, reference: str) -> HttpResponse:
    """What we ask of them, and their answer."""
    typed, wrong, status = request.POST.get("text", ""), "", 200
    if request.method == "POST":
        try:
            answer_asked(actor, organisation=council.id, reference=reference, text=typed)
        except Invalid as refusal:
            wrong, status = str(refusal.fields["text"]), refusal.status
        except (NothingAsked, AlreadyClosed):
            return redirect(_page(council, reference))
        else:
            return redirect(f"{_page(council, reference)}?done=answered")
    asked = own_request(actor, organisation=council.id, reference=reference)
    if asked.awaited not in ("clarification", "evidence"):
        return redirect(_page(council, reference))
    letters = [letter for letter in asked.letters if letter.what in ("clarify_asked", "evidence_asked")]
    context = {
        "council": council,
        "asked": asked,
        "letter": letters[-1],
        "field": Field("text", gettext("Your answer"), Kind.LONG_TEXT, value=typed, error=wrong, rows=8),
        "has_errors": bool(wrong),
    }
    return render(request, "website/requests/answer.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@of_own
def withdraw(request: HttpRequest, council: OrganisationRow, actor: Resident, reference: str) -> HttpResponse:
    """Take a request back, after being asked once whether one means it."""
    if request.method == "POST":
        try:
            take_back(actor, organisation=council.id, reference=reference)
        except AlreadyClosed:
            return redirect(_page(council, reference))
        return redirect(f"{_page(council, reference)}?done=withdrawn")
    asked = own_request(actor, organisation=council.id, reference=reference)
    context = {"council": council, "asked": asked, "right": RIGHTS[asked.kind]}
    return render(request, "website/requests/withdraw.html", context)


def _page(council: OrganisationRow, reference: str) -> str:
    return reverse("your_request", args=[council.slug, reference])
