"""Who broke the glass."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.capabilities.identity.errors import MayNotDecide
from commonweal.capabilities.identity.models import BrokenGlass, Membership
from commonweal.capabilities.identity.queries.colleagues import names_of
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data.purposes import OVERSIGHT
from commonweal.foundations.scope.actors import Staff, System

_MOST = 200


@dataclass(frozen=True)
class GlassRow:
    """Somebody broke the glass: who, for which reason (a code), from when until when."""

    name: str
    reason: str
    broke_at: datetime
    ends_at: datetime


@query()
def broken_glass(actor: Staff, *, organisation: int) -> tuple[GlassRow, ...]:
    """Who broke the glass, latest first: all of the body for the officer, those of their teams for a manager.

    Raises MayNotDecide.
    """
    rows = BrokenGlass.objects.filter(organisation_id=organisation).order_by("-broke_at")
    if OVERSIGHT.code not in actor.purposes:
        if "team_manager" not in actor.roles:
            raise MayNotDecide
        theirs = Membership.objects.filter(organisation_id=organisation, team_id__in=actor.teams)
        rows = rows.filter(account_id__in=list(theirs.values_list("account_id", flat=True)))
    found = list(rows[:_MOST])
    names = names_of(actor, organisation=organisation, accounts={row.account_id for row in found})
    return tuple(GlassRow(names.get(row.account_id, ""), row.reason, row.broke_at, row.ends_at) for row in found)


@query()
def glass_to_tell(actor: System, *, organisation: int, before: datetime) -> tuple[UUID, ...]:
    """The accounts of those who broke the glass `before` a moment and of whom nobody was told."""
    rows = BrokenGlass.objects.filter(organisation_id=organisation, told_at=None, broke_at__lt=before)
    return tuple(rows.order_by("broke_at").values_list("account_id", flat=True))
