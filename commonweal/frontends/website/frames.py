"""What stands around the website's pages: the platform's own frame, or that of one council."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.foundations.design.parts import Frame, Link, Masthead, SignedIn
from commonweal.frontends import who
from commonweal.frontends.pages import set_frame

View = Callable[..., HttpResponse]


def frame_platform(request: HttpRequest) -> None:
    """The page is the platform's own."""
    links = (Link(_("Your account"), reverse("account"), request.path == reverse("account")),)
    is_known = request.user.is_authenticated
    set_frame(request, Frame(links=links if is_known else (), signed_in=_signed_in(request)))


def frame_council(request: HttpRequest, council: OrganisationRow) -> None:
    """The page is a council's: its name, its colour, and the way to what a person has with it."""
    masthead = Masthead(council.name, reverse("council", args=[council.slug]), council.colour)
    links = _list_links(request, council) if council.is_open else ()
    set_frame(request, Frame(masthead, links, _signed_in(request)))


def at_council(view: View) -> View:
    """Make a view of `(request, council, ...)` out of one addressed by slug, in the council's frame.

    A body that offers nothing here yet answers with its home page, which says so. Raises NoSuchOrganisation.
    """

    @wraps(view)
    def find(request: HttpRequest, slug: str, **places: str) -> HttpResponse:
        council = who.organisation_at(request, slug)
        frame_council(request, council)
        if not council.is_open:
            return HttpResponseRedirect(reverse("council", args=[council.slug]))
        return view(request, council, **places)

    return find


def sign_in_address(back: str) -> str:
    """Where one signs in, to come back to a page of ours afterwards."""
    return f"{reverse('account_login')}?{urlencode({'next': back})}"


def _list_links(request: HttpRequest, council: OrganisationRow) -> tuple[Link, ...]:
    def link(text: object, name: str) -> Link:
        address = reverse(name, args=[council.slug])
        return Link(str(text), address, request.path == address)

    if request.user.is_authenticated:
        return (
            link(_("Services"), "council"),
            link(_("Your applications"), "your"),
            link(_("Your information"), "your_information"),
            link(_("When your information was opened"), "openings"),
        )
    here = (link(_("Services"), "council"), link(_("Check an application"), "status"))
    return (*here, Link(_("Sign in"), sign_in_address(reverse("your", args=[council.slug]))))


def _signed_in(request: HttpRequest) -> SignedIn | None:
    if not request.user.is_authenticated:
        return None
    return SignedIn(request.user.email, reverse("account_logout"))
