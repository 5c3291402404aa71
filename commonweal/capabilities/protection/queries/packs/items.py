"""The items of a copy as the officer decides them: each in full, with what identifies others marked already."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from commonweal.capabilities.protection.errors import NoSuchItem, NotSearched
from commonweal.capabilities.protection.models import Item, ItemKind, Request, SearchedPlace
from commonweal.capabilities.protection.queries.packs.content import hash_of
from commonweal.capabilities.protection.queries.packs.subjects import about, is_ours, suggesting_of
from commonweal.capabilities.protection.queries.requests import officers_request
from commonweal.capabilities.protection.queries.withholding import withheld_cases
from commonweal.foundations.actions.query import query
from commonweal.foundations.documents.redaction.removals import Removals
from commonweal.foundations.files.errors import NoSuchFile
from commonweal.foundations.files.kinds import Kind
from commonweal.foundations.files.opening import OpenedFile, open_any_file
from commonweal.foundations.personal_data.declarations import SubjectKind
from commonweal.foundations.personal_data.purposes import RIGHTS
from commonweal.foundations.personal_data.reading import Forgotten
from commonweal.foundations.personal_data.subjects.looking import NoSuchRow, row_at, value_at
from commonweal.foundations.personal_data.subjects.plan import plan_for
from commonweal.foundations.scope.actors import Staff

AT_ONCE = 20
"""How many texts that name nobody else are shown, and decided, together."""

REDACTABLE = (Kind.PDF.media_type, Kind.TEXT.media_type, Kind.CSV.media_type)
"""Files that are made anew without some words. Others, office files and photos, are given whole or not."""


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; `is_marked` when it would be taken out as suggested."""

    text: str = field(repr=False)
    is_marked: bool


@dataclass(frozen=True)
class ItemPage:
    """One item in full. `pieces` is its text, `fields` the values of a row; of a file `name` and kind alone.

    `seen` is the hash of what is shown, with which it is decided.

    `suggested` are the strings that identify others in it. `left` counts the items that wait for a decision.
    `is_withheld_from_them`: openings of its case are withheld, so that giving it may tip them off.
    """

    id: UUID
    number: int
    seen: str
    total: int
    left: int
    kind: str
    label: str
    column: str
    reference: str
    service: str
    name: str = field(repr=False)
    media_type: str
    pieces: tuple[Piece, ...] = field(repr=False)
    fields: tuple[tuple[str, str], ...] = field(repr=False)
    suggested: tuple[str, ...] = field(repr=False)
    names_others: bool
    needs_harm_check: bool
    is_withheld_from_them: bool
    may_be_redacted: bool
    decision: str
    ground: str
    exemption: str


@query(opens=RIGHTS)
def item_page(actor: Staff, *, organisation: int, reference: str, number: int | None = None) -> ItemPage | None:
    """An item by its number, or the first that waits for a decision; None when none does.

    Raises NotTheOfficer, NoSuchRequest, NotACopy, NotSearched, NoSuchItem.
    """
    request, here = _items_of(actor, organisation, reference)
    if number is not None:
        found = here.filter(number=number).first()
        if found is None:
            raise NoSuchItem
    else:
        found = here.filter(decision="").order_by("number").first()
        if found is None:
            return None
    return next(_opened(actor, request, here, [found]))


@query(opens=RIGHTS)
def plain_items(actor: Staff, *, organisation: int, reference: str) -> tuple[ItemPage, ...]:
    """The next texts that wait and in which nobody else was found, in full, to be read and decided together.

    Raises NotTheOfficer, NoSuchRequest, NotACopy, NotSearched.
    """
    request, here = _items_of(actor, organisation, reference)
    waiting = here.filter(plain_ones(request), decision="")
    return tuple(_opened(actor, request, here, list(waiting.order_by("number")[:AT_ONCE])))


@query(opens=RIGHTS)
def open_item_file(actor: Staff, *, organisation: int, reference: str, number: int) -> OpenedFile:
    """The file of an item, to look at before deciding. Raises NotTheOfficer, NoSuchRequest, NoSuchItem, NoSuchFile."""
    _request, here = _items_of(actor, organisation, reference)
    found = here.filter(number=number, kind=ItemKind.FILE).first()
    if found is None:
        raise NoSuchItem
    return open_any_file(found.row)


def plain_ones(request: Request) -> Q:
    """Which items may be decided together: texts in which nobody else was found, and of which nothing is withheld.

    What keeps staff safe is decided by itself, as is whatever needs a professional first.
    """
    items = Item.objects.filter(organisation_id=request.organisation_id, request_id=request.id).exclude(reference="")
    withheld = withheld_cases(request.organisation_id, items.values_list("reference", flat=True))
    alike = Q(kind=ItemKind.TEXT, names_others=False, needs_harm_check=False)
    return alike & ~Q(label="people.marker") & ~Q(reference__in=withheld)


def _items_of(actor: Staff, organisation: int, reference: str) -> tuple[Request, "QuerySet[Item]"]:
    request = officers_request(actor, organisation, reference)
    here: QuerySet[Item] = Item.objects.filter(organisation_id=organisation, request_id=request.id)
    if not here.exists() and request.closed_at is None and not _was_searched(request):
        raise NotSearched
    return request, here


def _was_searched(request: Request) -> bool:
    return SearchedPlace.objects.filter(organisation_id=request.organisation_id, request_id=request.id).exists()


def _opened(actor: Staff, request: Request, here: "QuerySet[Item]", items: list[Item]) -> Iterator[ItemPage]:
    whom = about(actor, request)
    suggesting = suggesting_of(actor, request, whom.people)
    total, left = here.count(), here.filter(Q(decision="")).count()
    titles = {case.service.name: case.service.title.in_language(get_language()) for case in whom.cases}
    withheld = withheld_cases(request.organisation_id, {item.reference for item in items})
    for item in items:
        seen = hash_of(item)  # before the text: what changes between the two is refused, not passed over
        text, name, fields = _content(item)
        removals = suggesting.of(text, is_ours=is_ours(item.label))
        places = removals.places(text)
        yield ItemPage(
            id=item.id,
            number=item.number,
            seen=seen,
            total=total,
            left=left,
            kind=item.kind,
            label=item.label,
            column=item.field,
            reference=item.reference,
            service=titles.get(item.service, item.service),
            name=name,
            media_type=item.media_type,
            pieces=tuple(_pieces(text, removals)),
            fields=fields,
            suggested=tuple(dict.fromkeys(text[place.start : place.end] for place in places)) or _all(item, removals),
            names_others=item.names_others,
            needs_harm_check=item.needs_harm_check,
            is_withheld_from_them=item.reference in withheld,
            may_be_redacted=item.kind == ItemKind.TEXT or item.media_type in REDACTABLE,
            decision=item.decision,
            ground=item.ground,
            exemption=item.exemption,
        )


def _content(item: Item) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """The text of an item, or the name of a file, or the values of a row; empty when it is gone meanwhile."""
    plan = plan_for(SubjectKind.PERSON)
    try:
        if item.kind == ItemKind.TEXT:
            return value_at(plan, label=item.label, row=item.row, field=item.field), "", ()
        if item.kind == ItemKind.ROW:
            return "", "", row_at(plan, label=item.label, row=item.row)
        return "", open_any_file(item.row).name, ()
    except (NoSuchRow, NoSuchFile, Forgotten):
        return "", "", ()


def _all(item: Item, removals: Removals) -> tuple[str, ...]:
    """Of a file that can be made anew, whatever identifies others: what is in it is not read here."""
    return removals.strings if item.kind == ItemKind.FILE and item.media_type in REDACTABLE else ()


def _pieces(text: str, removals: Removals) -> Iterator[Piece]:
    at = 0
    for place in removals.places(text):
        if place.start > at:
            yield Piece(text[at : place.start], is_marked=False)
        yield Piece(text[place.start : place.end], is_marked=True)
        at = place.end
    if at < len(text):
        yield Piece(text[at:], is_marked=False)
