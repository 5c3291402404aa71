"""A pack is kept, released by a second person, and leaves: fetched by whoever asked, or posted."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from commonweal.capabilities.protection.actions.closing import close
from commonweal.capabilities.protection.actions.stepping import add_step
from commonweal.capabilities.protection.errors import NoSuchPack, PackIsOld
from commonweal.capabilities.protection.models import Item, ItemDecision, Pack, Request, RequestOutcome, Withholding
from commonweal.capabilities.protection.queries.packs.gathering import require_decided
from commonweal.capabilities.protection.queries.packs.owning import own_released
from commonweal.capabilities.protection.queries.packs.silence import silence_of
from commonweal.capabilities.protection.queries.packs.subjects import About, about
from commonweal.capabilities.protection.queries.requests import require_authority, require_open, subjects_of
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.errors import Invalid
from commonweal.foundations.files.keeping import attach_file
from commonweal.foundations.personal_data.declarations import SubjectKind
from commonweal.foundations.personal_data.subjects.plan import plan_for
from commonweal.foundations.scope.actors import Resident, Staff, System
from commonweal.foundations.texts.typed import plain

ABOUT = "protection.pack"
EXPIRES = timedelta(days=30)
"""How long a released pack can be fetched."""

_SHORTEST_WHY, _LONGEST = 10, 2_000


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
    """A finished pack, stored and searched, waits for its release; the one before it counts no more.

    Raises NotTheOfficer, NoSuchRequest, AlreadyClosed, ItemsLeft, NoSuchFile; PackIsOld when an item was decided while
    it was made.
    """
    request = require_open(actor, organisation, reference)
    items = list(Item.objects.filter(organisation_id=organisation, request_id=request.id))
    whom = about(actor, request)
    require_decided(request, items, whom)
    if any(item.decided_at and item.decided_at > packed.gathered_at for item in items):
        raise PackIsOld
    if _was_withheld_since(actor, request, packed.gathered_at):
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
def release_pack(
    actor: Staff, *, organisation: int, reference: str, pack: UUID, single: str = "", posted_to: str = ""
) -> None:
    """Another person than who decided or made it releases a pack: it can be fetched, or is posted, and answers.

    Without another, one person releases it with a reason, which is looked at each month; on the statutory day and after
    it the day itself is one (practice: the statutory date outranks the ceremony).
    Raises NotTheOfficer, NoSuchRequest, AlreadyClosed, NoSuchPack, PackIsOld; Invalid; AlreadyWaiting while
    evidence of who asks is awaited, NoAuthority where it is needed and was never seen.
    """
    request = require_open(actor, organisation, reference)
    latest = _latest(request)
    if latest.id != pack or latest.subject_id != request.subject_id or _was_decided_since(actor, request, latest):
        raise PackIsOld
    require_authority(request)
    is_second = actor.account not in who_worked(request, latest)
    _check(request, plain(single), plain(posted_to), is_second=is_second)
    latest.released_by_id, latest.released_at = actor.account, now()
    if not is_second:
        latest.single = "due" if request.statutory_on <= today() else "small_body"
        latest.single_words = plain(single)
    if plain(posted_to):
        latest.posted_on, latest.posted_to = today(), plain(posted_to)
    else:
        latest.expires_at = now() + EXPIRES
    latest.save()
    is_partly = _is_partly(request)
    outcome = RequestOutcome.PARTLY if is_partly else RequestOutcome.DONE
    if latest.rows == 0:
        outcome = RequestOutcome.NOTHING_HELD
    close(request, actor, outcome, _letter(request, latest, is_partly=is_partly))
    record(ABOUT, pack, changed=["released_at"], single=latest.single, is_posted=latest.posted_on is not None)


@action()
def note_fetched(actor: Resident, *, organisation: int, reference: str) -> None:
    """Whoever asked fetches their pack. Raises NoSuchPack."""
    pack = own_released(actor, organisation, reference, is_locked=True)
    if pack.downloaded_at is None:
        pack.downloaded_at = now()
        pack.save(update_fields=["downloaded_at"])
    record(ABOUT, pack.id, changed=["downloaded_at"])


@action()
def note_forgotten(actor: System, *, organisation: int, pack: UUID) -> None:
    """The file of a pack is gone; that it was made, its hash and its counts stay."""
    Pack.objects.filter(organisation_id=organisation, id=pack).update(forgotten_at=now())
    record(ABOUT, pack, changed=["forgotten_at"])


def who_worked(request: Request, pack: Pack) -> set[UUID]:
    """Who decided an item or made the pack."""
    here = Item.objects.filter(organisation_id=request.organisation_id, request_id=request.id)
    return {pack.made_by_id, *(each for each in here.values_list("decided_by_id", flat=True).distinct() if each)}


def _latest(request: Request) -> Pack:
    packs = Pack.objects.select_for_update().filter(organisation_id=request.organisation_id, request_id=request.id)
    found = packs.order_by("-made_at").first()
    if found is None:
        raise NoSuchPack
    return found


def _was_decided_since(actor: Staff, request: Request, pack: Pack) -> bool:
    """Whether it would be another now: by what was decided of an item, or of the openings it lists."""
    if _was_withheld_since(actor, request, pack.made_at):
        return True
    here = Item.objects.filter(organisation_id=request.organisation_id, request_id=request.id)
    return here.filter(decided_at__gt=pack.made_at).exists() or here.filter(decision="").exists()


def _was_withheld_since(actor: Staff, request: Request, moment: datetime) -> bool:
    withheld = Withholding.objects.filter(
        organisation_id=request.organisation_id, person_id__in=subjects_of(actor, request), decided_at__gt=moment
    )
    return withheld.exclude(exemption="").exists()


def _note_silence(request: Request, items: list[Item], whom: About) -> None:
    """What a pack does not tell, its letter does not tell either: as it was when the pack was made."""
    silence = silence_of(request, items, whom, plan_for(SubjectKind.PERSON))
    here = Item.objects.filter(organisation_id=request.organisation_id, request_id=request.id)
    covered = [item.id for item in items if silence.covers(item)]
    here.exclude(id__in=covered).update(is_silent=False)
    here.filter(id__in=covered).update(is_silent=True)


def _is_partly(request: Request) -> bool:
    """Whether they are told that something is missing; what is withheld in silence leaves no hole here either."""
    here = Item.objects.filter(organisation_id=request.organisation_id, request_id=request.id, is_silent=False)
    return here.filter(decision__in=[ItemDecision.WITHHELD, ItemDecision.REDACTED]).exists()


def _check(request: Request, single: str, posted_to: str, *, is_second: bool) -> None:
    wrong = {}
    if not is_second and len(single) < _SHORTEST_WHY:
        wrong["single"] = _("Say why nobody else releases it: you decided or made it yourself")
    if request.account_id is None and not posted_to:
        wrong["posted_to"] = _("They have no account here: enter the address it is posted to")
    if max(len(single), len(posted_to)) > _LONGEST:
        wrong["single"] = _("This must be 2,000 characters or fewer")
    if wrong:
        raise Invalid(wrong)


def _letter(request: Request, pack: Pack, *, is_partly: bool) -> str:
    """What stands on their page beside the pack."""
    with override(request.language):
        if pack.posted_on is not None:
            first = gettext("We have posted a copy of the information we hold about you.")
        else:
            first = gettext("A copy of the information we hold about you is ready. Fetch it here until %(day)s.")
            first = first % {"day": _day(pack.expires_at.date() if pack.expires_at else today())}
        if is_partly:
            first += "\n\n" + gettext("Some of it is about other people or is exempt. The copy says what and why.")
        return first


def _day(day: date) -> str:
    return date_format(day, "j F Y")
