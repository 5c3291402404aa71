"""Staff-safety markers: the instruction for whoever meets somebody, and the ground of it for those who decide.

Every read of a marker that stands asks for its review date: one that is over is shown to nobody, swept or not.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from commonweal.capabilities.identity.queries import colleagues
from commonweal.capabilities.people.errors import NoSuchMarker, NotAManager
from commonweal.capabilities.people.models import Marker
from commonweal.capabilities.people.queries.bonds import bond_of
from commonweal.capabilities.people.queries.same import same_people
from commonweal.capabilities.people.words import ASK_YOUR_MANAGER, DANGERS, INSTRUCTIONS
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import today
from commonweal.foundations.errors import Words
from commonweal.foundations.personal_data.purposes import OWN_INFORMATION, SAFETY
from commonweal.foundations.personal_data.reading import Forgotten, current_reading, require_gates
from commonweal.foundations.personal_data.trace import Matter, ReadingRefused
from commonweal.foundations.scope.actors import Actor, Resident, Staff

MANAGER = "team_manager"
_MOST = 200


@dataclass(frozen=True)
class MarkerRow:
    """A marker in a list: by the reference it was asked for in, without what it says or of whom."""

    id: UUID
    reference: str
    told: str
    asked_by: str
    asked_at: datetime
    approved_by: str
    review_on: date
    is_waiting: bool


@dataclass(frozen=True)
class MarkerPage:
    """A marker in full, for a manager: opened, and therefore traced."""

    row: MarkerRow
    instruction: Words
    evidence: str = field(repr=False)
    may_be_approved: bool


@dataclass(frozen=True)
class OwnMarkerRow:
    """A marker as its person reads it: what staff do, why they were asked to in a word, and until when."""

    instruction: Words
    reason: Words
    reference: str
    since: datetime
    review_on: date


@query(opens=SAFETY)
def instructions(actor: Staff, *, organisation: int, person: UUID) -> tuple[Words, ...]:
    """What to do when meeting this person, each instruction once; empty as a rule.

    One whose key is gone still says that there is something to ask about.
    """
    rows = list(standing(organisation, same_people(organisation, [person])[person]).order_by("approved_at"))
    current_reading().fetch_keys(row.key_id for row in rows)
    return tuple(dict.fromkeys(instruction_of(row) for row in rows))


@query(opens=OWN_INFORMATION)
def own_markers(
    actor: Resident, *, organisation: int, people: Iterable[UUID], withheld: Iterable[str]
) -> tuple[OwnMarkerRow, ...]:
    """The markers that stand on these records of the actor's own, but those of the references that are withheld."""
    current_reading().is_of_own(*people)
    rows = list(standing(organisation, people).exclude(reference__in=list(withheld)).order_by("approved_at"))
    current_reading().fetch_keys(row.key_id for row in rows)
    return tuple(_own(row) for row in rows)


@query()
def markers(actor: Staff, *, organisation: int) -> tuple[MarkerRow, ...]:
    """What waits for an approval, then what stands, due for review first: for managers. Raises NotAManager.

    Those on a case that does not exist for the actor are left out.
    """
    require_manager(actor, organisation)
    found = _not_ended(organisation).filter(_exist_for(actor))[:_MOST]
    return marker_rows(actor, organisation, found)


@query(opens=SAFETY)
def marker(actor: Staff, *, organisation: int, marker: UUID) -> MarkerPage:
    """One marker with its ground. Raises NotAManager, NoSuchMarker; ReadingRefused of oneself, kin or colleagues."""
    require_manager(actor, organisation)
    found = marker_at(actor, organisation, marker)
    current_reading().about(Matter("case", found.matter_id, found.reference))
    (row,) = marker_rows(actor, organisation, [found])
    may_be_approved = row.is_waiting and found.asked_by_id != actor.account
    return MarkerPage(row, instruction_of(found), found.evidence, may_be_approved)


@query()
def marker_overview(actor: Staff, *, organisation: int) -> tuple[MarkerRow, ...]:
    """All markers that have not ended, for the officer, who opens none: waiting ones, then due for review first.

    Those of restricted cases are among them: the officer withholds by the reference.
    """
    return marker_rows(actor, organisation, _not_ended(organisation)[:_MOST])


@query()
def with_ended_markers(actor: Actor, *, organisations: tuple[int, ...], before: datetime) -> tuple[int, ...]:
    """The organisations among these with markers past their review date, or that ended `before` a moment."""
    over = Q(ended_at=None, review_on__lte=today()) | Q(ended_at__lt=before)
    found = Marker.objects.filter(over, organisation_id__in=organisations)
    return tuple(found.order_by("organisation_id").values_list("organisation_id", flat=True).distinct())


@query()
def is_marked(actor: Actor, *, organisation: int, people: Iterable[UUID]) -> bool:
    """Whether a marker stands on any of these records today."""
    return standing(organisation, people).exists()


def standing(organisation: int, people: Iterable[UUID]) -> "QuerySet[Marker]":
    """The markers of these records that are shown today: approved, not ended, before their review date."""
    found: QuerySet[Marker] = Marker.objects.filter(organisation_id=organisation, person_id__in=list(people))
    return found.filter(approved_at__isnull=False, ended_at=None, review_on__gt=today())


def instruction_of(row: Marker) -> Words:
    """What a marker says to do, in a reading."""
    try:
        return INSTRUCTIONS.get(row.danger, ASK_YOUR_MANAGER)
    except Forgotten:
        return ASK_YOUR_MANAGER


def marker_at(actor: Staff, organisation: int, marker: UUID) -> Marker:
    """A marker that has not ended, of nobody close to the actor. Raises NoSuchMarker, ReadingRefused.

    On a case that does not exist for the actor there is none.
    """
    found = _not_ended(organisation).filter(_exist_for(actor), id=marker).first()
    if found is None:
        raise NoSuchMarker
    bond = bond_of(actor, organisation=organisation, person=found.person_id).kind
    if bond:
        matter = Matter("case", found.matter_id, found.reference)
        raise ReadingRefused(bond, purpose=SAFETY, subject=found.person_id, matter=matter)
    return found


def require_manager(actor: Staff, organisation: int) -> None:
    """Raises NotAManager, or ReadingRefused when the gates are not met."""
    if MANAGER not in actor.roles:
        raise NotAManager
    require_gates(actor, SAFETY, organisation)


def marker_rows(actor: Staff, organisation: int, found: Iterable[Marker]) -> tuple[MarkerRow, ...]:
    """Markers as rows, with the names of who asked and approved."""
    rows = list(found)
    accounts = {row.asked_by_id for row in rows} | {row.approved_by_id for row in rows if row.approved_by_id}
    names = colleagues.names_of(actor, organisation=organisation, accounts=accounts)
    return tuple(
        MarkerRow(
            id=row.id,
            reference=row.reference,
            told=row.told,
            asked_by=names.get(row.asked_by_id, ""),
            asked_at=row.asked_at,
            approved_by=names.get(row.approved_by_id, "") if row.approved_by_id else "",
            review_on=row.review_on,
            is_waiting=row.approved_at is None,
        )
        for row in rows
    )


def _own(row: Marker) -> OwnMarkerRow:
    since = row.approved_at or row.asked_at
    return OwnMarkerRow(instruction_of(row), DANGERS.get(row.danger, ""), row.reference, since, row.review_on)


def _not_ended(organisation: int) -> "QuerySet[Marker]":
    found: QuerySet[Marker] = Marker.objects.filter(organisation_id=organisation, ended_at=None, review_on__gt=today())
    return found.order_by(ExpressionWrapper(Q(approved_at__isnull=False), BooleanField()), "review_on", "id")


def _exist_for(actor: Staff) -> Q:
    return Q(restricted_to=[]) | Q(restricted_to__overlap=sorted(actor.roles))
