"""What is withheld and until when, and what waits for a decision: for the officer alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Min

from commonweal.capabilities.identity.queries import colleagues
from commonweal.capabilities.protection.models import Withholding
from commonweal.capabilities.protection.queries.officers import require_officer
from commonweal.capabilities.protection.queries.showing import waiting_for_review
from commonweal.capabilities.protection.rules.withholding import WARNED_BEFORE
from commonweal.capabilities.protection.words import EXEMPTIONS_SAID
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import today
from commonweal.foundations.errors import Words
from commonweal.foundations.scope.actors import Staff

_MOST = 200


@dataclass(frozen=True)
class WithholdingRow:
    """A decision that nobody has ended: it stands until its review date, and withholds nothing from that day on."""

    id: UUID
    reference: str
    exemption: str
    decided_by: str
    decided_at: datetime
    review_on: date
    has_expired: bool
    is_due: bool
    """Its review date is less than a month away, or over."""


@dataclass(frozen=True)
class WaitingRow:
    """Openings of a case that their person sees only after a review, since the first of them."""

    reference: str
    since: datetime


@query()
def withholdings(actor: Staff, *, organisation: int) -> tuple[WithholdingRow, ...]:
    """The review list: decisions not ended, those first whose review is due or over. Raises NotTheOfficer."""
    require_officer(actor, organisation)
    rows = list(
        Withholding.objects.filter(organisation_id=organisation, lifted_at=None)
        .exclude(exemption="")
        .order_by("review_on", "id")[:_MOST]
    )
    names = colleagues.names_of(actor, organisation=organisation, accounts={row.decided_by_id for row in rows})
    return tuple(
        WithholdingRow(
            id=row.id,
            reference=row.reference,
            exemption=row.exemption,
            decided_by=names.get(row.decided_by_id, ""),
            decided_at=row.decided_at,
            review_on=row.review_on,
            has_expired=row.review_on <= today(),
            is_due=row.review_on - WARNED_BEFORE <= today(),
        )
        for row in rows
    )


@query()
def waiting(actor: Staff, *, organisation: int) -> tuple[WaitingRow, ...]:
    """The cases with openings that wait for a review, oldest first. Raises NotTheOfficer."""
    require_officer(actor, organisation)
    found = waiting_for_review(organisation).values("reference").annotate(since=Min("at")).order_by("since")
    return tuple(WaitingRow(row["reference"], row["since"]) for row in found[:_MOST])


@query()
def exemptions(actor: Staff, *, organisation: int) -> Mapping[str, Words]:
    """The closed list of exemptions with their words. Raises NotTheOfficer."""
    require_officer(actor, organisation)
    return EXEMPTIONS_SAID


def withheld_cases(organisation: int, references: Iterable[str]) -> frozenset[str]:
    """Which of these cases have openings withheld from anybody now: no one whom they are about may hear of them."""
    standing = Withholding.objects.filter(organisation_id=organisation, reference__in=list(references), lifted_at=None)
    found = standing.exclude(exemption="").filter(review_on__gt=today())
    return frozenset(found.values_list("reference", flat=True))
