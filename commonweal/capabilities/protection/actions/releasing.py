"""Release a pack, by a second person, for download or by post."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.protection.actions.closing import close
from commonweal.capabilities.protection.actions.packing import ABOUT, items_of, was_withheld_since
from commonweal.capabilities.protection.errors import NoSuchPack, PackIsOld
from commonweal.capabilities.protection.models import ItemDecision, Pack, Request, RequestOutcome
from commonweal.capabilities.protection.queries.packs.gathering import require_decided
from commonweal.capabilities.protection.queries.packs.owning import own_released
from commonweal.capabilities.protection.queries.packs.releasing import who_worked
from commonweal.capabilities.protection.queries.packs.subjects import about
from commonweal.capabilities.protection.queries.requests import require_authority, require_open
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import local_date, now, today
from commonweal.foundations.errors import Invalid, Words
from commonweal.foundations.scope.actors import Resident, Staff
from commonweal.foundations.texts.typed import plain

EXPIRES = timedelta(days=30)
"""How long a released pack can be fetched."""

_SHORTEST_WHY, _LONGEST = 10, 2_000
_FEWEST_LINES, _MOST_LINES, _LONGEST_ADDRESS = 3, 8, 400
_TOO_LONG: Words = _("This must be 2,000 characters or fewer")


@dataclass(frozen=True)
class Posting:
    """The address a pack is posted to, what it was checked against, and whether it was looked up again just now."""

    to: str = field(repr=False)
    checked_against: str = field(repr=False)
    is_current: bool


@action()
def release_pack(
    actor: Staff, *, organisation: int, reference: str, pack: UUID, single: str = "", posting: Posting | None = None
) -> None:
    """Release a pack for download or post, as someone who did not decide, judge or make it; this answers the request.

    Without another, one person releases it with a reason, which is looked at each month; on the statutory day and after
    it the day itself is one (practice: the statutory date outranks the ceremony). A posted one goes to an address that
    was looked up again, since no letter goes to one that was replaced (data-protection.md section 10).
    Raises NotTheOfficer, NoSuchRequest, AlreadyClosed, NoSuchPack, PackIsOld, ItemsLeft; Invalid; AlreadyWaiting while
    evidence of who asks is awaited, NoAuthority where it is needed and was never seen.
    """
    request = require_open(actor, organisation, reference)
    latest = _latest(request)
    if latest.id != pack or _is_old(actor, request, latest):
        raise PackIsOld
    require_decided(request, list(items_of(request)), about(actor, request))
    require_authority(request)
    is_second = actor.account not in who_worked(request, latest)
    posting = posting and Posting(plain(posting.to), plain(posting.checked_against), posting.is_current)
    _check(request, plain(single), posting, is_second=is_second)
    latest.released_by_id, latest.released_at = actor.account, now()
    if not is_second:
        latest.single = "due" if request.statutory_on <= today() else "small_body"
        latest.single_words = plain(single)
    if posting:
        latest.posted_on, latest.posted_to, latest.checked_against = today(), posting.to, posting.checked_against
    else:
        latest.expires_at = now() + EXPIRES
    latest.save()
    outcome = _outcome(request, latest)
    close(request, actor, outcome, _letter(request, latest, is_partly=_is_partly(request)))
    changed = ["released_at", *(["posted_to", "checked_against"] if posting else [])]
    record(ABOUT, pack, changed=changed, single=latest.single, is_posted=posting is not None)


@action()
def note_fetched(actor: Resident, *, organisation: int, reference: str) -> None:
    """Note that the person downloaded their pack. Raises NoSuchPack."""
    pack = own_released(actor, organisation, reference, is_locked=True)
    if pack.downloaded_at is None:
        pack.downloaded_at = now()
        pack.save(update_fields=["downloaded_at"])
    record(ABOUT, pack.id, changed=["downloaded_at"])


def _latest(request: Request) -> Pack:
    packs = Pack.objects.select_for_update().filter(organisation_id=request.organisation_id, request_id=request.id)
    found = packs.order_by("-made_at").first()
    if found is None:
        raise NoSuchPack
    return found


def _is_old(actor: Staff, request: Request, pack: Pack) -> bool:
    """Whether it would be another now: by whom it is about, what was decided of an item, or the openings it lists."""
    is_decided = items_of(request).filter(Q(decided_at__gt=pack.made_at) | Q(decision="")).exists()
    is_of_another = pack.subject_id != request.subject_id
    return is_of_another or is_decided or was_withheld_since(actor, request, pack.made_at)


def _outcome(request: Request, pack: Pack) -> RequestOutcome:
    if pack.rows == 0:
        return RequestOutcome.NOTHING_HELD
    return RequestOutcome.PARTLY if _is_partly(request) else RequestOutcome.DONE


def _is_partly(request: Request) -> bool:
    """Whether they are told that something is missing; what is withheld in silence leaves no hole here either."""
    told = items_of(request).filter(is_silent=False)
    return told.filter(decision__in=[ItemDecision.WITHHELD, ItemDecision.REDACTED]).exists()


def _check(request: Request, single: str, posting: Posting | None, *, is_second: bool) -> None:
    wrong: dict[str, Words] = {}
    if not is_second and len(single) < _SHORTEST_WHY:
        wrong["single"] = _("Say why nobody else can release it: you decided, judged or made it yourself")
    if len(single) > _LONGEST:
        wrong["single"] = _TOO_LONG
    if request.account_id is None and posting is None:
        wrong["way"] = _("They have no account here: choose post, and enter the address")
    if posting:
        wrong |= _wrong_posting(posting)
    if wrong:
        raise Invalid(wrong)


def _wrong_posting(posting: Posting) -> dict[str, Words]:
    wrong: dict[str, Words] = {}
    lines = [line for line in re.split(r"[\n,]", posting.to) if line.strip()]
    if not lines:
        wrong["posted_to"] = _("Enter the address it is posted to")
    elif not _FEWEST_LINES <= len(lines) <= _MOST_LINES or len(posting.to) > _LONGEST_ADDRESS:
        wrong["posted_to"] = _(
            "Enter the address as it stands on the envelope, in 3 to 8 lines: a name, a street, a town"
        )
    if not posting.checked_against or len(posting.checked_against) > _LONGEST:
        missing = _("Say what you checked the address against, for example the electoral register or a call with them")
        wrong["checked_against"] = _TOO_LONG if posting.checked_against else missing
    if not posting.is_current:
        wrong["is_current"] = _("Check the address again, and confirm that they live there now")
    return wrong


def _letter(request: Request, pack: Pack, *, is_partly: bool) -> str:
    """What stands on their page beside the pack."""
    with override(request.language):
        if pack.posted_on is not None:
            first = gettext("We have posted a copy of the information we hold about you.")
        else:
            first = gettext(
                "A copy of the information we hold about you is ready. You can download it here until %(day)s."
            )
            first = first % {"day": _day(local_date(pack.expires_at) if pack.expires_at else today())}
        if is_partly:
            first += "\n\n" + gettext("Some of it is about other people or is exempt. The copy says what and why.")
        return first


def _day(day: date) -> str:
    return date_format(day, "j F Y")
