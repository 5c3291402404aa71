"""Changes that their author can still undo."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil
from uuid import UUID

from commonweal.capabilities.cases.events import TAKEN_BACK_WITHIN
from commonweal.capabilities.cases.models import Undoable, Writing
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data.schedules import rule_for
from commonweal.foundations.scope.actors import Staff, System

MOST = 50
_RULE = "cases.fleeting"


@dataclass(frozen=True)
class Undo:
    """What one button takes back: cases with their revisions, for `seconds` more."""

    changes: tuple[tuple[UUID, int], ...]
    seconds: int


@query()
def undoable(actor: Staff, *, organisation: int) -> Undo | None:
    """The actor's changes of the last ten seconds. They are taken back together, for as long as the oldest may be."""
    since: datetime = now() - TAKEN_BACK_WITHIN
    rows = Undoable.objects.filter(organisation_id=organisation, by_id=actor.account, at__gt=since).order_by("at", "id")
    found = list(rows.values_list("case_id", "revision", "at")[:MOST])
    if not found:
        return None
    return Undo(tuple((case, revision) for case, revision, _at in found), ceil((found[0][2] - since).total_seconds()))


@query()
def with_fleeting(actor: System, *, organisations: tuple[int, ...]) -> tuple[int, ...]:
    """The organisations among these that keep something past its day."""
    before = now() - rule_for(_RULE, "UK").period
    undoable = Undoable.objects.filter(organisation_id__in=organisations, at__lt=before)
    writing = Writing.objects.filter(organisation_id__in=organisations, seen_at__lt=before)
    found = undoable.values_list("organisation_id", flat=True).union(writing.values_list("organisation_id", flat=True))
    return tuple(sorted(found))
