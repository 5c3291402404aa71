"""What others may read of people. Names and contact points open only within a reading."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from commonweal.capabilities.people.errors import NoSuchPerson
from commonweal.capabilities.people.models import Person
from commonweal.capabilities.people.rules import mask
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.personal_data.tokens import rows_with_all
from commonweal.foundations.scope.actors import Actor
from commonweal.foundations.search.rules import Exact, Words


@dataclass(frozen=True)
class PersonRow:
    """A person in full: opened, and therefore traced."""

    id: UUID
    name: str
    email: str
    phone: str
    language: str


@query(opens=CASEWORK)
def person(actor: Actor, *, organisation: int, person: UUID) -> PersonRow:
    """A person's name and contact points. Raises NoSuchPerson."""
    found = Person.objects.filter(id=person, organisation_id=organisation).first()
    if found is None:
        raise NoSuchPerson
    return PersonRow(found.id, found.name, found.email or "", found.phone or "", found.language)


@query(opens=CASEWORK, is_listing=True)
def masked_names(actor: Actor, *, organisation: int, people: Iterable[UUID]) -> dict[UUID, str]:
    """The masked names of several people, for a list: two queries however many there are."""
    reading = current_reading()
    rows = list(
        Person.objects.filter(id__in=list(people), organisation_id=organisation).values_list("id", "key_id", "name")
    )
    reading.fetch_keys(key_id for _id, key_id, _name in rows)
    return {
        person_id: mask(reading.open_value(name.value, label="people.person.name", row=person_id, subject=person_id))
        for person_id, _key_id, name in rows
    }


@query()
def people_of_account(actor: Actor, *, organisation: int, account: UUID) -> tuple[UUID, ...]:
    """The ids of the records in this organisation that are tied to the account."""
    rows = Person.objects.filter(organisation_id=organisation, account_id=account)
    return tuple(rows.values_list("id", flat=True))


@query()
def account_of(actor: Actor, *, organisation: int, person: UUID) -> UUID | None:
    """The account that the record is tied to, if it is tied to one."""
    found = Person.objects.filter(id=person, organisation_id=organisation)
    return found.values_list("account_id", flat=True).first()


@query()
def language_of(actor: Actor, *, organisation: int, person: UUID) -> str:
    """The language in which a person wants to be written to. Raises NoSuchPerson."""
    found = Person.objects.filter(id=person, organisation_id=organisation).values_list("language", flat=True).first()
    if found is None:
        raise NoSuchPerson
    return found


@query(opens=CASEWORK, is_listing=True)
def find_people(actor: Actor, *, organisation: int, words: str) -> tuple[UUID, ...]:
    """Ids of at most 20 people found by name, e-mail or phone: nothing is opened yet."""
    by_name = rows_with_all([(Words(), words)], at_most=20)
    return tuple(by_name or rows_with_all([(Exact(), words)], at_most=20))
