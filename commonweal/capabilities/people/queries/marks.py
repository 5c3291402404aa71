"""What a list shows beside a person's masked name: that there is something to read, or that they have died."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from commonweal.capabilities.people.queries.markers import standing
from commonweal.capabilities.people.queries.same import dead_among, same_people
from commonweal.foundations.actions.query import query
from commonweal.foundations.scope.actors import Actor


@dataclass(frozen=True)
class Marks:
    """The people of a list for whom an instruction stands (a list says no more), and those who have died."""

    with_instruction: frozenset[UUID]
    dead: frozenset[UUID]


@query()
def marks_of(actor: Actor, *, organisation: int, people: Iterable[UUID]) -> Marks:
    """What is to be shown beside these people, in three queries however many they are. Opens nothing."""
    listed = frozenset(people)
    same = same_people(organisation, listed)
    marked = set(standing(organisation, frozenset().union(*same.values())).values_list("person_id", flat=True))
    with_instruction = frozenset(person for person, records in same.items() if records & marked)
    return Marks(with_instruction, dead_among(organisation, same))
