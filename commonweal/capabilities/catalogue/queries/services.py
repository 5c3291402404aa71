"""Which services an organisation offers, and the versions that drafts and cases stay with."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from commonweal.capabilities.catalogue.errors import NotOffered
from commonweal.capabilities.catalogue.models import ServiceVersion, State
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.older import as_now
from commonweal.foundations.actions.query import query
from commonweal.foundations.scope.actors import Actor


@dataclass(frozen=True)
class Offered:
    """One version of a service: its id, its number (from 1), and what it declares."""

    version: UUID
    number: int
    service: Service


@dataclass(frozen=True)
class AllServices:
    """The services that an organisation offers now (`live`), and the `latest` version of each that it ever did."""

    live: tuple[Offered, ...]
    latest: tuple[Offered, ...]


_ALL = """
select id, is_live, is_latest from (
    select id, name, state = %(live)s as is_live, number = max(number) over (partition by name) as is_latest
    from catalogue_serviceversion where organisation_id = %(organisation)s
) as numbered where is_live or is_latest order by name
"""


@query()
def services(actor: Actor, *, organisation: int) -> tuple[Offered, ...]:
    """The services the organisation offers now, by name."""
    live = ServiceVersion.objects.filter(organisation_id=organisation, state=State.LIVE).order_by("name")
    versions = list(live.values_list("id", flat=True))
    found = _offered_all(organisation, versions)
    return tuple(found[version] for version in versions)


@query()
def all_services(actor: Actor, *, organisation: int) -> AllServices:
    """What the organisation offers and ever offered; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_ALL, {"organisation": organisation, "live": State.LIVE})
        rows = cursor.fetchall()
    found = _offered_all(organisation, {version for version, _is_live, _is_latest in rows})
    return AllServices(
        live=tuple(found[version] for version, is_live, _is_latest in rows if is_live),
        latest=tuple(found[version] for version, _is_live, is_latest in rows if is_latest),
    )


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


@query()
def service_versions(actor: Actor, *, organisation: int, versions: Collection[UUID]) -> dict[UUID, Offered]:
    """Several versions, live or not, by their ids: what the cases of a list began under, in one query at most."""
    return _offered_all(organisation, versions)


def _offered(organisation: int, version: UUID) -> Offered:
    found = _offered_all(organisation, [version])
    if version not in found:
        raise NotOffered
    return found[version]


def _offered_all(organisation: int, versions: Collection[UUID]) -> dict[UUID, Offered]:
    """Versions as they were read in a scope of their organisation. They never change: each is read once a process, and
    those that are not known yet in one query.
    """
    found = {version: _KNOWN[organisation, version] for version in versions if (organisation, version) in _KNOWN}
    missing = set(versions) - set(found)
    rows = ServiceVersion.objects.filter(organisation_id=organisation, id__in=missing) if missing else ()
    for row in rows:
        found[row.id] = _KNOWN[organisation, row.id] = Offered(row.id, row.number, parse(row.declaration))
    while len(_KNOWN) > _MOST_KNOWN:
        _KNOWN.pop(next(iter(_KNOWN)), None)
    return found


_KNOWN: dict[tuple[int, UUID], Offered] = {}
_MOST_KNOWN = 4096


def parse(declaration: Any) -> Service:
    """What a stored declaration says, however long ago it was stored."""
    return _parse(json.dumps(as_now(declaration)))


@lru_cache(maxsize=512)
def _parse(text: str) -> Service:
    """Many organisations offer the same declaration: it is held once."""
    return Service.model_validate_json(text)
