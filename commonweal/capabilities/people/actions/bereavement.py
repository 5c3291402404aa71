"""Record that someone has died, confirm it, or withdraw a mistake."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from commonweal.capabilities.people.errors import NeedsAnother, NotRecordedDead
from commonweal.capabilities.people.events import DeathTakenBack, PersonDied
from commonweal.capabilities.people.models import Certainty, Death, Person
from commonweal.capabilities.people.queries.deaths import death_at
from commonweal.capabilities.people.queries.same import same_people
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.errors import Invalid, Words
from commonweal.foundations.events.event import publish
from commonweal.foundations.personal_data import keys
from commonweal.foundations.scope.actors import Staff

_ABOUT = "people.death"
_LONGEST = 200


@action()
def record_death(
    actor: Staff, *, organisation: int, person: UUID, died_on: date | None, told_by: str, certainty: str
) -> frozenset[UUID]:
    """Record that someone has died; returns all their records. Repeating it changes nothing.

    Raises Invalid.
    """
    who = told_by.replace("\x00", "").strip()
    _check(died_on, who, certainty)
    records = same_people(organisation, [person])[person]
    # Of two at once the second waits here, and finds it recorded.
    list(Person.objects.select_for_update().filter(organisation_id=organisation, id__in=records).order_by("id"))
    standing = death_at(organisation, person)
    if standing is not None:
        record(_ABOUT, standing.id, person=person, repeat=True)
        return records
    death = uuid7()
    Death(
        id=death,
        organisation_id=organisation,
        key_id=keys.key_for_record(death, "people.closed"),
        person_id=person,
        died_on=died_on.isoformat() if died_on else None,
        told_by=who,
        certainty=certainty,
        recorded_by_id=actor.account,
        recorded_at=now(),
        confirmed_by_id=actor.account if certainty == Certainty.CONFIRMED else None,
    ).save(force_insert=True)
    record(_ABOUT, death, changed=["died_on", "told_by", "certainty"], person=person, certainty=certainty)
    publish(PersonDied(organisation=organisation, subject_id=person))
    return records


@action()
def confirm_death(actor: Staff, *, organisation: int, person: UUID) -> None:
    """Record that someone saw proof of a death. Repeating it changes nothing. Raises NotRecordedDead."""
    standing = death_at(organisation, person)
    if standing is None:
        raise NotRecordedDead
    told = Death.objects.filter(organisation_id=organisation, id=standing.id, certainty=Certainty.TOLD)
    is_new = told.update(certainty=Certainty.CONFIRMED, confirmed_by_id=actor.account) == 1
    record(_ABOUT, standing.id, changed=["certainty"] if is_new else [], person=person)


@action()
def take_back_death(actor: Staff, *, organisation: int, person: UUID) -> frozenset[UUID]:
    """Withdraw a death, as someone who neither recorded nor confirmed it; returns all the person's records.

    Raises NotRecordedDead, NeedsAnother.
    """
    standing = death_at(organisation, person)
    if standing is None:
        raise NotRecordedDead
    if actor.account in (standing.recorded_by_id, standing.confirmed_by_id):
        raise NeedsAnother
    Death.objects.filter(organisation_id=organisation, id=standing.id).update(
        reversed_by_id=actor.account, reversed_at=now()
    )
    record(_ABOUT, standing.id, changed=["reversed_at"], person=person)
    publish(DeathTakenBack(organisation=organisation, subject_id=person))
    return same_people(organisation, [person])[person]


def _check(died_on: date | None, told_by: str, certainty: str) -> None:
    """Raises Invalid with everything that is wrong."""
    wrong: dict[str, Words] = {}
    if died_on is not None and died_on > today():
        wrong["died_on"] = _("The date must be today or in the past")
    if not told_by:
        wrong["told_by"] = _("Write who told us")
    elif len(told_by) > _LONGEST:
        wrong["told_by"] = _("Who told us must be 200 characters or fewer")
    if certainty not in Certainty.values:
        wrong["certainty"] = _("Choose how sure we are")
    if wrong:
        raise Invalid(wrong)
