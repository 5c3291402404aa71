"""Staff-safety markers as their person sees them, unless withheld, and as the officer looks after them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from commonweal.capabilities.people.queries import markers
from commonweal.capabilities.people.queries import records as people
from commonweal.capabilities.people.queries.markers import MarkerRow, OwnMarkerRow
from commonweal.capabilities.protection.models import Withholding
from commonweal.capabilities.protection.queries.officers import require_officer
from commonweal.capabilities.protection.rules.withholding import WARNED_BEFORE
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import today
from commonweal.foundations.personal_data.purposes import OWN_INFORMATION
from commonweal.foundations.scope.actors import Resident, Staff


@dataclass(frozen=True)
class OverviewRow:
    """A marker for the officer, who opens none.

    `is_due`: its review is less than a month away. `is_given_away`: the person was not told, and nothing withholds it
    from their page.
    """

    marker: MarkerRow
    is_due: bool
    is_given_away: bool


@query(opens=OWN_INFORMATION)
def own_markers(actor: Resident, *, organisation: int) -> tuple[OwnMarkerRow, ...]:
    """The markers that stand for the signed-in person, but those of a case whose openings are withheld from them.

    What is withheld leaves no hole: it is left out by the statement that reads them (UK GDPR Article 15; practice:
    tipping off).
    """
    if actor.account is None:
        return ()
    own = people.people_of_account(actor, organisation=organisation, account=actor.account)
    withheld = _standing(organisation).filter(person_id__in=own).values_list("reference", flat=True)
    return markers.own_markers(actor, organisation=organisation, people=own, withheld=tuple(withheld))


@query()
def overview(actor: Staff, *, organisation: int) -> tuple[OverviewRow, ...]:
    """Every marker that has not ended, those that wait first, then those due for review. Raises NotTheOfficer."""
    require_officer(actor, organisation)
    rows = markers.marker_overview(actor, organisation=organisation)
    withheld = set(_standing(organisation).values_list("reference", flat=True))
    return tuple(
        OverviewRow(
            marker=row,
            is_due=row.review_on - WARNED_BEFORE <= today(),
            is_given_away=row.told != "told" and not row.is_waiting and row.reference not in withheld,
        )
        for row in rows
    )


def _standing(organisation: int) -> "QuerySet[Withholding]":
    rows: QuerySet[Withholding] = Withholding.objects.filter(organisation_id=organisation, lifted_at=None)
    return rows.exclude(exemption="").filter(review_on__gt=today())
