"""Start the search for a copy from what is declared, and add places that no declaration knows."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from commonweal.capabilities.protection.actions.stepping import add_step
from commonweal.capabilities.protection.errors import NotSearched
from commonweal.capabilities.protection.models import Item, PlaceKind, Request, SearchedPlace
from commonweal.capabilities.protection.queries.packs.content import is_changed
from commonweal.capabilities.protection.queries.packs.finding import Found, FoundItem, FoundPlace, find_held
from commonweal.capabilities.protection.queries.requests import require_open
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import today
from commonweal.foundations.errors import Invalid
from commonweal.foundations.personal_data.purposes import RIGHTS
from commonweal.foundations.scope.actors import Staff
from commonweal.foundations.texts.typed import plain

_ABOUT = "protection.request"
_LONGEST = 2_000


@action(opens=RIGHTS, loads=find_held)
def begin_search(actor: Staff, *, organisation: int, reference: str, opened: Found | None = None) -> None:
    """Start the search for a request or repeat it: fill in the places and add new items to decide.

    What was decided before stands, but of what was written anew since.
    Raises NotTheOfficer, NoSuchRequest, AlreadyClosed, NotACopy, NotMatched.
    """
    request = require_open(actor, organisation, reference)
    if opened is None:
        raise NotSearched
    is_first = not SearchedPlace.objects.filter(organisation_id=organisation, request_id=request.id).exists()
    _fill_places(actor, request, opened.places)
    _put_back(request, opened)
    made = _add_items(request, opened)
    if is_first:
        add_step(actor, request, "searched")
    record(_ABOUT, request.id, changed=["searched"], items=made, plan=opened.plan)


@action()
def note_place(
    actor: Staff,
    *,
    organisation: int,
    reference: str,
    place: UUID | None = None,
    kind: str = PlaceKind.OTHER,
    name: str = "",
    terms: str = "",
    found: int | None = None,
    why_not: str = "",
    on: date | None = None,
) -> None:
    """Record that a place was searched, paper included, or why not: a listed place, or a new one by its name.

    Raises NotTheOfficer, NoSuchRequest, AlreadyClosed; Invalid.
    """
    request = require_open(actor, organisation, reference)
    here = SearchedPlace.objects.filter(organisation_id=organisation, request_id=request.id)
    row = here.filter(id=place).first() if place else None
    _check(kind, plain(name) if row is None else "-", plain(terms), found=found, why_not=plain(why_not), on=on)
    if row is None:
        row = _new(actor, request, kind, "", plain(name))
    row.terms, row.found = plain(terms), found
    if found is None:
        row.why_not = plain(why_not)
    row.on, row.by_id = on or today(), actor.account
    row.save()
    record(_ABOUT, request.id, changed=["searched"], place=row.id, is_searched=found is not None)


def _fill_places(actor: Staff, request: Request, places: Iterable[FoundPlace]) -> None:
    known = {
        row.code: row
        for row in SearchedPlace.objects.filter(organisation_id=request.organisation_id, request_id=request.id)
        if row.code
    }
    for place in places:
        row = known.get(place.code) or _new(actor, request, place.kind, place.code, place.place)
        if place.found is None and place.code in known:
            continue
        row.found, row.on, row.by_id = place.found, today(), actor.account
        row.save()


def _new(actor: Staff, request: Request, kind: str, code: str, place: str) -> SearchedPlace:
    return SearchedPlace(
        id=uuid7(),
        organisation_id=request.organisation_id,
        key_id=request.key_id,
        request_id=request.id,
        subject_id=request.subject_id,
        kind=kind,
        code=code,
        place=place,
        on=today(),
        by_id=actor.account,
    )


def _put_back(request: Request, found: Found) -> None:
    """What was changed since it was decided waits again, with what was found in it now."""
    naming = {(each.label, each.row, each.field): each.names_others for each in found.items}
    for item in Item.objects.filter(organisation_id=request.organisation_id, request_id=request.id):
        names_others = naming.get((item.label, item.row, item.field), item.names_others)
        is_new = is_changed(item)
        if is_new:
            item.decision, item.ground, item.redactions, item.content_hash = "", "", "", ""
            item.decided_by_id, item.decided_at = None, None
        if is_new or (not item.decision and names_others != item.names_others):
            item.names_others = names_others
            item.save()


def _add_items(request: Request, found: Found) -> int:
    here = Item.objects.filter(organisation_id=request.organisation_id, request_id=request.id)
    known = set(here.values_list("label", "row", "field"))
    new = [each for each in found.items if (each.label, each.row, each.field) not in known]
    last = here.count()
    rows = [_item(request, found, each, last + number) for number, each in enumerate(new, start=1)]
    Item.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _item(request: Request, found: Found, item: FoundItem, number: int) -> Item:
    case = found.about.by_record.get(item.record) if item.record else found.about.by_record.get(item.row)
    return Item(
        id=uuid7(),
        organisation_id=request.organisation_id,
        key_id=request.key_id,
        request_id=request.id,
        subject_id=request.subject_id,
        number=number,
        kind=item.kind,
        label=item.label,
        row=item.row,
        field=item.field,
        other_id=item.other,
        reference=case.reference if case else "",
        service=case.service.name if case else "",
        media_type=item.media_type,
        names_others=item.names_others,
        needs_harm_check=bool(case and case.harm_checked_by),
    )


def _check(kind: str, name: str, terms: str, *, found: int | None, why_not: str, on: date | None) -> None:
    wrong = {}
    if kind not in PlaceKind.values:
        wrong["kind"] = _("Choose what was searched")
    if not name:
        wrong["name"] = _("Enter the place")
    if (found is None) == (not why_not):
        wrong["found"] = _("Enter how much was found, or why it was not searched")
    if max(len(name), len(terms), len(why_not)) > _LONGEST:
        wrong["terms"] = _("Each text must be 2,000 characters or fewer")
    if on is not None and on > today():
        wrong["on"] = _("The day cannot be in the future")
    if wrong:
        raise Invalid(wrong)
