"""The record of a search: every place with its terms, its day and what was found, or why it was not searched."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from commonweal.capabilities.identity.queries import colleagues
from commonweal.capabilities.protection.models import Item, PlaceKind, SearchedPlace
from commonweal.capabilities.protection.queries.packs.subjects import about
from commonweal.capabilities.protection.queries.requests import matter_of, officers_request
from commonweal.capabilities.protection.words import TABLES_SAID
from commonweal.foundations.actions.query import query
from commonweal.foundations.errors import Words
from commonweal.foundations.personal_data.purposes import RIGHTS
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.scope.actors import Staff


@dataclass(frozen=True)
class PlaceRow:
    """A place of a search; `found` is None where nobody looked yet, or not at all (`why_not`)."""

    id: UUID
    kind: PlaceKind
    place: str = field(repr=False)
    terms: str = field(repr=False)
    why_not: str = field(repr=False)
    found: int | None
    on: date
    by: str

    @property
    def title(self) -> Words:
        """The place in words; one that somebody added is called as they called it."""
        return TABLES_SAID.get(self.place, self.place)

    @property
    def is_open(self) -> bool:
        return self.found is None and not self.why_not


@dataclass(frozen=True)
class SearchPage:
    """The search of a request for a copy; empty until it begins. `items` wait for a decision or have one."""

    reference: str
    is_matched: bool
    is_closed: bool
    places: tuple[PlaceRow, ...]
    items: int
    left: int


@query(opens=RIGHTS)
def search_page(actor: Staff, *, organisation: int, reference: str) -> SearchPage:
    """The search record of a request. Raises NotTheOfficer, NoSuchRequest, NotACopy."""
    request = officers_request(actor, organisation, reference)
    about(actor, request)
    current_reading().about(matter_of(request))
    rows = list(SearchedPlace.objects.filter(organisation_id=organisation, request_id=request.id).order_by("id"))
    names = colleagues.names_of(actor, organisation=organisation, accounts={row.by_id for row in rows})
    current_reading().fetch_keys([request.key_id])
    items = Item.objects.filter(organisation_id=organisation, request_id=request.id)
    return SearchPage(
        reference=request.reference,
        is_matched=request.is_matched,
        is_closed=request.closed_at is not None,
        places=tuple(
            PlaceRow(
                id=row.id,
                kind=PlaceKind(row.kind),
                place=row.place,
                terms=row.terms or "",
                why_not=row.why_not or "",
                found=row.found,
                on=row.on,
                by=names.get(row.by_id, ""),
            )
            for row in rows
        ),
        items=items.count(),
        left=items.filter(decision="").count(),
    )
