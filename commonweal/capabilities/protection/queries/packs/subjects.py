"""Whom a request for a copy is about, which cases say something of them, and what is taken out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from commonweal.capabilities.cases.queries import held_about as cases
from commonweal.capabilities.cases.queries.held_about import HeldCase
from commonweal.capabilities.protection.errors import NotACopy
from commonweal.capabilities.protection.models import Request, RequestKind
from commonweal.capabilities.protection.queries.requests import subjects_of
from commonweal.capabilities.protection.rules.removing import Suggesting, own_strings, strings_of
from commonweal.foundations.documents.redaction.removals import Removals
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
    # Each application makes a record of its own: who asks about one is answered about its record.
    people = frozenset({request.subject_id}) if request.about else subjects_of(actor, request)
    found = cases.cases_about(actor, organisation=request.organisation_id, people=people)
    by_record = {record: case for case in found for record in (case.id, case.submission)}
    return About(people, found, by_record)


def suggesting_of(actor: Staff, request: Request, people: frozenset[UUID]) -> Suggesting:
    """What identifies everybody else in the person's cases; needs an open reading that is about no matter.

    What is opened of others for a copy names no request: their trace tells them nothing of who asked.
    """
    named = cases.named_in_cases(actor, organisation=request.organisation_id, people=people)
    own_lines = [*(answer.text for answer in named.own_answers), *named.own_places]
    other_lines = [*(answer.text for answer in named.other_answers), *named.other_places]
    others = strings_of(named.own, named.others, own_lines, other_lines)
    return Suggesting(others, Removals(own_strings(named.own, own_lines)))


def is_ours(label: str) -> bool:
    """Whether the organisation wrote what lies in a table, and not about anybody but whom it was written to."""
    return label in ("messages.message", "cases.letter")
