"""The officer's list: open requests by due date, so that the overdue come first, and closed ones, latest first."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from commonweal.capabilities.protection.models import Request
from commonweal.capabilities.protection.queries.clock import with_pauses
from commonweal.capabilities.protection.queries.moments import read_moment
from commonweal.capabilities.protection.queries.officers import require_officer
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import today
from commonweal.foundations.scope.actors import Staff

PAGE = 25


@dataclass(frozen=True)
class RequestRow:
    """A request in the list; `days_left` until `due_on`, the day to act by; late once `statutory_on` is past."""

    reference: str
    kind: str
    authority: str
    channel: str
    received_on: date
    due_on: date
    statutory_on: date
    days_left: int
    is_waiting: bool
    is_overdue: bool
    is_extended: bool
    is_matched: bool
    outcome: str
    closed_at: datetime | None


@dataclass(frozen=True)
class RequestsPage:
    """A page of requests, and the cursor of the next; empty on the last."""

    rows: tuple[RequestRow, ...]
    following: str


@query()
def requests(actor: Staff, *, organisation: int, is_closed: bool = False, after: str = "") -> RequestsPage:
    """A page of the list; a cursor that makes no sense begins anew. Opens nothing. Raises NotTheOfficer."""
    require_officer(actor, organisation)
    here = Request.objects.filter(organisation_id=organisation, closed_at__isnull=not is_closed)
    ordered = _latest_closed(here, after) if is_closed else _by_due(here, after)
    found = list(with_pauses(ordered)[: PAGE + 1])
    following = ""
    if len(found) > PAGE:
        last = found[PAGE - 1]
        place = last.closed_at.isoformat() if last.closed_at else last.due_on.isoformat()
        following = f"{place},{last.id}"
    return RequestsPage(tuple(_row(row) for row in found[:PAGE]), following)


def _by_due(here: "QuerySet[Request]", after: str) -> "QuerySet[Request]":
    place, _comma, last = after.partition(",")
    try:
        day, row = date.fromisoformat(place), UUID(last)
    except ValueError:
        return here.order_by("due_on", "id")
    return here.filter(Q(due_on__gte=day) & (Q(due_on__gt=day) | Q(id__gt=row))).order_by("due_on", "id")


def _latest_closed(here: "QuerySet[Request]", after: str) -> "QuerySet[Request]":
    place, _comma, last = after.partition(",")
    moment = read_moment(place)
    try:
        row = UUID(last)
    except ValueError:
        moment = None
    if moment is None:
        return here.order_by("-closed_at", "id")
    begins = Q(closed_at__lte=moment) & (Q(closed_at__lt=moment) | Q(id__gt=row))
    return here.filter(begins).order_by("-closed_at", "id")


def _row(row: Request) -> RequestRow:
    is_stopped = row.kind == "access" and row.is_paused  # type: ignore[attr-defined]  # by with_pauses
    is_waiting = row.closed_at is None and row.kind != "complaint" and bool(row.start_awaits or is_stopped)
    return RequestRow(
        reference=row.reference,
        kind=row.kind,
        authority=row.authority,
        channel=row.channel,
        received_on=row.received_on,
        due_on=row.due_on,
        statutory_on=row.statutory_on,
        days_left=(row.due_on - today()).days,
        is_waiting=is_waiting,
        is_overdue=row.closed_at is None and not is_waiting and row.statutory_on < today(),
        is_extended=row.extended_on is not None,
        is_matched=row.is_matched,
        outcome=row.outcome,
        closed_at=row.closed_at,
    )
