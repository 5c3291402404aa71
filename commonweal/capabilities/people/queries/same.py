"""The records of one and the same person: those that an account ties together; and whether they have died."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from commonweal.capabilities.people.models import Death, Person
from commonweal.foundations.scope.scopes import Kind, current_scope


def same_people(organisation: int, people: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """For each of these records the ids of all that are of the same person, itself among them. One query."""
    asked = frozenset(people)
    here = Person.objects.filter(organisation_id=organisation)
    accounts = here.filter(id__in=asked).exclude(account_id=None).values("account_id")
    # Two halves, each by its index: with an "or" all people of the organisation would be looked through.
    halves = here.filter(id__in=asked), here.filter(account_id__in=accounts)
    first, second = (half.values_list("id", "account_id") for half in halves)
    found = dict(first.union(second))
    of_account: dict[UUID, set[UUID]] = {}
    for person, account in found.items():
        if account is not None:
            of_account.setdefault(account, set()).add(person)
    return {person: frozenset({person, *of_account.get(found.get(person) or person, ())}) for person in asked}


def dead_among(organisation: int, same: Mapping[UUID, frozenset[UUID]]) -> frozenset[UUID]:
    """Those of these people, as `same_people` gave them, who have died, by any record of theirs. One query."""
    known = Death.objects.filter(organisation_id=organisation, reversed_at=None)
    dead = set(known.filter(person_id__in=frozenset().union(*same.values())).values_list("person_id", flat=True))
    return frozenset(person for person, records in same.items() if records & dead)


def holder_has_died(organisation: int, account: UUID) -> bool:
    """Whether the organisation recorded that the holder of an account has died."""
    return death_recorded(organisation, account) is not None


def death_recorded(organisation: int, account: UUID) -> datetime | None:
    """When the organisation recorded that the holder of an account has died; None of the living.

    Each of a page's queries asks for itself; where nothing changes, the first answer is remembered for the others.
    """
    scope, place = current_scope(), ("death", organisation, account)
    if scope.kind is Kind.WRITE or place not in scope.memory:
        scope.memory[place] = _look_up_death(organisation, account)
    found: datetime | None = scope.memory[place]
    return found


def _look_up_death(organisation: int, account: UUID) -> datetime | None:
    own = Person.objects.filter(organisation_id=organisation, account_id=account)
    known = Death.objects.filter(organisation_id=organisation, reversed_at=None, person_id__in=own.values("id"))
    return known.order_by("recorded_at").values_list("recorded_at", flat=True).first()
