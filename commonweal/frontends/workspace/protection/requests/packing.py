"""The pack of a request: made, looked at, and released by a second person."""

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.capabilities.protection.actions.judging import record_harm_check
from commonweal.capabilities.protection.actions.packing import Packed, keep_pack
from commonweal.capabilities.protection.actions.releasing import Posting, release_pack
from commonweal.capabilities.protection.errors import CannotBeMade
from commonweal.capabilities.protection.queries.packs.gathering import gather
from commonweal.capabilities.protection.queries.packs.releasing import (
    open_pack,
    pack_page,
    single_releases,
)
from commonweal.foundations.clocks.now import today
from commonweal.foundations.documents.redaction.pages import TooManyPages
from commonweal.foundations.documents.redaction.pdfium import NotOpened
from commonweal.foundations.documents.typesetting import NotPrintable
from commonweal.foundations.documents.working import working_folder
from commonweal.foundations.errors import Conflict, Invalid, Refusal
from commonweal.foundations.files.headers import headers_for
from commonweal.foundations.files.storing import store_made
from commonweal.frontends.pages import BadRequest
from commonweal.frontends.workspace.dates import read_day
from commonweal.frontends.workspace.desk import Desk, at_desk
from commonweal.frontends.workspace.protection.requests import words
from commonweal.frontends.workspace.protection.requests.packing_fields import harm_fields, release_fields
from commonweal.frontends.workspace.protection.sections import show_section
from commonweal.frontends.workspace.typed import Typed, read_id
from commonweal.frontends.workspace.words import ROLES

DONE = {
    "made": _("The pack is made, and we searched it for everything that was removed. Someone else must release it."),
    "released": _("The pack is sent. We have told them and the request is answered."),
    "checked": _("The check is recorded."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@at_desk
def pack(request: HttpRequest, desk: Desk, reference: str) -> HttpResponse:
    """Where the pack stands; a POST makes or releases it, or records a check. Raises NotTheOfficer, NoSuchRequest."""
    if request.method != "POST":
        return _show(request, desk, reference)
    what, _dot, service = request.POST.get("do", "").partition(".")
    acts = {"make": _make, "release": _release, "harm": _check_harm}
    if what not in acts:
        raise BadRequest
    try:
        done = acts[what](request, desk, reference, service)
    except (Invalid, Conflict) as refusal:
        return _show(request, desk, reference, refusal)
    return redirect(f"{reverse('request_pack', args=[desk.slug, reference])}?done={done}")


@require_safe
@at_desk
def pack_file(request: HttpRequest, desk: Desk, reference: str) -> Any:
    """The latest pack, to look at it or to print it."""
    opened = open_pack(desk.actor, organisation=desk.organisation, reference=reference)
    return StreamingHttpResponse(opened.chunks(), headers=headers_for(opened))


@require_safe
@at_desk
def singles(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Packs that one person released alone, to be looked at each month. Raises NotTheOfficer."""
    rows = single_releases(desk.actor, organisation=desk.organisation)
    return show_section(request, desk, "requests/singles", {"rows": rows, "words": words})


def _make(_request: HttpRequest, desk: Desk, reference: str, _service: str) -> str:
    """Everything lies on disk in a folder of its own for as long as it takes, and sealed from then on."""
    with working_folder() as place:
        folder = place / "pack"
        folder.mkdir()
        gathered = gather(desk.actor, organisation=desk.organisation, reference=reference, folder=folder)
        try:
            written = gathered.write()
        except (NotOpened, TooManyPages, NotPrintable):
            raise CannotBeMade from None
        file = store_made(
            desk.actor,
            organisation=desk.organisation,
            content=written.chunks(),
            size=written.size,
            name=f"{gathered.reference}.zip",
            media_type="application/zip",
            subject=gathered.subject,
        )
    packed = Packed(file, written.sha256, gathered.plan, written.rows, written.counts, gathered.gathered_at)
    keep_pack(desk.actor, organisation=desk.organisation, reference=reference, packed=packed)
    return "made"


def _release(request: HttpRequest, desk: Desk, reference: str, _service: str) -> str:
    posting = Posting(
        to=request.POST.get("posted_to", ""),
        checked_against=request.POST.get("checked_against", ""),
        is_current=request.POST.get("is_current") == "yes",
    )
    release_pack(
        desk.actor,
        organisation=desk.organisation,
        reference=reference,
        pack=read_id(request.POST.get("pack", "")),
        single=request.POST.get("single", ""),
        posting=posting if request.POST.get("way") == "post" else None,
    )
    return "released"


def _check_harm(request: HttpRequest, desk: Desk, reference: str, service: str) -> str:
    if request.POST.get("harm") not in ("yes", "no"):
        raise Invalid({"harm": _("Choose whether it would cause serious harm")})
    record_harm_check(
        desk.actor,
        organisation=desk.organisation,
        reference=reference,
        service=service,
        name=request.POST.get("name", ""),
        role=request.POST.get("role", ""),
        is_harmful=request.POST.get("harm") == "yes",
        on=read_day(request, "on") or today(),
    )
    return "checked"


def _show(request: HttpRequest, desk: Desk, reference: str, refusal: Refusal | None = None) -> HttpResponse:
    page = pack_page(desk.actor, organisation=desk.organisation, reference=reference)
    typed = Typed.of(request, refusal)
    waiting = next((row for row in page.harm if row.is_harmful is None), None)
    release = release_fields(typed, page)
    harm = harm_fields(typed, waiting) if waiting else ()
    context = {
        "page": page,
        "release": release,
        "waiting": waiting,
        "harm": harm,
        "fields": [*harm, *release],
        "refusal": refusal if isinstance(refusal, Conflict) else None,
        "done": DONE.get(request.GET.get("done", "")) if request.method != "POST" else None,
        "words": words,
        "roles": ROLES,
        "back": reverse("officer_request", args=[desk.slug, page.reference]),
    }
    return show_section(request, desk, "requests/pack", context, refusal.status if refusal else 200)
