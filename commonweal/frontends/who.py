"""Who asks, and of whom: a request becomes an actor, and a web address an organisation."""

from datetime import datetime
from functools import lru_cache
from time import monotonic
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.identity.queries import acting
from commonweal.capabilities.identity.queries.acting import AtWork
from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.foundations.clocks.now import now
from commonweal.foundations.errors import Refusal, Words
from commonweal.foundations.scope.actors import Resident, Staff, Visitor

GROUNDS = "grounds"
"""Where a session keeps them: reference -> (ground, until when)."""

_LATELY = 5
"""Seconds for which a body's public facts are taken as they were."""


class NotSignedIn(Refusal):
    """The page is for someone who has said who they are."""

    status = 401
    code = "not_signed_in"
    title: Words = _("You need to sign in")
    message: Words = _("Sign in, then open this page again.")


def visitor(request: HttpRequest) -> Visitor:
    """Whoever asks, as someone who has not said who they are."""
    return Visitor()


def resident(request: HttpRequest) -> Resident:
    """The signed-in account as a person acting for themselves. Raises NotSignedIn."""
    return Resident(account=account_of(request))


def visitor_or_resident(request: HttpRequest) -> Visitor | Resident:
    """The signed-in account as a resident; anyone else as a visitor."""
    return resident(request) if request.user.is_authenticated else visitor(request)


def staff(request: HttpRequest, organisation: int) -> Staff:
    """The signed-in account as a member of staff of this organisation. Raises NotSignedIn, NotStaff."""
    return at_work(request, organisation).staff


def at_work(request: HttpRequest, organisation: int) -> AtWork:
    """The same, with how colleagues know them and whether they work elsewhere too. Raises NotSignedIn, NotStaff."""
    asking = resident(request)
    return acting.at_work(
        asking,
        organisation=organisation,
        account=account_of(request),
        has_second_factor=has_second_factor(request),
        grounds=grounds_chosen(request),
    )


def grounds_chosen(request: HttpRequest) -> dict[str, str]:
    """The lawful grounds chosen in this session, within the hour, to use what is restricted: by reference."""
    kept = request.session.get(GROUNDS, {}).items()
    return {reference: ground for reference, (ground, until) in kept if now() < datetime.fromisoformat(until)}


def account_of(request: HttpRequest) -> UUID:
    """The id of the signed-in account. Raises NotSignedIn."""
    if not request.user.is_authenticated or (request.user.is_demo and not settings.DEMO):
        raise NotSignedIn
    return request.user.pk


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened with a second factor, as the sign-in package recorded it."""
    if not request.user.is_authenticated:
        return False
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def organisation_at(request: HttpRequest, slug: str) -> OrganisationRow:
    """The body with this web address, open here or not, as of the last seconds. Raises NoSuchOrganisation."""
    return organisation_lately(slug, int(monotonic() // _LATELY))


@lru_cache(maxsize=512)
def organisation_lately(slug: str, _moment: int) -> OrganisationRow:
    """Every page begins with whose it is, and a body's public facts hardly change: asked once in a few seconds."""
    return organisations.organisation_at(Visitor(), slug=slug)
