"""What an organisation holds about a signed-in person, and the copy they make of what they told."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.capabilities.protection.actions.copying import ask_for_copy
from commonweal.capabilities.protection.queries import copies
from commonweal.capabilities.protection.queries.copy_schema import schema
from commonweal.capabilities.protection.queries.information import RecordHeld, information
from commonweal.foundations.errors import Missing
from commonweal.frontends import who
from commonweal.frontends.asking.notices import notice_of
from commonweal.frontends.pages import public_page
from commonweal.frontends.website.frames import at_council
from commonweal.frontends.website.requests.words import RIGHTS


@require_safe
@login_required
@at_council
def your_information(request: HttpRequest, council: OrganisationRow) -> HttpResponse:
    """What is held about the person by service, why, by which law and how long, and what they can ask for."""
    page, language = information(who.resident(request), organisation=council.id), get_language() or "en"
    context = {
        "council": council,
        "page": page,
        "services": [(each, notice_of(each.service, council.nation, language)) for each in page.held.services],
        "records": _alike(page.held.shown_records),
        "rights": RIGHTS,
        "asked": request.GET.get("asked", "")[:16],
        "narrow": True,
    }
    return render(request, "website/information/page.html", context)


def _alike(records: Iterable[RecordHeld]) -> list[list[RecordHeld]]:
    """Records that say the same together: whoever applies ten times tells their name ten times."""
    found: dict[tuple[tuple[str, str], ...], list[RecordHeld]] = {}
    for each in records:
        if each.told:
            found.setdefault(tuple((told.key, told.value) for told in each.told), []).append(each)
    return list(found.values())


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@at_council
def make_copy(request: HttpRequest, council: OrganisationRow) -> HttpResponse:
    """What a copy is, alike for everybody; asked for, it is there at once or a person checks it first."""
    if request.method != "POST":
        return render(request, "website/information/make_copy.html", {"council": council})
    given = _given_at(request)
    asked = ask_for_copy(
        who.resident(request),
        organisation=council.id,
        password_at=given.get("password"),
        factor_at=given.get("mfa"),
    )
    if asked.copy is None:
        return redirect(f"{reverse('your_information', args=[council.slug])}?{urlencode({'asked': asked.reference})}")
    return redirect("own_copy", slug=council.slug, copy=asked.copy)


@require_safe
@login_required
@at_council
def own_copy(request: HttpRequest, council: OrganisationRow, copy: UUID) -> HttpResponse:
    """The copy in its three forms, for half an hour. Raises NoSuchCopy."""
    until = copies.own_copy_page(who.resident(request), organisation=council.id, copy=copy)
    context = {"council": council, "copy": copy, "until": until}
    return render(request, "website/information/copy.html", context)


@require_safe
@login_required
@at_council
def own_copy_file(request: HttpRequest, council: OrganisationRow, copy: UUID, form: str) -> HttpResponse:
    """The copy as one file. Raises NoSuchCopy."""
    if form not in copies.FORMS:
        raise Missing
    file = copies.own_copy(who.resident(request), organisation=council.id, copy=copy, form=form)
    response = HttpResponse(file.content, content_type=file.media_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@public_page
def copy_schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of the copy, so that others can read it."""
    return JsonResponse(schema(), content_type="application/schema+json", json_dumps_params={"indent": 1})


def _given_at(request: HttpRequest) -> dict[str, datetime]:
    """When this session was given a password ("password") and a second step ("mfa"), as the sign-in package says."""
    latest: dict[str, datetime] = {}
    for record in get_authentication_records(request, request.user if request.user.is_authenticated else None):
        at = datetime.fromtimestamp(record["at"], UTC)
        latest[record["method"]] = max(at, latest.get(record["method"], at))
    return latest
