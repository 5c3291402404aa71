"""A pack at the desk: what is missing before it can be made, what is in it, and who may release it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import get_language

from commonweal.capabilities.identity.queries import colleagues
from commonweal.capabilities.protection.errors import ItemsLeft, NoSuchPack
from commonweal.capabilities.protection.models import HarmCheck, Item, Pack, Request, SearchedPlace
from commonweal.capabilities.protection.queries.officers import require_officer
from commonweal.capabilities.protection.queries.packs.gathering import require_decided
from commonweal.capabilities.protection.queries.packs.subjects import About, about
from commonweal.capabilities.protection.queries.requests import matter_of, officers_request
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.files.opening import OpenedFile, open_file
from commonweal.foundations.personal_data.purposes import RIGHTS
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.scope.actors import Staff

_MONTHS = timedelta(days=366)


@dataclass(frozen=True)
class HarmRow:
    """A service that needs a professional's check before anything of it is given, and the check if it was made."""

    service: str
    title: str
    roles: tuple[str, ...]
    name: str = field(repr=False)
    is_harmful: bool | None
    on: date | None


@dataclass(frozen=True)
class PackRow:
    """A pack that was made: what is in it, and what became of it."""

    id: UUID
    made_at: datetime
    made_by: str
    rows: int
    given: int
    redacted: int
    withheld: int
    sha256: str
    released_at: datetime | None
    released_by: str
    single: str
    single_words: str = field(repr=False)
    expires_at: datetime | None
    downloaded_at: datetime | None
    posted_on: date | None
    posted_to: str = field(repr=False)
    checked_against: str = field(repr=False)


@dataclass(frozen=True)
class PackPage:
    """Where the pack of a request stands. `is_second`: the actor did not decide, judge or make it."""

    reference: str
    is_closed: bool
    items: int
    left: int
    open_places: int
    harm: tuple[HarmRow, ...]
    may_be_made: bool
    pack: PackRow | None
    is_old: bool
    is_second: bool
    is_due: bool
    has_account: bool


@dataclass(frozen=True)
class SingleRow:
    """A release by one person alone, with its reason: looked at each month."""

    reference: str
    released_at: datetime
    released_by: str
    single: str
    words: str = field(repr=False)


@query(opens=RIGHTS)
def pack_page(actor: Staff, *, organisation: int, reference: str) -> PackPage:
    """Where the pack of a request stands. Raises NotTheOfficer, NoSuchRequest, NotACopy."""
    request = officers_request(actor, organisation, reference)
    whom = about(actor, request)
    current_reading().about(matter_of(request))
    current_reading().fetch_keys([request.key_id])
    here = {"organisation_id": organisation, "request_id": request.id}
    items = list(Item.objects.filter(**here))
    places = SearchedPlace.objects.filter(**here)
    pack = Pack.objects.filter(**here).order_by("-made_at").first()
    return PackPage(
        reference=request.reference,
        is_closed=request.closed_at is not None,
        items=len(items),
        left=sum(not item.decision for item in items),
        open_places=places.filter(found=None, why_not__isnull=True).count(),
        harm=_harm(request, whom),
        may_be_made=_may_be_made(request, items, whom),
        pack=_row(actor, pack) if pack else None,
        is_old=pack is not None and _is_old(request, pack, items),
        is_second=pack is not None and actor.account not in who_worked(request, pack),
        is_due=request.statutory_on <= today(),
        has_account=request.account_id is not None,
    )


@query(opens=RIGHTS)
def open_pack(actor: Staff, *, organisation: int, reference: str) -> OpenedFile:
    """The latest pack of a request, to look at it before its release or to print it. Raises NoSuchPack."""
    request = officers_request(actor, organisation, reference)
    current_reading().about(matter_of(request))
    pack = Pack.objects.filter(organisation_id=organisation, request_id=request.id).order_by("-made_at").first()
    if pack is None or pack.forgotten_at is not None:
        raise NoSuchPack
    return open_file(pack.file_id, of=pack.id)


@query(opens=RIGHTS)
def single_releases(actor: Staff, *, organisation: int) -> tuple[SingleRow, ...]:
    """The releases of the last twelve months that one person made alone, latest first. Raises NotTheOfficer."""
    require_officer(actor, organisation)
    singles = Pack.objects.filter(organisation_id=organisation, released_at__gt=now() - _MONTHS).exclude(single="")
    rows = list(singles.select_related("request").order_by("-released_at")[:200])
    names = colleagues.names_of(
        actor, organisation=organisation, accounts={row.released_by_id for row in rows if row.released_by_id}
    )
    current_reading().fetch_keys(row.key_id for row in rows)
    found = []
    for row in rows:
        current_reading().about(matter_of(row.request))
        by = names.get(row.released_by_id, "") if row.released_by_id else ""
        found.append(
            SingleRow(row.request.reference, row.released_at or row.made_at, by, row.single, row.single_words or "")
        )
    return tuple(found)


def who_worked(request: Request, pack: Pack) -> set[UUID]:
    """Who decided an item, wrote down what a professional judged, or made the pack: none of them is a second person."""
    here = {"organisation_id": request.organisation_id, "request_id": request.id}
    decided = Item.objects.filter(**here).exclude(decided_by_id=None).values_list("decided_by_id", flat=True)
    judged = HarmCheck.objects.filter(**here).values_list("by_id", flat=True)
    return {pack.made_by_id, *(each for each in decided.distinct() if each), *judged}


def _may_be_made(request: Request, items: list[Item], whom: About) -> bool:
    try:
        require_decided(request, items, whom)
    except ItemsLeft:
        return False
    return request.closed_at is None


def _is_old(request: Request, pack: Pack, items: list[Item]) -> bool:
    """Whether something was decided since it was made, or it is about somebody else than is meant now."""
    is_decided = any(item.decided_at and item.decided_at > pack.made_at for item in items)
    return is_decided or pack.subject_id != request.subject_id


def _harm(request: Request, whom: About) -> tuple[HarmRow, ...]:
    checks = {
        check.service: check
        for check in HarmCheck.objects.filter(organisation_id=request.organisation_id, request_id=request.id)
    }
    needed = {case.service.name: case for case in whom.cases if case.harm_checked_by}
    rows = []
    for name, case in sorted(needed.items()):
        check = checks.get(name)
        rows.append(
            HarmRow(
                service=name,
                title=case.service.title.in_language(get_language()),
                roles=case.harm_checked_by,
                name=check.name if check else "",
                is_harmful=check.is_harmful if check else None,
                on=check.on if check else None,
            )
        )
    return tuple(rows)


def _row(actor: Staff, pack: Pack) -> PackRow:
    accounts = {each for each in (pack.made_by_id, pack.released_by_id) if each}
    names = colleagues.names_of(actor, organisation=pack.organisation_id, accounts=accounts)
    return PackRow(
        id=pack.id,
        made_at=pack.made_at,
        made_by=names.get(pack.made_by_id, ""),
        rows=pack.rows,
        given=pack.given,
        redacted=pack.redacted,
        withheld=pack.withheld,
        sha256=pack.sha256,
        released_at=pack.released_at,
        released_by=names.get(pack.released_by_id, "") if pack.released_by_id else "",
        single=pack.single,
        single_words=pack.single_words or "",
        expires_at=pack.expires_at,
        downloaded_at=pack.downloaded_at,
        posted_on=pack.posted_on,
        posted_to=pack.posted_to or "",
        checked_against=pack.checked_against or "",
    )
