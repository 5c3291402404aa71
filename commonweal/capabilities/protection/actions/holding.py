"""Put what a legal claim needs on hold, review the hold and end it (UK GDPR Article 17(3)(e))."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from commonweal.capabilities.cases.queries.naming import named_case
from commonweal.capabilities.protection.errors import NoSuchHold
from commonweal.capabilities.protection.models import LegalHold
from commonweal.capabilities.protection.queries.officers import require_officer
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.counting import months_after
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.errors import Invalid, Words
from commonweal.foundations.personal_data import keys
from commonweal.foundations.scope.actors import Staff
from commonweal.foundations.texts.typed import plain

_ABOUT, _LONGEST, _MONTHS = "protection.legal_hold", 2_000, 12


@action()
def hold(actor: Staff, *, organisation: int, case: str, is_everything: bool, why: str, review_on: date | None) -> UUID:
    """Put a case, or all that is kept about its person, on hold: no erasure or disposal until someone ends it.

    Raises NotTheOfficer, NoSuchCase; Invalid without a reason or a review within twelve months.
    """
    require_officer(actor, organisation)
    wrong: dict[str, Words] = {}
    if not plain(why) or len(why) > _LONGEST:
        wrong["why"] = _("Write which claim it is for, in 2,000 characters or fewer")
    if review_on is None or not today() < review_on <= months_after(today(), _MONTHS):
        wrong["review_on"] = _("The review date must be after today and at most twelve months away")
    if wrong or review_on is None:
        raise Invalid(wrong)
    found = named_case(actor, organisation=organisation, reference=case)
    made = uuid7()
    LegalHold(
        id=made,
        organisation_id=organisation,
        key_id=keys.key_for_record(made, _ABOUT),
        person_id=found.person,
        reference="" if is_everything else found.reference,
        why=plain(why),
        by_id=actor.account,
        since=now(),
        review_on=review_on,
    ).save(force_insert=True)
    record(_ABOUT, made, changed=["why", "review_on"], case=found.id, review_on=review_on)
    return made


@action()
def end_hold(actor: Staff, *, organisation: int, hold: UUID) -> None:
    """End a hold because the claim is over. Raises NotTheOfficer, NoSuchHold."""
    require_officer(actor, organisation)
    standing = LegalHold.objects.filter(organisation_id=organisation, id=hold, ended_at=None)
    if not standing.update(ended_at=now(), ended_by_id=actor.account):
        raise NoSuchHold
    record(_ABOUT, hold, changed=["ended_at"])
