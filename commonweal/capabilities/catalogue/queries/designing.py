"""What service designers see: every version with its text, and the drafts that are being written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.capabilities.catalogue.errors import NoDraft, NoSuchVersion, NotADesigner
from commonweal.capabilities.catalogue.models import ServiceDraft, ServiceVersion, State
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.needing import KeptTooLong, kept_too_long
from commonweal.capabilities.catalogue.queries.services import parse
from commonweal.capabilities.catalogue.queries.texts import text_of
from commonweal.foundations.actions.query import query
from commonweal.foundations.scope.actors import Actor, Staff, System

DESIGNER = "service_designer"


@dataclass(frozen=True)
class FaultRow:
    """One thing wrong with a draft: in which of its two texts, on which line (from 1), in which field, and what."""

    is_override: bool
    line: int
    field: str
    sentence: str


@dataclass(frozen=True)
class DraftRow:
    """A draft; `service` is what it declares when nothing is wrong with it."""

    name: str
    text: str
    overrides: str
    revision: int
    based_on: int
    changed_at: datetime
    changed_by: UUID | None
    faults: tuple[FaultRow, ...]
    service: Service | None

    @property
    def is_whole(self) -> bool:
        """Whether it can be previewed and go live."""
        return self.service is not None

    @property
    def too_long(self) -> tuple[KeptTooLong, ...]:
        """Which outcomes are kept for longer than what it names needs."""
        return tuple(kept_too_long(self.service)) if self.service else ()


@dataclass(frozen=True)
class VersionRow:
    """A version with its two texts; `service` is both together."""

    id: UUID
    name: str
    number: int
    is_live: bool
    made_at: datetime
    made_by: UUID | None
    text: str
    overrides: str
    service: Service


@dataclass(frozen=True)
class DesignedRow:
    """One service of the body: its title, which version is live (0: none), how many there were, and its draft."""

    name: str
    title: str
    title_cy: str
    live: int
    latest: int
    has_draft: bool
    is_faulty: bool


@query()
def designed(actor: Actor, *, organisation: int) -> tuple[DesignedRow, ...]:
    """Every service that the body offers, offered or is writing, by name. Raises NotADesigner."""
    require_designer(actor, organisation)
    versions = ServiceVersion.objects.filter(organisation_id=organisation).order_by("name", "number")
    drafts = ServiceDraft.objects.filter(organisation_id=organisation).values_list("name", "faults")
    faults = dict(drafts)
    titles: dict[str, tuple[str, str]] = {}
    live: dict[str, int] = {}
    latest: dict[str, int] = {}
    columns = "name", "number", "state", "declaration__title__en", "declaration__title__cy"
    for name, number, state, title, title_cy in versions.values_list(*columns):
        latest[name], titles[name] = number, (title, title_cy)
        if state == State.LIVE:
            live[name] = number
    return tuple(
        DesignedRow(
            name,
            *titles.get(name, ("", "")),
            live.get(name, 0),
            latest.get(name, 0),
            name in faults,
            bool(faults.get(name)),
        )
        for name in sorted(titles.keys() | faults.keys())
    )


@query()
def versions(actor: Actor, *, organisation: int, name: str) -> tuple[VersionRow, ...]:
    """All versions of a service, the newest first. Raises NotADesigner."""
    require_designer(actor, organisation)
    rows = ServiceVersion.objects.filter(organisation_id=organisation, name=name).order_by("-number")
    return tuple(_version(row) for row in rows)


@query()
def version(actor: Actor, *, organisation: int, name: str, number: int) -> VersionRow:
    """One version by its number. Raises NoSuchVersion, NotADesigner."""
    require_designer(actor, organisation)
    row = ServiceVersion.objects.filter(organisation_id=organisation, name=name, number=number).first()
    if row is None:
        raise NoSuchVersion
    return _version(row)


@query()
def live_version(actor: Actor, *, organisation: int, name: str) -> VersionRow | None:
    """The version that is live now, if any. Raises NotADesigner."""
    require_designer(actor, organisation)
    row = ServiceVersion.objects.filter(organisation_id=organisation, name=name, state=State.LIVE).first()
    return _version(row) if row else None


@query()
def draft(actor: Actor, *, organisation: int, name: str) -> DraftRow:
    """What is being written of a service. Raises NoDraft, NotADesigner."""
    require_designer(actor, organisation)
    row = ServiceDraft.objects.filter(organisation_id=organisation, name=name).first()
    if row is None:
        raise NoDraft
    return DraftRow(
        row.name,
        row.text,
        row.overrides,
        row.revision,
        row.based_on,
        row.changed_at,
        row.changed_by,
        _faults(row.faults),
        parse(row.declaration) if row.declaration else None,
    )


def require_designer(actor: Actor, organisation: int) -> None:
    """The platform itself, or a service designer of the body with the gates met. Raises NotADesigner."""
    if isinstance(actor, System):
        return
    if not (isinstance(actor, Staff) and actor.may_act_as(DESIGNER, organisation)):
        raise NotADesigner


def _faults(stored: Iterable[dict[str, object]]) -> tuple[FaultRow, ...]:
    return tuple(FaultRow(**each) for each in stored)  # type: ignore[arg-type]


def _version(row: ServiceVersion) -> VersionRow:
    service = parse(row.declaration)
    return VersionRow(
        row.id,
        row.name,
        row.number,
        row.state == State.LIVE,
        row.made_at,
        row.made_by,
        row.text or text_of(service),
        row.overrides,
        service,
    )
