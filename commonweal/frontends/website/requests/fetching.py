"""A released pack is fetched by whoever asked for it, signed in."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_POST

from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.capabilities.protection.actions.releasing import note_fetched
from commonweal.capabilities.protection.queries.packs.owning import open_own_pack
from commonweal.foundations.files.headers import headers_for
from commonweal.frontends import who
from commonweal.frontends.website.frames import at_council


@login_required
@require_POST
@at_council
def fetch(request: HttpRequest, council: OrganisationRow, reference: str) -> Any:
    """The pack, to be saved; that it was fetched is noted. Raises NoSuchPack for another's, and once it has expired."""
    actor = who.resident(request)
    opened = open_own_pack(actor, organisation=council.id, reference=reference)
    note_fetched(actor, organisation=council.id, reference=reference)
    return StreamingHttpResponse(opened.chunks(), headers=headers_for(opened))
