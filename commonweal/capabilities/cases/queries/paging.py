"""Pages of a worklist: in which order, and after which case the next page begins."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from commonweal.capabilities.cases.models import Case

PAGE = 25


def page_of(found: "QuerySet[Case]", *, latest_closed_first: bool, after: str) -> tuple[list[Case], str]:
    """The page after a cursor, and the cursor of the next (empty on the last). One that makes no sense begins anew."""
    order, begins = (_by_closing if latest_closed_first else _by_due)(after)
    cases = list(found.filter(begins).order_by(*order)[: PAGE + 1])
    if len(cases) <= PAGE:
        return cases, ""
    last = cases[PAGE - 1]
    closed = last.closed_at.astimezone(UTC).replace(tzinfo=None) if latest_closed_first and last.closed_at else None
    return cases[:PAGE], f"{(closed or last.due_on).isoformat()},{last.id}"


def _by_due(after: str) -> tuple[tuple[str, ...], Q]:
    cursor = _read(after, date.fromisoformat)
    begins = Q(due_on__gt=cursor[0]) | Q(due_on=cursor[0], id__gt=cursor[1]) if cursor else Q()
    return ("due_on", "id"), begins


def _by_closing(after: str) -> tuple[tuple[str, ...], Q]:
    cursor = _read(after, lambda text: datetime.fromisoformat(text).replace(tzinfo=UTC))
    begins = Q(closed_at__lt=cursor[0]) | Q(closed_at=cursor[0], id__gt=cursor[1]) if cursor else Q()
    return ("-closed_at", "id"), begins


def _read(after: str, parse: Callable[[str], date]) -> tuple[date, UUID] | None:
    place, _comma, last = after.partition(",")
    try:
        return parse(place), UUID(last)
    except ValueError:
        return None
