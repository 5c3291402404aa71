"""Changes to what organisations offer."""

from collections.abc import Mapping
from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.catalogue.errors import (
    BadDeclaration,
    DraftMoved,
    NoDraft,
    NoSuchVersion,
    NotOffered,
    PowerMissing,
    TeamMissing,
    VersionMoved,
)
from commonweal.capabilities.catalogue.models import ServiceDraft, ServiceVersion, State
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.designing import require_designer
from commonweal.capabilities.catalogue.queries.offering import may_offer
from commonweal.capabilities.catalogue.queries.services import parse
from commonweal.capabilities.catalogue.queries.texts import text_of
from commonweal.capabilities.catalogue.rules.drafting import FILE, is_name, load_draft, look_through
from commonweal.capabilities.catalogue.rules.loading import DeclarationFaulty, load
from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.organisations.errors import NoSuchTeam
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.errors import Invalid
from commonweal.foundations.personal_data.records import RecordQuerySet
from commonweal.foundations.scope.actors import Actor, Staff
from commonweal.foundations.texts.typed import as_stored

_ABOUT = "catalogue.service_version"
_DRAFT = "catalogue.service_draft"


def check_declaration(declaration: str, *, file: str = FILE, overrides: str = "") -> Service:
    """What the text declares, as anybody may have it checked. Raises BadDeclaration."""
    try:
        return load(declaration, file=file, overrides=overrides)
    except DeclarationFaulty as faulty:
        raise BadDeclaration(tuple(map(str, faulty.faults))) from None


@action()
def offer_service(
    actor: Actor, *, organisation: int, declaration: str, file: str = FILE, overrides: str | None = None
) -> UUID:
    """Offer the service that the YAML text declares, for the organisation; returns its live version.

    The overrides of the live version stay unless others are given. The same declaration again makes no new version.
    Raises BadDeclaration, CannotOffer, NotADesigner.
    """
    require_designer(actor, organisation)
    service = check_declaration(declaration, file=file, overrides=overrides or "")
    if overrides is None:
        live = _versions(organisation, service.name).filter(state=State.LIVE)
        overrides = live.values_list("overrides", flat=True).first() or ""
        if overrides:
            service = check_declaration(declaration, file=file, overrides=overrides)
    return _go_live(actor, organisation, service, declaration, overrides)


@action()
def keep_draft(
    actor: Actor, *, organisation: int, name: str, text: str, overrides: str = "", seen: int = 0, based_on: int = 0
) -> int:
    """Save what a designer wrote of a service, with or without mistakes; returns its revision.

    `seen` is the revision it was written on, 0 when there was no draft. Raises DraftMoved, Invalid, NotADesigner.
    """
    require_designer(actor, organisation)
    if not is_name(name):
        raise Invalid({"name": _("Enter a name with only lower case letters, numbers and underscores")})
    text, overrides = as_stored(text), as_stored(overrides)
    service, faults = look_through(name, text, overrides)
    kept = {
        "text": text,
        "overrides": overrides,
        "declaration": service.model_dump(mode="json") if service else None,
        "faults": faults,
        "revision": seen + 1,
        "changed_at": now(),
        "changed_by": actor.account if isinstance(actor, Staff) else None,
    }
    drafts = ServiceDraft.objects.filter(organisation_id=organisation, name=name)
    if seen and not drafts.filter(revision=seen).update(**kept):
        raise DraftMoved
    if not seen:
        _begin(organisation, name, based_on, kept)
    draft = drafts.values_list("id", flat=True).get()
    record(_DRAFT, draft, changed=["text", "overrides"], service=name, revision=seen + 1, faults=len(faults))
    return seen + 1


@action()
def discard_draft(actor: Actor, *, organisation: int, name: str, seen: int) -> None:
    """Delete a draft as it was seen. Raises NoDraft, DraftMoved, NotADesigner."""
    require_designer(actor, organisation)
    draft = _draft(organisation, name)
    if draft.revision != seen:
        raise DraftMoved
    draft.delete()
    record(_DRAFT, draft.id, changed=["text", "overrides"], service=name)


@action()
def make_live(actor: Actor, *, organisation: int, name: str, seen: int, seen_live: int) -> UUID:
    """Make the draft the live version; returns it. What was begun keeps its version.

    `seen` is the draft's revision and `seen_live` the number of the live version (0: none) whose difference somebody
    looked at. Raises NoDraft, VersionMoved, BadDeclaration, CannotOffer, NotADesigner.
    """
    require_designer(actor, organisation)
    draft = _draft(organisation, name)
    if draft.revision != seen or _live_number(organisation, name) != seen_live:
        raise VersionMoved
    try:
        service = load_draft(name, draft.text, draft.overrides)
    except DeclarationFaulty as faulty:
        raise BadDeclaration(tuple(map(str, faulty.faults))) from None
    version = _go_live(actor, organisation, service, draft.text, draft.overrides)
    draft.delete()
    record(_DRAFT, draft.id, changed=["state"], service=name)
    return version


@action()
def make_live_again(actor: Actor, *, organisation: int, name: str, number: int, seen_live: int) -> UUID:
    """Offer an older version again, under a new number; returns the new version.

    Raises NoSuchVersion, VersionMoved, BadDeclaration, CannotOffer, NotADesigner.
    """
    require_designer(actor, organisation)
    older = _versions(organisation, name).filter(number=number).first()
    if older is None:
        raise NoSuchVersion
    if _live_number(organisation, name) != seen_live:
        raise VersionMoved
    text = older.text or text_of(parse(older.declaration))
    return _go_live(actor, organisation, check_declaration(text, overrides=older.overrides), text, older.overrides)


@action()
def withdraw_service(actor: Actor, *, organisation: int, name: str) -> None:
    """Stop offering the service; what was begun continues. Raises NotOffered, NotADesigner."""
    require_designer(actor, organisation)
    _hold(organisation, name)
    if not _versions(organisation, name).filter(state=State.LIVE).update(state=State.ARCHIVED):
        raise NotOffered
    record(_ABOUT, changed=["state"], service=name)


def _go_live(actor: Actor, organisation: int, service: Service, text: str, overrides: str) -> UUID:
    """A new live version, unless the live one declares the same."""
    _hold(organisation, service.name)
    _require_body(actor, organisation, service)
    digest = sha256(service.model_dump_json().encode()).hexdigest()
    versions = _versions(organisation, service.name)
    live = versions.filter(state=State.LIVE).first()
    if live is not None and (live.digest, live.overrides) == (digest, overrides):
        record(_ABOUT, live.id, service=service.name, number=live.number)
        return live.id
    if live is not None:
        versions.filter(id=live.id).update(state=State.ARCHIVED)
    made = ServiceVersion.objects.create(
        organisation_id=organisation,
        name=service.name,
        number=(versions.aggregate(latest=Max("number"))["latest"] or 0) + 1,
        state=State.LIVE,
        declaration=service.model_dump(mode="json"),
        text=text,
        overrides=overrides,
        digest=digest,
        made_at=now(),
        made_by=actor.account if isinstance(actor, Staff) else None,
    )
    record(_ABOUT, made.id, changed=["state"], service=service.name, number=made.number)
    return made.id


def _begin(organisation: int, name: str, based_on: int, kept: Mapping[str, object]) -> None:
    try:
        with transaction.atomic():
            ServiceDraft.objects.create(organisation_id=organisation, name=name, based_on=based_on, **kept)
    except IntegrityError:
        raise DraftMoved from None


def _draft(organisation: int, name: str) -> ServiceDraft:
    found = ServiceDraft.objects.select_for_update().filter(organisation_id=organisation, name=name).first()
    if found is None:
        raise NoDraft
    return found


def _versions(organisation: int, name: str) -> RecordQuerySet[ServiceVersion]:
    return ServiceVersion.objects.filter(organisation_id=organisation, name=name)


def _hold(organisation: int, name: str) -> None:
    """Whoever changes what is live of a service does so alone, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"service {organisation} {name}"])


def _live_number(organisation: int, name: str) -> int:
    _hold(organisation, name)
    live = _versions(organisation, name).filter(state=State.LIVE)
    return live.values_list("number", flat=True).first() or 0


def _require_body(actor: Actor, organisation: int, service: Service) -> None:
    body = organisations.organisation(actor, organisation=organisation)
    if not may_offer(service.offered_by, body):
        raise PowerMissing
    try:
        organisations.team_named(actor, organisation=organisation, name=service.team)
    except NoSuchTeam:
        raise TeamMissing(service.team) from None
