"""Whom a request is about: found as cases are found, masked; opening them is another step."""

from dataclasses import dataclass, field
from uuid import UUID

from commonweal.capabilities.cases.errors import NoSuchCase
from commonweal.capabilities.cases.queries.naming import latest_of, named_case
from commonweal.capabilities.people.queries import records as people
from commonweal.capabilities.protection.queries.officers import require_officer
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data.purposes import RIGHTS
from commonweal.foundations.references.references import normal_reference
from commonweal.foundations.scope.actors import Staff

MOST_FOUND = 20
_LONGEST = 200


@dataclass(frozen=True)
class FoundPerson:
    """Somebody who may be meant, masked, with the references of their latest cases to tell them from others."""

    person: UUID
    name: str = field(repr=False)
    cases: tuple[str, ...]


@query(opens=RIGHTS, is_listing=True)
def find_whom(actor: Staff, *, organisation: int, words: str) -> tuple[FoundPerson, ...]:
    """Who fits a name, birth date, e-mail or phone, the best first; or whose case has this reference.

    At most 20, masked. Raises NotTheOfficer.
    """
    require_officer(actor, organisation)
    found = _fitting(actor, organisation, words[:_LONGEST])
    names = people.masked_names(actor, organisation=organisation, people=found)
    cases = latest_of(actor, organisation=organisation, people=found)
    return tuple(FoundPerson(person, names[person], cases.get(person, ())) for person in found if person in names)


def _fitting(actor: Staff, organisation: int, words: str) -> tuple[UUID, ...]:
    if normal_reference(words):
        try:
            return (named_case(actor, organisation=organisation, reference=words).person,)
        except NoSuchCase:
            return ()
    return people.find_people(actor, organisation=organisation, words=words, at_most=MOST_FOUND)
