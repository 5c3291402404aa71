"""The names and details by which a text could identify someone, to remove them from what others get."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from commonweal.capabilities.people.models import Person, PersonName
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data.purposes import RIGHTS
from commonweal.foundations.personal_data.reading import Forgotten, current_reading
from commonweal.foundations.scope.actors import Staff


@dataclass(frozen=True)
class KnownBy:
    """The names of somebody, former ones too, and their contact points."""

    names: tuple[str, ...] = field(repr=False)
    email: str = field(repr=False)
    phone: str = field(repr=False)


@query(opens=RIGHTS)
def known_by(actor: Staff, *, organisation: int, people: Iterable[UUID]) -> tuple[KnownBy, ...]:
    """By what each of these people is known. Whoever was forgotten is left out."""
    wanted = sorted(people)
    rows = list(Person.objects.filter(organisation_id=organisation, id__in=wanted).order_by("id"))
    others = list(PersonName.objects.filter(organisation_id=organisation, person_id__in=wanted).order_by("id"))
    current_reading().fetch_keys(row.key_id for row in (*rows, *others))
    return tuple(_known(rows, others))


def _known(rows: Iterable[Person], others: list[PersonName]) -> Iterator[KnownBy]:
    for row in rows:
        try:
            names = [row.name, *(each.text for each in others if each.person_id == row.id)]
            yield KnownBy(tuple(names), row.email or "", row.phone or "")
        except Forgotten:
            continue
