"""The cookie that proves who holds a draft: one for each draft, sent only to its own pages.

Its signature binds it to the draft, service and organisation in the address. Its value is the account that was signed
in, so that after signing out nobody else at the same device goes on with it; of staff who take it down for somebody,
also how that person came.
"""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from commonweal.capabilities.forms.errors import DraftGone, NotYourDraft
from commonweal.capabilities.forms.queries import taking
from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.foundations.scope.actors import Channel, DraftHolder
from commonweal.frontends.who import account_of, staff

SECONDS = 90 * 24 * 60 * 60
"""As long as any service keeps a draft; the draft's own time is in the database, and the browser forgets sooner."""

_NOBODY, _STAFF = "-", "staff"


def holder_of(request: HttpRequest, council: OrganisationRow, service: str, draft: UUID) -> DraftHolder:
    """Whoever the cookie proves to hold this draft.

    Raises DraftGone without it, NotYourDraft for another account, and for staff what keeps them from taking down.
    """
    signed_for = _signed_for(request, council.slug, service, draft)
    if not signed_for:
        raise DraftGone
    signed_in = account_of(request) if request.user.is_authenticated else None
    who, _colon, how = signed_for.partition(":")
    if who == _STAFF:
        account, _colon, channel = how.partition(":")
        if account != str(signed_in):
            raise NotYourDraft
        taking.may_take_down(staff(request, council.id), organisation=council.id)
        return DraftHolder(draft=draft, taken_by=signed_in, channel=Channel(channel))
    if signed_for not in {_NOBODY, str(signed_in)}:
        raise NotYourDraft
    return DraftHolder(draft=draft, account=signed_in)


def hand_over(response: HttpResponse, request: HttpRequest, slug: str, service: str, draft: UUID) -> HttpResponse:
    """Give the browser the cookie of a draft: it and the account signed in now, if any, may go on with it.

    What staff take down stays with them.
    """
    held = _signed_for(request, slug, service, draft)
    if held.startswith(f"{_STAFF}:"):
        return _give(response, held, slug, service, draft)
    value = str(account_of(request)) if request.user.is_authenticated else _NOBODY
    return _give(response, value, slug, service, draft)


def hand_to_staff(response: HttpResponse, slug: str, service: str, holder: DraftHolder) -> HttpResponse:
    """Give the browser of a member of staff the cookie of what they take down."""
    value = f"{_STAFF}:{holder.taken_by}:{holder.channel.value}"
    return _give(response, value, slug, service, holder.draft)


def name_of(draft: UUID) -> str:
    """The name of a draft's cookie."""
    return f"draft_{draft.hex}"


def _signed_for(request: HttpRequest, slug: str, service: str, draft: UUID) -> str:
    salt = _salt(slug, service, draft)
    return str(request.get_signed_cookie(name_of(draft), default="", salt=salt, max_age=SECONDS))


def _give(response: HttpResponse, value: str, slug: str, service: str, draft: UUID) -> HttpResponse:
    response.set_signed_cookie(
        name_of(draft),
        value,
        salt=_salt(slug, service, draft),
        path=reverse("apply", args=[slug, service]) + f"{draft}/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _salt(slug: str, service: str, draft: UUID) -> str:
    return f"commonweal.draft:{slug}:{service}:{draft}"
