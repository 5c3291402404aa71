"""Whether someone has died, for the staff who deal with their cases."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from commonweal.capabilities.identity.queries import colleagues
from commonweal.capabilities.people.models import Certainty, Death
from commonweal.capabilities.people.queries.same import dead_among, death_recorded, same_people
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.personal_data.reading import Forgotten
from commonweal.foundations.scope.actors import Actor, Staff


@dataclass(frozen=True)
class DeathRow:
    """What is known of a death, and who may take it back: neither who recorded it nor who confirmed it."""

    died_on: date | None
    told_by: str = field(repr=False)
    is_confirmed: bool
    recorded_by: str
    recorded_at: datetime
    may_be_taken_back: bool


@query()
def has_died(actor: Actor, *, organisation: int, person: UUID) -> bool:
    """Whether it is recorded that a person has died, on any record of theirs. Opens nothing."""
    return bool(dead_among(organisation, same_people(organisation, [person])))


@query()
def recorded_at(actor: Actor, *, organisation: int, account: UUID) -> datetime | None:
    """When it was recorded that the holder of an account has died; None of the living.

    Whoever uses the account from then on is somebody else.
    """
    return death_recorded(organisation, account)


@query()
def records_of(actor: Actor, *, organisation: int, person: UUID) -> frozenset[UUID]:
    """All records of the same person, this one among them."""
    return same_people(organisation, [person])[person]


@query(opens=CASEWORK)
def death_of(actor: Staff, *, organisation: int, person: UUID) -> DeathRow | None:
    """What is known of a person's death; None of the living."""
    found = death_at(organisation, person)
    if found is None:
        return None
    names = colleagues.names_of(actor, organisation=organisation, accounts=[found.recorded_by_id])
    died_on, told_by = _said(found)
    return DeathRow(
        died_on=died_on,
        told_by=told_by,
        is_confirmed=found.certainty == Certainty.CONFIRMED,
        recorded_by=names.get(found.recorded_by_id, ""),
        recorded_at=found.recorded_at,
        may_be_taken_back=actor.account not in (found.recorded_by_id, found.confirmed_by_id),
    )


def _said(found: Death) -> tuple[date | None, str]:
    """When they died and who told us; neither once the person was forgotten."""
    try:
        return date.fromisoformat(found.died_on) if found.died_on else None, found.told_by
    except Forgotten:
        return None, ""


def death_at(organisation: int, person: UUID) -> Death | None:
    """The row that stands, of any record of the person."""
    records = same_people(organisation, [person])[person]
    return Death.objects.filter(organisation_id=organisation, reversed_at=None, person_id__in=records).first()
