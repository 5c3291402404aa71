"""The files of one's own application: what one gave, and what one is shown."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from commonweal.capabilities.cases.queries import attachments
from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.foundations.files.headers import headers_for
from commonweal.frontends import who
from commonweal.frontends.asking.files import rows_of_files
from commonweal.frontends.website.frames import at_council


@require_safe
@login_required
@at_council
def own_files(request: HttpRequest, council: OrganisationRow, reference: str) -> HttpResponse:
    """The files of an application, by name."""
    files = attachments.own_files(who.resident(request), organisation=council.id, reference=reference)
    address = reverse("own_files", args=[council.slug, reference])
    rows = rows_of_files((each.row for each in files if each.row is not None), address)
    return render(request, "website/own_files.html", {"council": council, "reference": reference, "rows": rows})


@require_safe
@login_required
@at_council
def own_file(request: HttpRequest, council: OrganisationRow, reference: str, file: UUID) -> Any:
    """One of them, to be saved."""
    opened = attachments.open_own_file(who.resident(request), organisation=council.id, reference=reference, file=file)
    return StreamingHttpResponse(opened.chunks(), headers=headers_for(opened))
