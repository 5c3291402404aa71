"""Who provides a service that a body may not offer, so that people who land at the wrong body are sent there."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from commonweal.capabilities.catalogue.models import ServiceVersion, State
from commonweal.capabilities.catalogue.queries.declarations import OfferedBy, Service
from commonweal.capabilities.catalogue.queries.services import parse
from commonweal.capabilities.catalogue.queries.wording import Bilingual
from commonweal.capabilities.organisations import queries as bodies
from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.foundations.actions.query import query
from commonweal.foundations.scope.actors import Actor

_ELSEWHERE = Path(__file__).resolve().parents[1] / "held_elsewhere.yaml"


@dataclass(frozen=True)
class Doer:
    """A body that has the powers, and whether it offers the service here."""

    body: OrganisationRow
    offers_it_here: bool


@dataclass(frozen=True)
class Instead:
    """A service that a body may not offer, as others offer it.

    `doers` are bodies of the same area; `held_by` who does it where no council of the nation does.
    """

    service: Service
    doers: tuple[Doer, ...]
    held_by: Bilingual | None


@query()
def who_does_it(actor: Actor, *, organisations: Collection[int], at: int, name: str) -> Instead | None:
    """Who does the service at which a body that may not offer it was asked for; None when nobody offers it, or it may.

    `organisations` are all bodies that offer something here, and the one that was asked.
    """
    found = ServiceVersion.objects.filter(organisation_id__in=organisations, name=name, state=State.LIVE)
    offers = dict(found.exclude(organisation_id=at).order_by("-made_at").values_list("organisation_id", "declaration"))
    if not offers:
        return None
    service = parse(next(iter(offers.values())))
    body = bodies.organisation(actor, organisation=at)
    if may_offer(service.offered_by, body):
        return None
    return Instead(service, _doers(actor, at, service, offers), _held_by(service.offered_by, body))


def may_offer(offered_by: OfferedBy, body: OrganisationRow) -> bool:
    """Whether a body has all the powers that a service needs, in a nation that it is for."""
    return set(offered_by.powers) <= body.powers and body.nation in {nation.value for nation in offered_by.nations}


def _doers(actor: Actor, at: int, service: Service, offers: Collection[int]) -> tuple[Doer, ...]:
    near = bodies.same_area(actor, organisation=at)
    return tuple(Doer(body, body.id in offers) for body in near if may_offer(service.offered_by, body))


def _held_by(offered_by: OfferedBy, body: OrganisationRow) -> Bilingual | None:
    for power in offered_by.powers:
        if power not in body.powers and body.nation in _elsewhere().get(power, {}):
            return Bilingual(**_elsewhere()[power][body.nation])
    return None


@cache
def _elsewhere() -> Any:
    return yaml.safe_load(_ELSEWHERE.read_text())
