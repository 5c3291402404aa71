"""What is known of an applicant's death, what was chosen for the case, and who gets messages about it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from commonweal.capabilities.cases.models import Case, Succession
from commonweal.capabilities.cases.queries.access import case_at
from commonweal.capabilities.cases.queries.gates import open_to_change
from commonweal.capabilities.people.queries import deaths
from commonweal.capabilities.people.queries import records as people
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.scope.actors import Staff


@dataclass(frozen=True)
class BereavementPage:
    """A case whose applicant has died, or may have: `death` is None until somebody recorded it."""

    reference: str
    death: deaths.DeathRow | None = field(repr=False)
    choice: str
    capacity: str
    representative: people.PersonRow | None = field(repr=False)
    is_closed: bool


@query(opens=CASEWORK)
def bereavement_page(actor: Staff, *, organisation: int, reference: str, reason: str = "") -> BereavementPage:
    """What is known and was chosen, for whoever may change the case.

    Raises NoSuchCase, ReasonNeeded, ReadingRefused.
    """
    case = case_at(organisation, reference)
    open_to_change(actor, case, reason=reason)
    chosen = Succession.objects.filter(organisation_id=organisation, case_id=case.id).first()
    spokesperson = chosen.representative_id if chosen else None
    return BereavementPage(
        reference=case.reference,
        death=deaths.death_of(actor, organisation=organisation, person=case.person_id),
        choice=chosen.choice if chosen else "",
        capacity=chosen.capacity if chosen else "",
        representative=people.person(actor, organisation=organisation, person=spokesperson) if spokesperson else None,
        is_closed=case.closed_at is not None,
    )


def chosen_for(organisation: int, cases: Iterable[UUID]) -> dict[UUID, str]:
    """What was chosen for those of these cases for which something was."""
    rows = Succession.objects.filter(organisation_id=organisation, case_id__in=list(cases))
    return dict(rows.values_list("case_id", "choice"))


def recipient_of(case: Case) -> UUID:
    """To whom is written about a case: its applicant, or who speaks for their estate."""
    rows = Succession.objects.filter(organisation_id=case.organisation_id, case_id=case.id)
    return rows.values_list("representative_id", flat=True).first() or case.person_id
