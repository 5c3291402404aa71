"""Whom a request for a copy is about, which cases say something of them, and what is taken out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from commonweal.capabilities.cases.queries import held_about as cases
from commonweal.capabilities.cases.queries.held_about import HeldCase
from commonweal.capabilities.protection.errors import NotACopy
from commonweal.capabilities.protection.models import Request, RequestKind
from commonweal.capabilities.protection.queries.requests import matter_of, subjects_of
from commonweal.capabilities.protection.removing import strings_of
from commonweal.foundations.documents.redaction.removals import Removals
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.personal_data.trace import NO_MATTER
from commonweal.foundations.scope.actors import Staff

COPIES = (RequestKind.ACCESS, RequestKind.PORTABILITY)


@dataclass(frozen=True)
class About:
    """The records of one person, and the cases that say something of them by the ids that rows name them with."""

    people: frozenset[UUID]
    cases: tuple[HeldCase, ...]
    by_record: Mapping[UUID, HeldCase] = field(repr=False)


def about(actor: Staff, request: Request) -> About:
    """Whom a request is about. Raises NotACopy for a request that is answered otherwise."""
    if request.kind not in COPIES:
        raise NotACopy
    people = subjects_of(actor, request)
    found = cases.cases_about(actor, organisation=request.organisation_id, people=people)
    by_record = {record: case for case in found for record in (case.id, case.submission)}
    return About(people, found, by_record)


def removals_of(actor: Staff, request: Request, people: frozenset[UUID]) -> Removals:
    """What identifies everybody else in the person's cases; needs an open reading.

    What is opened of others for it belongs to no matter: their trace tells them nothing of whose request it was.
    """
    current_reading().about(NO_MATTER)
    named = cases.named_in_cases(actor, organisation=request.organisation_id, people=people)
    current_reading().about(matter_of(request))
    return Removals(
        strings_of(
            named.own,
            named.others,
            [*(answer.text for answer in named.own_answers), *named.own_places],
            [*(answer.text for answer in named.other_answers), *named.other_places],
        )
    )
