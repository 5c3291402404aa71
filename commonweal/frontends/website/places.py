"""Where someone is in a form they fill in, as addresses; and who they have proven to be."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from commonweal.capabilities.forms.actions.keeping import Progress
from commonweal.capabilities.forms.errors import AlreadySubmitted, DraftChanged, Incomplete, NotAsked
from commonweal.capabilities.forms.queries.paths import Place
from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.foundations.scope.actors import DraftHolder
from commonweal.frontends.holding import hand_over, holder_of
from commonweal.frontends.website.frames import at_council
from commonweal.frontends.website.services import name_at

P = ParamSpec("P")


@dataclass(frozen=True)
class Applying:
    """Someone at a page of their draft: where they are, and who they have proven to be."""

    council: OrganisationRow
    service: str
    """The service as the address names it."""
    holder: DraftHolder

    @property
    def name(self) -> str:
        """The name of the service."""
        return name_at(self.service)

    @property
    def root(self) -> str:
        """Where the pages of this draft are."""
        return f"{reverse('apply', args=[self.council.slug, self.service])}{self.holder.draft}/"

    def address(self, place: Place | str) -> str:
        """The address of a place of this draft; check, done and save are pages too."""
        if isinstance(place, str):
            return f"{self.root}{place}/"
        if place.way_out:
            return f"{self.root}{place.page}/exit/{place.way_out}/"
        return f"{self.root}{place.page}/{place.item}/" if place.item else f"{self.root}{place.page}/"


View = Callable[Concatenate[HttpRequest, Applying, P], HttpResponse]


def holding(view: View[P]) -> Callable[..., HttpResponse]:
    """Make a view of whoever holds the draft in the address. What stands in the way leads on to the right page."""

    @at_council
    @wraps(view)
    def prove(
        request: HttpRequest, council: OrganisationRow, service: str, draft: UUID, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        applying = Applying(council, service, holder_of(request, council, service, draft))
        request.taken_by_staff = applying.holder.taken_by is not None  # type: ignore[attr-defined]
        try:
            return view(request, applying, *args, **kwargs)
        except AlreadySubmitted:
            return HttpResponseRedirect(applying.address("done"))
        except (Incomplete, NotAsked) as elsewhere:
            return HttpResponseRedirect(applying.address(elsewhere.place or "check"))
        except DraftChanged:
            return HttpResponseRedirect(f"{applying.address('check')}?changed")

    return prove


def lead_on(request: HttpRequest, applying: Applying, progress: Progress) -> HttpResponse:
    """On to the next page; whoever changes an answer goes only where something is missing, and back to check."""
    is_change = "change" in request.GET
    place = progress.missing if is_change else progress.following or progress.missing
    address = applying.address(place or "check")
    onwards = HttpResponseRedirect(f"{address}?change" if is_change and place else address)
    return hand_over(onwards, request, applying.council.slug, applying.service, applying.holder.draft)
