"""Withhold one person's openings in one case, for an exemption and a time, or end that."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.cases.queries import naming as cases
from commonweal.capabilities.protection.errors import NoSuchWithholding
from commonweal.capabilities.protection.models import Withholding
from commonweal.capabilities.protection.queries.officers import require_officer
from commonweal.capabilities.protection.rules.withholding import EXEMPTIONS, is_within_limit
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.codes import Code
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.errors import Invalid
from commonweal.foundations.scope.actors import Staff

_ABOUT = "protection.withholding"


@action()
def withhold(
    actor: Staff,
    *,
    organisation: int,
    reference: str,
    exemption: str,
    review_on: date,
    may_download: bool = False,
) -> UUID:
    """Withhold the openings of a case from its person; this replaces an earlier decision.

    `may_download`: the officer has looked at what the person can download of their own, and it may go out as before.

    Raises NotTheOfficer, NoSuchCase; Invalid without an exemption or with a review more than six months away.
    """
    require_officer(actor, organisation)
    if exemption not in EXEMPTIONS:
        raise Invalid({"exemption": _("Choose the exemption that applies")})
    if not is_within_limit(review_on, today()):
        raise Invalid({"review_on": _("The review date must be after today and at most six months away")})
    made = _decide(actor, organisation, reference, exemption=exemption, review_on=review_on, may_download=may_download)
    facts: dict[str, Code] = {"exemption": exemption, "review_on": review_on, "may_download": may_download}
    record(_ABOUT, made.id, changed=list(facts), **facts)
    return made.id


@action()
def release(actor: Staff, *, organisation: int, reference: str) -> None:
    """Show the openings that waited for a review, because it found nothing to withhold.

    Raises NotTheOfficer, NoSuchCase.
    """
    require_officer(actor, organisation)
    made = _decide(actor, organisation, reference, exemption="", review_on=today())
    record(_ABOUT, made.id, changed=["decided_at"])


@action()
def lift(actor: Staff, *, organisation: int, withholding: UUID) -> None:
    """End a withholding and show what it withheld. Raises NotTheOfficer, NoSuchWithholding."""
    require_officer(actor, organisation)
    found = Withholding.objects.filter(organisation_id=organisation, id=withholding, lifted_at=None)
    if not found.update(lifted_at=now(), lifted_by_id=actor.account):
        raise NoSuchWithholding
    record(_ABOUT, withholding, changed=["lifted_at"])


def _decide(
    actor: Staff, organisation: int, reference: str, *, exemption: str, review_on: date, may_download: bool = False
) -> Withholding:
    case = cases.named_case(actor, organisation=organisation, reference=reference)
    same = {"organisation_id": organisation, "person_id": case.person, "reference": case.reference}
    Withholding.objects.filter(**same, lifted_at=None).update(lifted_at=now(), lifted_by_id=actor.account)
    return Withholding.objects.create(
        **same,
        exemption=exemption,
        decided_by_id=actor.account,
        decided_at=now(),
        review_on=review_on,
        may_download=may_download,
    )
