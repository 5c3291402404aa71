"""The cookie that proves who holds a draft: one for each draft, sent only to its own pages.

Its signature binds it to the draft, service and organisation in the address. Its value is the account that was signed
in, so that after signing out nobody else at the same device goes on with it.
"""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from commonweal.capabilities.forms.errors import DraftGone, NotYourDraft
from commonweal.foundations.scope.actors import DraftHolder
from commonweal.frontends.who import account_of

SECONDS = 7 * 24 * 60 * 60
"""As long as a draft is kept; the browser forgets the cookie when it is closed."""

_NOBODY = "-"


def holder_of(request: HttpRequest, slug: str, service: str, draft: UUID) -> DraftHolder:
    """Whoever the cookie proves to hold this draft. Raises DraftGone without it, NotYourDraft for another account."""
    salt = _salt(slug, service, draft)
    signed_for = request.get_signed_cookie(name_of(draft), default="", salt=salt, max_age=SECONDS)
    if not signed_for:
        raise DraftGone
    signed_in = account_of(request) if request.user.is_authenticated else None
    if signed_for not in {_NOBODY, str(signed_in)}:
        raise NotYourDraft
    return DraftHolder(draft=draft, account=signed_in)


def hand_over(response: HttpResponse, request: HttpRequest, slug: str, service: str, draft: UUID) -> HttpResponse:
    """Give the browser the cookie of a draft: it and the account signed in now, if any, may go on with it."""
    response.set_signed_cookie(
        name_of(draft),
        str(account_of(request)) if request.user.is_authenticated else _NOBODY,
        salt=_salt(slug, service, draft),
        path=reverse("apply", args=[slug, service]) + f"{draft}/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def name_of(draft: UUID) -> str:
    """The name of a draft's cookie."""
    return f"draft_{draft.hex}"


def _salt(slug: str, service: str, draft: UUID) -> str:
    return f"commonweal.draft:{slug}:{service}:{draft}"
