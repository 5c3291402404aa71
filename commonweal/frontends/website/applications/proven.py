"""Who may look at an application: its account, or a browser that proved reference and secret within the half hour.

The proof is a cookie, signed for this application of this council and sent only to its own pages.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from commonweal.capabilities.cases.errors import NoSuchCase
from commonweal.capabilities.cases.queries.following import StatusRow
from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.capabilities.protection.errors import NoSuchRequest
from commonweal.foundations.scope.actors import Resident
from commonweal.frontends import who
from commonweal.frontends.website.frames import at_council

SECONDS = 30 * 60
_COOKIE = "proven"

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, OrganisationRow, Resident, str, P], HttpResponse]


def remember(response: HttpResponse, council: OrganisationRow, row: StatusRow) -> HttpResponse:
    """Let this browser go on to the pages of the application that it just proved."""
    page = reverse("application", args=[council.slug, row.reference])
    return remember_at(response, page, council=council, reference=row.reference, proven=row.id)


def remember_at(
    response: HttpResponse, page: str, *, council: OrganisationRow, reference: str, proven: UUID
) -> HttpResponse:
    """The same for whatever else has a reference and a secret, and its page."""
    response.set_signed_cookie(
        _COOKIE,
        str(proven),
        salt=_salt(council.slug, reference),
        max_age=SECONDS,
        path=page,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def of_own(view: View[P]) -> Callable[..., HttpResponse]:
    """Make a view of `(request, council, actor, reference, ...)` for whoever has proven who they are.

    Others, and those whose application it is not, are asked for reference and secret: nobody learns what there is.
    """

    @wraps(view)
    def find(
        request: HttpRequest, council: OrganisationRow, reference: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        actor = _actor(request, council.slug, reference)
        try:
            if actor.id is not None:
                return view(request, council, actor, reference, *args, **kwargs)
        except (NoSuchCase, NoSuchRequest):
            pass
        return redirect(f"{reverse('status', args=[council.slug])}?{urlencode({'reference': reference[:16]})}")

    return at_council(find)


def _actor(request: HttpRequest, slug: str, reference: str) -> Resident:
    proven = request.get_signed_cookie(_COOKIE, default="", salt=_salt(slug, reference), max_age=SECONDS)
    account = who.account_of(request) if request.user.is_authenticated else None
    return Resident(account=account, case=UUID(proven) if proven else None)


def _salt(slug: str, reference: str) -> str:
    return f"commonweal.proven:{slug}:{reference}"
