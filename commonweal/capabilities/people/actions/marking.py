"""Staff-safety markers: one asks, another approves, and each ends by itself on its review date."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from commonweal.capabilities.people.errors import NeedsAnother, NoSuchMarker
from commonweal.capabilities.people.models import Marker
from commonweal.capabilities.people.queries.markers import marker_at, require_manager
from commonweal.capabilities.people.rules import Danger, Told, may_be_reviewed_on
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.errors import Invalid, Words
from commonweal.foundations.personal_data import keys
from commonweal.foundations.personal_data.purposes import SAFETY
from commonweal.foundations.personal_data.reading import require_gates
from commonweal.foundations.personal_data.trace import Matter
from commonweal.foundations.scope.actors import Staff, System
from commonweal.foundations.texts.typed import plain

_ABOUT = "people.marker"
_LONGEST = 4_000


@action()
def ask_for_marker(
    actor: Staff,
    *,
    organisation: int,
    person: UUID,
    matter: Matter,
    danger: str,
    evidence: str,
    told: str,
    review_on: date,
    restricted_to: Collection[str] = (),
) -> UUID:
    """Ask for an instruction to staff who meet someone, because of what happened in a case.

    It is shown to nobody until another approves it. Of a matter that is `restricted_to` some roles, its ground and
    reference are for those alone. Raises Invalid.
    """
    require_gates(actor, SAFETY, organisation, subject=person, matter=matter)
    ground = plain(evidence)
    _check(danger, ground, told, review_on)
    marker = uuid7()
    Marker(
        id=marker,
        organisation_id=organisation,
        key_id=keys.key_for_record(marker, "people.marker"),
        person_id=person,
        matter_id=matter.id,
        reference=matter.reference,
        restricted_to=sorted(restricted_to),
        danger=danger,
        evidence=ground,
        told=told,
        review_on=review_on,
        asked_by_id=actor.account,
        asked_at=now(),
    ).save(force_insert=True)
    record(_ABOUT, marker, changed=["danger", "evidence", "told", "review_on"], person=person, review_on=review_on)
    return marker


@action()
def approve_marker(actor: Staff, *, organisation: int, marker: UUID) -> None:
    """Approve a marker, as a manager who did not ask for it; it is shown until its review date.

    Approved twice it stands once. Raises NotAManager, NeedsAnother, NoSuchMarker, ReadingRefused.
    """
    require_manager(actor, organisation)
    found = marker_at(actor, organisation, marker)
    if found.asked_by_id == actor.account:
        raise NeedsAnother
    waiting = Marker.objects.filter(organisation_id=organisation, id=marker, approved_at=None, ended_at=None)
    is_new = waiting.update(approved_by_id=actor.account, approved_at=now()) == 1
    record(_ABOUT, marker, changed=["approved_at"] if is_new else [], person=found.person_id, repeat=not is_new)


@action()
def end_marker(actor: Staff, *, organisation: int, marker: UUID) -> None:
    """Refuse a waiting marker or end one that is no longer right, as a manager.

    Raises NotAManager, NoSuchMarker, ReadingRefused.
    """
    require_manager(actor, organisation)
    found = marker_at(actor, organisation, marker)
    open_ones = Marker.objects.filter(organisation_id=organisation, id=marker, ended_at=None)
    if not open_ones.update(ended_at=now(), ended_by_id=actor.account):
        raise NoSuchMarker
    record(_ABOUT, marker, changed=["ended_at"], person=found.person_id, was_approved=found.approved_at is not None)


@action()
def sweep_ended_markers(actor: System, *, organisation: int, before: datetime) -> int:
    """End markers past their review date, and forget those that ended `before` a moment. Returns how many."""
    here = Marker.objects.filter(organisation_id=organisation)
    ended = here.filter(ended_at=None, review_on__lte=today()).update(ended_at=now())
    old = list(here.filter(ended_at__lt=before).values_list("id", flat=True))
    for marker in old:
        keys.destroy(marker)
    here.filter(id__in=old).delete()
    record(_ABOUT, changed=["ended_at"] if ended else [], ended=ended, forgotten=len(old))
    return ended + len(old)


def _check(danger: str, evidence: str, told: str, review_on: date) -> None:
    """Raises Invalid with everything that is wrong."""
    wrong: dict[str, Words] = {}
    if danger not in set(Danger):
        wrong["danger"] = _("Choose what staff may meet")
    if not evidence:
        wrong["evidence"] = _("Write what happened, when, and who saw it")
    elif len(evidence) > _LONGEST:
        wrong["evidence"] = _("What happened must be 4,000 characters or fewer")
    if told not in set(Told):
        wrong["told"] = _("Choose whether the person was told, or why not")
    if not may_be_reviewed_on(review_on, today()):
        wrong["review_on"] = _("The review date must be after today and at most twelve months away")
    if wrong:
        raise Invalid(wrong)
