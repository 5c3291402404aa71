"""What stands of a restriction, and what staff who deal with a case must know of its person's rights."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from commonweal.capabilities.cases.queries.naming import NamedCase, named_case
from commonweal.capabilities.identity.queries import colleagues
from commonweal.capabilities.people.queries import deaths as people
from commonweal.capabilities.protection.models import LegalHold, Request, RestrictionOrder, Statement
from commonweal.capabilities.protection.queries.officers import require_officer
from commonweal.capabilities.protection.queries.requests import officers_request
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data.purposes import CASEWORK, RIGHTS
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.personal_data.trace import Matter
from commonweal.foundations.scope.actors import Staff


@dataclass(frozen=True)
class OrderRow:
    """A restriction that stands: of one case (`reference`) or of all, and when the person was told that it ends."""

    reference: str
    ground: str
    since: datetime
    told_on: date | None
    lifts_on: date | None


@dataclass(frozen=True)
class HoldRow:
    """What is held for a legal claim: who decided it, why, and when it is looked at again."""

    id: UUID
    reference: str
    why: str = field(repr=False)
    by: str
    since: datetime
    review_on: date


@dataclass(frozen=True)
class BesideCase:
    """What stands beside a case: whether its person says something against it, the restriction, and a hold's review."""

    has_statements: bool
    restricted_since: datetime | None
    held_until_review: date | None


@query()
def standing_order(actor: Staff, *, organisation: int, reference: str) -> OrderRow | None:
    """The restriction that a request led to, while it stands. Raises NotTheOfficer, NoSuchRequest."""
    found = order_of(officers_request(actor, organisation, reference))
    if found is None:
        return None
    return OrderRow(found.reference, found.ground, found.since, found.told_on, found.lifts_on)


def order_of(request: Request) -> RestrictionOrder | None:
    """What a request led to and nobody lifted."""
    rows = RestrictionOrder.objects.filter(organisation_id=request.organisation_id, request_id=request.id)
    return rows.filter(lifted_at=None).first()


@query(opens=RIGHTS)
def legal_holds(actor: Staff, *, organisation: int) -> tuple[HoldRow, ...]:
    """What is held for legal claims now, those first that are due for review. Raises NotTheOfficer."""
    require_officer(actor, organisation)
    rows = list(LegalHold.objects.filter(organisation_id=organisation, ended_at=None).order_by("review_on", "id"))
    current_reading().fetch_keys(row.key_id for row in rows)
    names = colleagues.names_of(actor, organisation=organisation, accounts={row.by_id for row in rows})
    return tuple(
        HoldRow(row.id, row.reference, row.why, names.get(row.by_id, ""), row.since, row.review_on) for row in rows
    )


@query()
def beside_case(actor: Staff, *, organisation: int, reference: str) -> BesideCase:
    """What stands beside a case that the actor has just opened, which is where it is asked whether they may.

    Opens nothing, since next to no case has a statement: those of one that has are opened by `statements_beside`.
    """
    case, same = _whose(actor, organisation, reference)
    here = {"organisation_id": organisation, "reference__in": ("", case.reference)}
    orders = RestrictionOrder.objects.filter(**here, subject_id__in=same, lifted_at=None)
    holds = LegalHold.objects.filter(**here, person_id__in=same, ended_at=None)
    return BesideCase(
        Statement.objects.filter(**here, person_id__in=same).exists(),
        orders.order_by("since").values_list("since", flat=True).first(),
        holds.order_by("-review_on").values_list("review_on", flat=True).first(),
    )


@query(opens=CASEWORK)
def statements_beside(actor: Staff, *, organisation: int, reference: str) -> tuple[str, ...]:
    """What the person of a case that the actor has just opened says against what is held, oldest first."""
    case, same = _whose(actor, organisation, reference)
    current_reading().about(Matter("case", case.id, case.reference))
    here = Statement.objects.filter(organisation_id=organisation, reference__in=("", case.reference))
    return tuple(row.text for row in here.filter(person_id__in=same).order_by("at"))


def _whose(actor: Staff, organisation: int, reference: str) -> tuple[NamedCase, frozenset[UUID]]:
    """A case, and all records of its person."""
    case = named_case(actor, organisation=organisation, reference=reference)
    return case, people.records_of(actor, organisation=organisation, person=case.person)
