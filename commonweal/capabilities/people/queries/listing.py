"""People as a list shows them: masked, and beside the name that there is something to read, or that they have died."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext

from commonweal.capabilities.people.rules import mask
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import today
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.personal_data.sealing import CannotOpen
from commonweal.foundations.scope.actors import Actor


@dataclass(frozen=True)
class ListedPerson:
    """Somebody in a list: their masked name, empty of whoever was forgotten; a list says no more of an instruction."""

    name: str = field(repr=False, default="")
    has_instruction: bool = False
    is_dead: bool = False


NOBODY = ListedPerson()

# The same person is whoever an account ties together. What stands is as `markers.standing` has it. Written out, since
# every page of every list asks it and the parts together cost four times as much.
_LISTED = """
with asked as (
    select id, key_id, name, account_id from people_person
    where organisation_id = %(organisation)s and id = any(%(people)s)
), same as (
    select id as listed, id as person from asked
    union all
    select asked.id, other.id from asked join people_person as other
        on other.organisation_id = %(organisation)s and other.account_id = asked.account_id and other.id <> asked.id
)
select asked.id, asked.key_id, asked.name, key.wrapped, key.wrapped_by,
    asked.id in (
        select same.listed from same join people_marker as marker
            on marker.organisation_id = %(organisation)s and marker.person_id = same.person
        where marker.approved_at is not null and marker.ended_at is null and marker.review_on > %(today)s
    ),
    asked.id in (
        select same.listed from same join people_death as death
            on death.organisation_id = %(organisation)s and death.person_id = same.person
        where death.reversed_at is null
    )
from asked left join personal_data_datakey as key
    on key.organisation_id = %(organisation)s and key.id = asked.key_id
"""


@query(opens=CASEWORK, is_listing=True)
def listed(actor: Actor, *, organisation: int, people: Iterable[UUID]) -> dict[UUID, ListedPerson]:
    """Several people for a list, in one query however many they are.

    Of whoever is restricted a list says that alone: nothing of theirs is opened for it. A name that was damaged keeps
    nobody from the others.
    """
    reading = current_reading()
    asked: dict[str, Any] = {"organisation": organisation, "people": list(people), "today": today()}
    with connection.cursor() as cursor:
        cursor.execute(_LISTED, asked)
        rows = cursor.fetchall()
    found: dict[UUID, ListedPerson] = {}
    for person, key_id, name, wrapped, wrapped_by, has_instruction, is_dead in rows:
        masked = gettext("Restricted") if wrapped is not None and reading.is_restricted(person) else ""
        if wrapped is not None and not masked:
            reading.knows_key(key_id, bytes(wrapped), wrapped_by)
            try:
                masked = mask(reading.open_value(bytes(name), label="people.person.name", row=person, subject=person))
            except CannotOpen:
                masked = gettext("Damaged")
        found[person] = ListedPerson(masked, has_instruction, is_dead)
    return found
