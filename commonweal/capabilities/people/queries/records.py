"""What others may read of people. Names and contact points open only within a reading."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

from commonweal.capabilities.people.errors import NoSuchPerson
from commonweal.capabilities.people.models import Person, PersonName
from commonweal.capabilities.people.queries.listing import listed
from commonweal.capabilities.people.queries.same import holder_has_died
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data.models import DataKey, SearchToken
from commonweal.foundations.personal_data.purposes import CASEWORK, RIGHTS
from commonweal.foundations.personal_data.reading import Forgotten, current_reading
from commonweal.foundations.personal_data.tokens import candidates
from commonweal.foundations.scope.actors import Actor, Resident, Staff
from commonweal.foundations.search.asking import understand
from commonweal.foundations.search.ranking import NEAR, Question


@dataclass(frozen=True)
class PersonRow:
    """A person in full: opened, and therefore traced."""

    id: UUID
    name: str = field(repr=False)
    email: str = field(repr=False)
    phone: str = field(repr=False)
    language: str


@query(opens=CASEWORK)
def person(actor: Actor, *, organisation: int, person: UUID) -> PersonRow:
    """A person's name and contact points. Raises NoSuchPerson."""
    found = Person.objects.filter(id=person, organisation_id=organisation).first()
    if found is None:
        raise NoSuchPerson
    return PersonRow(found.id, found.name, found.email or "", found.phone or "", found.language)


@query(opens=RIGHTS)
def known_names(actor: Staff, *, organisation: int, people: Collection[UUID]) -> tuple[str, ...]:
    """Every name by which these records of a person know them, also former ones; what was forgotten is left out."""
    here, found = {"organisation_id": organisation}, []
    persons, others = (
        Person.objects.filter(**here, id__in=people),
        PersonName.objects.filter(**here, person_id__in=people),
    )
    current_reading().fetch_keys([*(row.key_id for row in persons), *(row.key_id for row in others)])
    for row, name in [*((row, "name") for row in persons), *((row, "text") for row in others)]:
        with suppress(Forgotten):
            found.append(getattr(row, name))
    return tuple(dict.fromkeys(found))


@query(opens=CASEWORK, is_listing=True)
def masked_names(actor: Actor, *, organisation: int, people: Iterable[UUID]) -> dict[UUID, str]:
    """The masked names of several people, for a list, in one query. Whoever was forgotten has none."""
    found = listed(actor, organisation=organisation, people=people)
    return {person: each.name for person, each in found.items() if each.name}


@query()
def people_of_account(actor: Actor, *, organisation: int, account: UUID) -> tuple[UUID, ...]:
    """The ids of the records in this organisation that are tied to the account.

    Its holder is shown none once they are recorded as having died: whoever signs in then is somebody else.
    """
    if isinstance(actor, Resident) and holder_has_died(organisation, account):
        return ()
    rows = Person.objects.filter(organisation_id=organisation, account_id=account)
    return tuple(rows.values_list("id", flat=True))


@query()
def account_of(actor: Actor, *, organisation: int, person: UUID) -> UUID | None:
    """The account that the record is tied to, if it is tied to one."""
    found = Person.objects.filter(id=person, organisation_id=organisation)
    return found.values_list("account_id", flat=True).first()


@query()
def is_found_though_forgotten(actor: Actor, *, organisation: int, person: UUID) -> bool:
    """Whether something still leads to a person whose keys are destroyed. Who came back since has a new key."""
    has_key = DataKey.objects.filter(organisation_id=organisation, holder=person, retention_class="people.closed")
    return not has_key.exists() and SearchToken.objects.filter(organisation_id=organisation, row=person).exists()


@query()
def language_of(actor: Actor, *, organisation: int, person: UUID) -> str:
    """The language in which a person wants to be written to. Raises NoSuchPerson."""
    found = Person.objects.filter(id=person, organisation_id=organisation).values_list("language", flat=True).first()
    if found is None:
        raise NoSuchPerson
    return found


@query(opens=CASEWORK, is_listing=True)
def find_people(
    actor: Actor, *, organisation: int, words: str, near: Collection[UUID] = (), at_most: int = 20
) -> tuple[UUID, ...]:
    """Ids of the people who fit what was asked, the best first: nothing is opened yet. Two statements.

    Found by name (also misspelt, shortened, former), birth date, e-mail and phone. `near` are people of whom something
    is at the place that was asked for.
    """
    question, nearby = Question(understand(words)), frozenset(near)
    shared = candidates(question.forms, near=nearby, weight_of_near=NEAR)
    scored = ((question.score(forms, is_near=person in nearby), person) for person, forms in shared.items())
    ranked = sorted((found for found in scored if found[0]), reverse=True)
    return tuple(person for _score, person in ranked[:at_most])
