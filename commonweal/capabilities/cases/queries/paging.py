"""Pages of a worklist: in which order, and after which case the next page begins."""

from collections.abc import Callable, Collection
from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from commonweal.capabilities.cases.models import Case

PAGE = 25


def page_of(
    found: "QuerySet[Case]", *, teams: Collection[UUID], latest_closed_first: bool, after: str
) -> tuple[list[Case], str]:
    """The page of these teams after a cursor, and the cursor of the next (empty on the last).

    A cursor that makes no sense begins anew. Each team is asked by itself: an index gives the first rows of one team in
    order, and those of several only after sorting all that they have.
    """
    order, begins = (_by_closing if latest_closed_first else _by_due)(after)
    parts = [found.filter(begins, team_id=team).order_by(*order)[: PAGE + 1] for team in sorted(teams)]
    if not parts:
        return [], ""
    together = parts[0].union(*parts[1:], all=True).order_by(*order)[: PAGE + 1] if len(parts) > 1 else parts[0]
    cases = list(together)
    if len(cases) <= PAGE:
        return cases, ""
    last = cases[PAGE - 1]
    closed = last.closed_at.astimezone(UTC).replace(tzinfo=None) if latest_closed_first and last.closed_at else None
    return cases[:PAGE], f"{(closed or last.due_on).isoformat()},{last.id}"


# Written as a range of the first column with the rest beside it, so that the index begins where the page does.
def _by_due(after: str) -> tuple[tuple[str, ...], Q]:
    cursor = _read(after, date.fromisoformat)
    begins = Q(due_on__gte=cursor[0]) & (Q(due_on__gt=cursor[0]) | Q(id__gt=cursor[1])) if cursor else Q()
    return ("due_on", "id"), begins


def _by_closing(after: str) -> tuple[tuple[str, ...], Q]:
    cursor = _read(after, lambda text: datetime.fromisoformat(text).replace(tzinfo=UTC))
    begins = Q(closed_at__lte=cursor[0]) & (Q(closed_at__lt=cursor[0]) | Q(id__gt=cursor[1])) if cursor else Q()
    return ("-closed_at", "id"), begins


def _read(after: str, parse: Callable[[str], date]) -> tuple[date, UUID] | None:
    place, _comma, last = after.partition(",")
    try:
        return parse(place), UUID(last)
    except ValueError:
        return None
