"""Packs that nobody fetches any more: their files go, and their hash and counts stay with the request."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from commonweal.capabilities.protection.models import Pack
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import now
from commonweal.foundations.scope.actors import System

_MOST = 100


@dataclass(frozen=True)
class Spent:
    """A pack and the file it still has."""

    pack: UUID
    file: UUID


@query()
def spent_packs(actor: System, *, organisation: int) -> tuple[Spent, ...]:
    """Those that expired, that a later one replaced, or that were not released before their request was closed."""
    packs = Pack.objects.filter(organisation_id=organisation)
    later = packs.filter(request_id=OuterRef("request_id"), made_at__gt=OuterRef("made_at"))
    is_over = Q(expires_at__lte=now()) | Q(released_at=None, request__closed_at__isnull=False) | Exists(later)
    found = packs.filter(is_over, forgotten_at=None).order_by("made_at")[:_MOST]
    return tuple(Spent(*row) for row in found.values_list("id", "file_id"))
