"""Saving what one has begun, and going on with it: later, on another device, or from one's account."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.capabilities.catalogue.queries.wording import slug_of
from commonweal.capabilities.forms.actions import saving
from commonweal.capabilities.forms.errors import DraftGone, NotAnAddress
from commonweal.capabilities.forms.queries import filling, resuming, taking
from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.foundations.design.parts import Field, Kind, Words
from commonweal.foundations.errors import Missing
from commonweal.foundations.scope.actors import DraftHolder
from commonweal.frontends import who
from commonweal.frontends.holding import hand_over
from commonweal.frontends.website.attempts import Attempts
from commonweal.frontends.website.frames import at_council
from commonweal.frontends.website.places import Applying, holding
from commonweal.frontends.website.proofs import CODE, Proof


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("email")
@holding
def save(request: HttpRequest, applying: Applying) -> HttpResponse:
    """Show the reference and the code to come back with, once asked for; send a link where it is wanted."""
    here = applying.council.id
    if request.method == "POST" and "email" not in request.POST:
        saving.save_draft(applying.holder, organisation=here)
        return HttpResponseRedirect(applying.address("save"))
    if request.method == "POST":
        return _send(request, applying, request.POST["email"])
    return _show_saved(request, applying)


def _send(request: HttpRequest, applying: Applying, email: str) -> HttpResponse:
    attempts = Attempts.of(request, "mail")
    attempts.check()
    try:
        was_sent = saving.send_way_back(applying.holder, organisation=applying.council.id, email=email)
    except NotAnAddress as wrong:
        return _show_saved(request, applying, email, wrong.fields["email"])
    attempts.note_wrong()
    return HttpResponseRedirect(f"{applying.address('save')}?{'sent' if was_sent else 'enough'}")


def _show_saved(request: HttpRequest, applying: Applying, email: str = "", error: Words = "") -> HttpResponse:
    saved = resuming.saved(applying.holder, organisation=applying.council.id)
    field = Field("email", _("Email address"), Kind.EMAIL, value=email, error=error, autocomplete="email")
    context = {
        "saved": saved,
        "fields": (field,),
        "has_errors": bool(error),
        "back": applying.address("go-on"),
        "was_sent": "sent" in request.GET,
        "was_enough": "enough" in request.GET,
    }
    return render(request, "website/applying/save.html", context, status=422 if error else 200)


@require_safe
@holding
def go_on(request: HttpRequest, applying: Applying) -> HttpResponse:
    """On to the first place where something is to be done."""
    place = filling.where_to_go_on(applying.holder, organisation=applying.council.id)
    return HttpResponseRedirect(applying.address(place or "check"))


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("secret")
@at_council
def resume(request: HttpRequest, council: OrganisationRow) -> HttpResponse:
    """Ask for reference and code, then go on where one left."""
    if request.method != "POST":
        return _ask(request, Proof(reference=request.GET.get("reference", "")[:40]))
    proof = Proof.read(request)
    if not proof.is_complete:
        return _ask(request, proof, is_checked=True)
    attempts = Attempts.of(request, proof.reference)
    attempts.check()
    try:
        found = resuming.draft_with_secret(
            who.visitor_or_resident(request), organisation=council.id, reference=proof.reference, secret=proof.secret
        )
    except Missing:
        attempts.note_wrong()
        return _ask(request, proof, is_checked=True, is_wrong=True)
    return _hand_on(request, council, found.service, found.id)


@require_safe
@login_required
@at_council
def take_up(request: HttpRequest, council: OrganisationRow, draft: UUID) -> HttpResponse:
    """Go on with something begun while signed in. Raises DraftGone for whatever is not the account's own."""
    own = taking.unfinished(who.resident(request), organisation=council.id)
    found = next((row for row in own if row.draft == draft), None)
    if found is None:
        raise DraftGone
    return _hand_on(request, council, found.service.name, draft)


def _hand_on(request: HttpRequest, council: OrganisationRow, service: str, draft: UUID) -> HttpResponse:
    """Give this browser the draft. Raises NotYourDraft when it was begun by somebody who is not signed in here."""
    holder = DraftHolder(draft=draft, account=who.visitor_or_resident(request).id)
    slug = slug_of(service)
    place = filling.where_to_go_on(holder, organisation=council.id)
    onwards = HttpResponseRedirect(Applying(council, slug, holder).address(place or "check"))
    return hand_over(onwards, request, council.slug, slug, draft)


def _ask(request: HttpRequest, proof: Proof, *, is_checked: bool = False, is_wrong: bool = False) -> HttpResponse:
    reference_error: Words = "" if proof.reference or not is_checked else _("Enter your reference")
    if is_wrong:
        reference_error = _("We cannot find saved answers with this reference and code")
    fields = (
        Field(
            "reference",
            _("Reference"),
            hint=_("It was on the page where you saved your answers, and in our email"),
            value=proof.reference,
            error=reference_error,
            width=20,
            attributes=CODE,
        ),
        Field(
            "secret",
            _("Your code"),
            hint=_("Capitals and dashes do not matter"),
            error="" if proof.secret or not is_checked else _("Enter your code"),
            width=20,
            attributes=CODE,
        ),
    )
    context = {"fields": fields, "has_errors": is_checked}
    return render(request, "website/resume.html", context, status=422 if is_checked else 200)


urlpatterns = [
    path("<slug:slug>/resume/", resume, name="resume"),
    path("<slug:slug>/your/begun/<uuid:draft>/", take_up, name="take_up"),
    path("<slug:slug>/<slug:service>/apply/<uuid:draft>/save/", save, name="apply_save"),
    path("<slug:slug>/<slug:service>/apply/<uuid:draft>/go-on/", go_on, name="apply_go_on"),
]
