"""When a signed-in person's information was opened, and asking who it was."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.capabilities.protection.actions import asking
from commonweal.capabilities.protection.errors import NoSuchOpening
from commonweal.capabilities.protection.queries import openings as opened
from commonweal.foundations.design.parts import Field, Kind, Pager
from commonweal.foundations.errors import Invalid, Words
from commonweal.frontends import who
from commonweal.frontends.website.frames import at_council


@require_safe
@login_required
@at_council
def openings(request: HttpRequest, council: OrganisationRow) -> HttpResponse:
    """When the person's information was opened, by which team and why, with what they asked and were told."""
    until = _read_day(request.GET.get("until", ""))
    page = opened.openings(who.resident(request), organisation=council.id, until=until)
    here = reverse("openings", args=[council.slug])
    context = {
        "council": council,
        "rows": page.rows,
        "pages": Pager(here if until else "", f"{here}?until={page.following}" if page.following else ""),
        "was_asked": "asked" in request.GET,
        "narrow": not page.rows,
    }
    return render(request, "website/openings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("text")
@login_required
@at_council
def ask(request: HttpRequest, council: OrganisationRow) -> HttpResponse:
    """Ask the data protection officer who an entry was. Raises NoSuchOpening for whatever is not on one's page."""
    if request.method != "POST":
        return _show(request, council, request.GET.get("entry", ""))
    entry = request.POST.get("entry", "")
    try:
        asking.ask_who(who.resident(request), organisation=council.id, entry=entry, text=request.POST.get("text", ""))
    except Invalid as refusal:
        return _show(request, council, entry, refusal.fields["text"])
    return HttpResponseRedirect(f"{reverse('openings', args=[council.slug])}?asked")


def _show(request: HttpRequest, council: OrganisationRow, entry: str, wrong: Words = "") -> HttpResponse:
    page = opened.openings(who.resident(request), organisation=council.id, with_entry=entry)
    row = next((row for row in page.rows if row.key and row.key == entry), None)
    if row is None:
        raise NoSuchOpening
    field = Field(
        "text",
        gettext("What do you want to know? (optional)"),
        Kind.LONG_TEXT,
        hint=gettext("For example, why it was opened on that day. You can also leave this empty."),
        value=request.POST.get("text", ""),
        error=wrong,
    )
    context = {"council": council, "row": row, "field": field, "has_errors": bool(wrong)}
    return render(request, "website/ask_who.html", context, status=422 if wrong else 200)


def _read_day(text: str) -> date | None:
    """The day of an address; None, which is the latest page, when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
