"""Who is to be told of a letter though they have no account: their address opens to send to it alone."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from commonweal.capabilities.protection.models import Request
from commonweal.capabilities.protection.queries.requests import matter_of
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data.purposes import SENDING
from commonweal.foundations.personal_data.reading import Forgotten, current_reading
from commonweal.foundations.scope.actors import Actor, System

_MOST = 50


@dataclass(frozen=True)
class Untold:
    """A request whose asker is to be told, `since` when, at what they gave to be reached by."""

    request: UUID
    since: datetime
    contact: str = field(repr=False)


@query()
def with_untold(actor: Actor, *, organisations: tuple[int, ...]) -> tuple[int, ...]:
    """The organisations among these with somebody still to be told."""
    rows = Request.objects.filter(organisation_id__in=organisations, untold_since__isnull=False)
    return tuple(rows.order_by("organisation_id").values_list("organisation_id", flat=True).distinct())


@query(opens=SENDING)
def untold(actor: System, *, organisation: int) -> tuple[Untold, ...]:
    """Those to be told, who has waited longest first. Whoever was forgotten has no contact."""
    rows = Request.objects.filter(organisation_id=organisation, untold_since__isnull=False).order_by("untold_since")
    found = list(rows[:_MOST])
    current_reading().fetch_keys(row.key_id for row in found)
    return tuple(Untold(row.id, row.untold_since, _contact(row)) for row in found if row.untold_since)


def _contact(row: Request) -> str:
    current_reading().about(matter_of(row))
    try:
        return row.contact or ""
    except Forgotten:
        return ""
