"""The search box: a reference leads straight to its case, anything else to masked rows of one's teams."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, Q, UUIDField, Value

from commonweal.capabilities.cases.models import Case, Party
from commonweal.capabilities.cases.queries.restriction import exist_for
from commonweal.capabilities.cases.queries.rows import WorklistRow, rows_of
from commonweal.capabilities.people.queries import records as people
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.references.references import normal_reference
from commonweal.foundations.scope.actors import Staff
from commonweal.foundations.search.asking import understand

MOST_FOUND = 20
_LONGEST = 200
_MOST_LOOKED_AT = 200
"""People found in the organisation, of whom only those with a case of the actor's teams are shown."""


@dataclass(frozen=True)
class Found:
    """What a search came to: the reference of a case when one was typed, else the ids of cases for `listed`."""

    reference: str = ""
    cases: tuple[UUID, ...] = ()


@query(opens=CASEWORK, is_listing=True)
def search(actor: Staff, *, organisation: int, words: str) -> Found:
    """What the words lead to; nothing is shown yet. Whether the actor may open a case is asked where it is opened.

    By reference; or by the name, birth date, e-mail and phone of the applicant or another party, and the postcode of
    the case, any of them together.
    """
    reference = normal_reference(words)
    existing = Case.objects.filter(exist_for(actor), organisation_id=organisation)
    if reference and existing.filter(reference=reference).exists():
        return Found(reference=reference)
    return Found(cases=tuple(case.id for case in _fitting(actor, organisation, words)))


@query(opens=CASEWORK, is_listing=True)
def listed(actor: Staff, *, organisation: int, cases: Sequence[UUID]) -> tuple[WorklistRow, ...]:
    """These cases, as far as they are of the actor's teams, masked and in this order."""
    own = Case.objects.filter(exist_for(actor), organisation_id=organisation, team_id__in=actor.teams, id__in=cases)
    found = sorted(own, key=lambda case: cases.index(case.id))
    return tuple(row for row in rows_of(actor, organisation, found) if row.name)


def _fitting(actor: Staff, organisation: int, words: str) -> list[Case]:
    own = Case.objects.filter(exist_for(actor), organisation_id=organisation, team_id__in=actor.teams)
    asked = understand(words[:_LONGEST])
    at_place = own.filter(postcode__in=asked.postcodes).order_by("-opened_at") if asked.postcodes else own.none()
    if asked.is_only_a_place:
        return list(at_place[:MOST_FOUND])
    found = people.find_people(
        actor,
        organisation=organisation,
        words=words[:_LONGEST],
        near=list(at_place.values_list("person_id", flat=True)[:_MOST_LOOKED_AT]),
        at_most=_MOST_LOOKED_AT,
    )
    rank = Func(Value(list(found), ArrayField(UUIDField())), F("person_id"), function="array_position")
    theirs = Party.objects.filter(organisation_id=organisation, person_id__in=found, ended_at=None)
    fitting = own.filter(Q(person_id__in=found) | Q(id__in=theirs.values("case_id")))
    return list(fitting.order_by(rank, "-opened_at")[:MOST_FOUND])
