"""Changes to what organisations offer."""

from hashlib import sha256
from uuid import UUID

from django.db.models import Max

from commonweal.capabilities.catalogue.errors import BadDeclaration, NotOffered, PowerMissing
from commonweal.capabilities.catalogue.models import ServiceVersion, State
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.rules.loading import DeclarationFaulty, load
from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.scope.actors import Actor

_ABOUT = "catalogue.service_version"


@action()
def offer_service(actor: Actor, *, organisation: int, declaration: str, file: str = "service.yaml") -> UUID:
    """The organisation offers the service that the YAML text declares; returns its live version.

    The same declaration again makes no new version. Raises BadDeclaration, PowerMissing.
    """
    service = _load(declaration, file)
    _require_powers(actor, organisation, service)
    text = service.model_dump_json()
    digest = sha256(text.encode()).hexdigest()
    versions = ServiceVersion.objects.filter(organisation_id=organisation, name=service.name)
    live = versions.select_for_update().filter(state=State.LIVE).first()
    if live is not None and live.digest == digest:
        record(_ABOUT, live.id, service=service.name, number=live.number)
        return live.id
    if live is not None:
        versions.filter(id=live.id).update(state=State.ARCHIVED)
    latest = versions.aggregate(latest=Max("number"))["latest"] or 0
    made = ServiceVersion.objects.create(
        organisation_id=organisation,
        name=service.name,
        number=latest + 1,
        state=State.LIVE,
        declaration=service.model_dump(mode="json"),
        digest=digest,
        made_at=now(),
    )
    record(_ABOUT, made.id, changed=["state"], service=service.name, number=made.number)
    return made.id


@action()
def withdraw_service(actor: Actor, *, organisation: int, name: str) -> None:
    """The organisation no longer offers the service; what was begun goes on. Raises NotOffered."""
    live = ServiceVersion.objects.filter(organisation_id=organisation, name=name, state=State.LIVE)
    if not live.update(state=State.ARCHIVED):
        raise NotOffered
    record(_ABOUT, changed=["state"], service=name)


def _load(declaration: str, file: str) -> Service:
    try:
        return load(declaration, file=file)
    except DeclarationFaulty as faulty:
        raise BadDeclaration(tuple(map(str, faulty.faults))) from None


def _require_powers(actor: Actor, organisation: int, service: Service) -> None:
    body = organisations.organisation(actor, organisation=organisation)
    has_powers = set(service.offered_by.powers) <= body.powers
    if not has_powers or body.nation not in {nation.value for nation in service.offered_by.nations}:
        raise PowerMissing
