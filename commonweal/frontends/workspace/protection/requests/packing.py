"""The pack of a request: made, looked at, and released by a second person."""

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.capabilities.protection.actions.judging import record_harm_check
from commonweal.capabilities.protection.actions.packing import Packed, keep_pack, release_pack
from commonweal.capabilities.protection.errors import CannotBeMade
from commonweal.capabilities.protection.queries.packs.gathering import gather
from commonweal.capabilities.protection.queries.packs.releasing import (
    HarmRow,
    PackPage,
    open_pack,
    pack_page,
    single_releases,
)
from commonweal.foundations.clocks.now import today
from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.foundations.documents.redaction.pages import TooManyPages
from commonweal.foundations.documents.redaction.pdfium import NotOpened
from commonweal.foundations.documents.typesetting import NotPrintable
from commonweal.foundations.documents.working import working_folder
from commonweal.foundations.errors import Conflict, Invalid, Refusal, Words
from commonweal.foundations.files.headers import headers_for
from commonweal.foundations.files.storing import store_made
from commonweal.frontends.pages import BadRequest
from commonweal.frontends.workspace.dates import day_shown, read_day
from commonweal.frontends.workspace.desk import Desk, at_desk
from commonweal.frontends.workspace.protection.requests import words
from commonweal.frontends.workspace.protection.sections import show_section
from commonweal.frontends.workspace.words import ROLES

DONE = {
    "made": _("The pack is made, and was searched for everything that was removed. Somebody else releases it."),
    "released": _("It is sent: they are told, and the request is answered."),
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
    page = pack_page(desk.actor, organisation=desk.organisation, reference=reference)
    if page.pack is None or str(page.pack.id) != request.POST.get("pack"):
        raise BadRequest
    is_posted = request.POST.get("way") == "post"
    if is_posted and not request.POST.get("posted_to", "").strip():
        raise Invalid({"posted_to": _("Enter the address it is posted to")})
    release_pack(
        desk.actor,
        organisation=desk.organisation,
        reference=reference,
        pack=page.pack.id,
        single=request.POST.get("single", ""),
        posted_to=request.POST.get("posted_to", "") if is_posted else "",
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
        name=request.POST.get("professional", ""),
        role=request.POST.get("role", ""),
        is_harmful=request.POST.get("harm") == "yes",
        on=read_day(request, "on") or today(),
    )
    return "checked"


def _show(request: HttpRequest, desk: Desk, reference: str, refusal: Refusal | None = None) -> HttpResponse:
    page = pack_page(desk.actor, organisation=desk.organisation, reference=reference)
    wrong = refusal.fields if isinstance(refusal, Invalid) else {}
    waiting = next((row for row in page.harm if row.is_harmful is None), None)
    release = _release_fields(request, page, wrong)
    harm = _harm_fields(request, waiting, wrong) if waiting else ()
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


def _release_fields(request: HttpRequest, page: PackPage, wrong: dict[str, Words]) -> tuple[Field, ...]:
    fields = []
    if not page.is_second:
        usual = gettext("It is due in law today, and nobody else is there.") if page.is_due else ""
        fields.append(
            Field(
                "single",
                gettext("Why nobody else releases it"),
                Kind.LONG_TEXT,
                hint=gettext("You decided or made it yourself. These releases are looked at each month."),
                value=request.POST.get("single", usual),
                error=wrong.get("single", ""),
                rows=2,
            )
        )
    ways = (
        *([Option("fetch", gettext("They fetch it, signed in, within 30 days"))] if page.has_account else []),
        Option("post", gettext("By post")),
    )
    fields += [
        Field(
            "way",
            gettext("How does it reach them?"),
            Kind.ONE_OF,
            options=ways,
            value=request.POST.get("way", ways[0].value),
        ),
        Field(
            "posted_to",
            gettext("If by post: the address on the envelope"),
            Kind.LONG_TEXT,
            hint=gettext("Where they live now. Look it up again: never an address that was replaced."),
            value=request.POST.get("posted_to", ""),
            error=wrong.get("posted_to", ""),
            rows=3,
        ),
    ]
    return tuple(fields)


def _harm_fields(request: HttpRequest, row: HarmRow, wrong: dict[str, Words]) -> tuple[Field, ...]:
    roles = tuple(Option(role, ROLES.get(role, role)) for role in row.roles)
    answers = (Option("no", gettext("No")), Option("yes", gettext("Yes")))
    return (
        Field(
            "harm",
            gettext("Would giving it cause serious harm to the health of anybody?"),
            Kind.ONE_OF,
            options=answers,
            value=request.POST.get("harm", ""),
            error=wrong.get("harm", ""),
        ),
        Field(
            "professional",
            gettext("Who judged it"),
            value=request.POST.get("professional", ""),
            error=wrong.get("name", ""),
        ),
        Field(
            "role",
            gettext("As what"),
            Kind.CHOSEN,
            options=(Option("", gettext("Choose one")), *roles),
            value=request.POST.get("role", roles[0].value if len(roles) == 1 else ""),
            error=wrong.get("role", ""),
        ),
        Field(
            "on", gettext("When"), Kind.DATE, value=day_shown(request, "on", usual=today()), error=wrong.get("on", "")
        ),
    )
