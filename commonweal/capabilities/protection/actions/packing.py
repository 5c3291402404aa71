"""Store a finished pack until a second person releases it; delete its file once it is no longer needed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from uuid6 import uuid7

from commonweal.capabilities.protection.actions.stepping import add_step
from commonweal.capabilities.protection.errors import PackIsOld
from commonweal.capabilities.protection.models import Item, Pack, Request, Withholding
from commonweal.capabilities.protection.queries.packs.gathering import require_decided
from commonweal.capabilities.protection.queries.packs.silence import silence_of
from commonweal.capabilities.protection.queries.packs.subjects import About, about
from commonweal.capabilities.protection.queries.requests import require_open, subjects_of
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.files.keeping import attach_file
from commonweal.foundations.personal_data.declarations import SubjectKind
from commonweal.foundations.personal_data.subjects.plan import plan_for
from commonweal.foundations.scope.actors import Staff, System

ABOUT = "protection.pack"


@dataclass(frozen=True)
class Packed:
    """What a finished pack is: its file, which is stored already, what is in it, and when its making began."""

    file: UUID
    sha256: str
    plan: str
    rows: int
    counts: dict[str, int]
    gathered_at: datetime


@action()
def keep_pack(actor: Staff, *, organisation: int, reference: str, packed: Packed) -> UUID:
    """Keep a finished pack, stored and searched, until its release; it replaces the one before.

    Raises NotTheOfficer, NoSuchRequest, AlreadyClosed, ItemsLeft, NoSuchFile; PackIsOld when an item was decided while
    it was made.
    """
    request = require_open(actor, organisation, reference)
    items, whom = list(items_of(request)), about(actor, request)
    require_decided(request, items, whom)
    if any(item.decided_at and item.decided_at > packed.gathered_at for item in items):
        raise PackIsOld
    if was_withheld_since(actor, request, packed.gathered_at):
        raise PackIsOld
    _note_silence(request, items, whom)
    pack = Pack(
        id=uuid7(),
        organisation_id=organisation,
        key_id=request.key_id,
        request_id=request.id,
        subject_id=request.subject_id,
        file_id=packed.file,
        sha256=packed.sha256,
        plan=packed.plan,
        rows=packed.rows,
        given=packed.counts.get("disclosed", 0),
        redacted=packed.counts.get("redacted", 0),
        withheld=packed.counts.get("withheld", 0),
        made_by_id=actor.account,
        made_at=now(),
    )
    pack.save(force_insert=True)
    attach_file(actor, organisation=organisation, file=packed.file, to=pack.id, subject=request.subject_id)
    add_step(actor, request, "pack_made")
    record(ABOUT, pack.id, changed=["file_id"], rows=packed.rows, **packed.counts)
    return pack.id


@action()
def note_forgotten(actor: System, *, organisation: int, pack: UUID) -> None:
    """Note that a pack's file is gone; its hash and counts stay."""
    Pack.objects.filter(organisation_id=organisation, id=pack).update(forgotten_at=now())
    record(ABOUT, pack, changed=["forgotten_at"])


def items_of(request: Request) -> "QuerySet[Item]":
    return Item.objects.filter(organisation_id=request.organisation_id, request_id=request.id)


def was_withheld_since(actor: Staff, request: Request, moment: datetime) -> bool:
    withheld = Withholding.objects.filter(
        organisation_id=request.organisation_id, person_id__in=subjects_of(actor, request), decided_at__gt=moment
    )
    return withheld.exclude(exemption="").exists()


def _note_silence(request: Request, items: list[Item], whom: About) -> None:
    """What a pack does not tell, its letter does not tell either: as it was when the pack was made."""
    silence = silence_of(request, items, whom, plan_for(SubjectKind.PERSON))
    covered = [item.id for item in items if silence.covers(item)]
    items_of(request).exclude(id__in=covered).update(is_silent=False)
    items_of(request).filter(id__in=covered).update(is_silent=True)
