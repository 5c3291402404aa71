"""What is shown beside a case: who else is writing, and what the reader can still undo."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from commonweal.capabilities.cases.models import Writing
from commonweal.capabilities.cases.queries.undoable import Undo, undoable
from commonweal.capabilities.identity.queries import colleagues
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import now
from commonweal.foundations.scope.actors import Staff

LASTS = timedelta(minutes=5)
"""Whoever gave no sign of writing for so long has stopped."""


@dataclass(frozen=True)
class Writer:
    """A colleague who is writing."""

    name: str
    began_at: datetime


@dataclass(frozen=True)
class Beside:
    """What stands beside a case; `undo` only after a change."""

    writers: tuple[Writer, ...]
    undo: Undo | None


@query()
def beside(actor: Staff, *, organisation: int, case: UUID, is_after_change: bool = False) -> Beside:
    """Colleagues who write on the case, the earliest first, and what the actor may still take back. Opens nothing."""
    others = Writing.objects.filter(organisation_id=organisation, case_id=case, seen_at__gt=now() - LASTS)
    rows = list(others.exclude(account_id=actor.account).order_by("began_at"))
    names = (
        colleagues.names_of(actor, organisation=organisation, accounts=[row.account_id for row in rows]) if rows else {}
    )
    return Beside(
        tuple(Writer(names.get(row.account_id, ""), row.began_at) for row in rows),
        undoable(actor, organisation=organisation) if is_after_change else None,
    )
