"""What was published of cases, for the public and for the staff who write it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from commonweal.capabilities.cases.errors import NoSuchCase
from commonweal.capabilities.cases.models import Case, Disclosure, Party
from commonweal.capabilities.cases.queries.access import case_at, matter_of
from commonweal.capabilities.cases.queries.gates import require_change
from commonweal.capabilities.people.queries import records as people
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.personal_data.trace import Matter
from commonweal.foundations.scope.actors import Actor, Staff

PAGE = 20
_MOST_WORDS, _LONGEST = 8, 100


@dataclass(frozen=True)
class DisclosureRow:
    """What was published of one case."""

    id: UUID
    title: str
    summary: str
    published_at: datetime


@dataclass(frozen=True)
class Log:
    """A page of what a service published, latest first; `following` is the cursor of the next, empty on the last."""

    rows: tuple[DisclosureRow, ...]
    following: str


@query()
def disclosures(actor: Actor, *, organisation: int, service: str, words: str = "", after: str = "") -> Log:
    """What a service published that holds all of these words. A cursor that makes no sense begins anew."""
    found = Disclosure.objects.filter(organisation_id=organisation, service=service, withdrawn_at=None)
    for word in words.replace("\x00", "")[:_LONGEST].split()[:_MOST_WORDS]:
        found = found.filter(Q(title__icontains=word) | Q(summary__icontains=word))
    rows = [
        DisclosureRow(*row)
        for row in found.filter(_begins(after))
        .order_by("-published_at", "id")
        .values_list("id", "title", "summary", "published_at")[: PAGE + 1]
    ]
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Log(tuple(rows[:PAGE]), f"{last.published_at.isoformat()},{last.id}" if last else "")


@query()
def disclosure_of(actor: Staff, *, organisation: int, reference: str) -> DisclosureRow | None:
    """What is published of a case, if anything is. Raises NoSuchCase, ReadingRefused."""
    case = case_at(organisation, reference)
    require_change(actor, case)
    found = Disclosure.objects.filter(organisation_id=organisation, case_id=case.id, withdrawn_at=None).first()
    return DisclosureRow(found.id, found.title, found.summary, found.published_at) if found else None


def names_in(actor: Staff, *, organisation: int, case: UUID, **_written: Any) -> tuple[str, ...]:
    """The names that may not stand in what is published of a case. Needs an open reading."""
    found = Case.objects.filter(organisation_id=organisation, id=case).first()
    if found is None:
        raise NoSuchCase
    require_change(actor, found)
    matter = matter_of(found)
    current_reading().about(Matter("publication", matter.id, matter.reference, matter.team))
    parties = Party.objects.filter(organisation_id=organisation, case_id=case).values_list("person_id", flat=True)
    about = {found.person_id, *parties}
    return tuple(people.person(actor, organisation=organisation, person=person).name for person in about)


def _begins(after: str) -> Q:
    moment, _comma, last = after.partition(",")
    try:
        at, row = datetime.fromisoformat(moment), UUID(last)
    except ValueError:
        return Q()
    if at.tzinfo is None:
        return Q()
    return Q(published_at__lt=at) | Q(published_at=at, id__gt=row)
