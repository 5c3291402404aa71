"""Which services an organisation offers, and the versions that drafts and cases stay with."""

import json
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from commonweal.capabilities.catalogue.errors import NotOffered
from commonweal.capabilities.catalogue.models import ServiceVersion, State
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.foundations.actions.query import query
from commonweal.foundations.scope.actors import Actor


@dataclass(frozen=True)
class Offered:
    """One version of a service: its id, its number (from 1), and what it declares."""

    version: UUID
    number: int
    service: Service


@query()
def services(actor: Actor, *, organisation: int) -> tuple[Offered, ...]:
    """The services the organisation offers now, by name."""
    live = ServiceVersion.objects.filter(organisation_id=organisation, state=State.LIVE).order_by("name")
    return tuple(_offered(organisation, version) for version in live.values_list("id", flat=True))


@query()
def service(actor: Actor, *, organisation: int, name: str) -> Offered:
    """The live version of a service. Raises NotOffered."""
    live = ServiceVersion.objects.filter(organisation_id=organisation, name=name, state=State.LIVE)
    version = live.values_list("id", flat=True).first()
    if version is None:
        raise NotOffered
    return _offered(organisation, version)


@query()
def service_version(actor: Actor, *, organisation: int, version: UUID) -> Offered:
    """A version, live or not: what a draft or a case began under. Raises NotOffered."""
    return _offered(organisation, version)


@lru_cache(maxsize=4096)
def _offered(organisation: int, version: UUID) -> Offered:
    """A version as it was read in a scope of its organisation; it never changes, so it is read once a process."""
    found = ServiceVersion.objects.filter(organisation_id=organisation, id=version).first()
    if found is None:
        raise NotOffered
    return Offered(found.id, found.number, _parse(json.dumps(found.declaration)))


@lru_cache(maxsize=512)
def _parse(text: str) -> Service:
    """Many organisations offer the same declaration: it is held once."""
    return Service.model_validate_json(text)
