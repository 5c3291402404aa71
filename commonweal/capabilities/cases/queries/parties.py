"""The other people of a case: who they are, and what is asked to add one."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language

from commonweal.capabilities.cases.errors import NoSuchCase
from commonweal.capabilities.cases.models import Case, Party
from commonweal.capabilities.cases.queries.access import case_at, matter_of
from commonweal.capabilities.cases.queries.gates import require_change, require_opening
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.questions import Fills, Question
from commonweal.capabilities.people.queries import records as people
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.scope.actors import Staff

_CONTACT = (Fills.PERSON_EMAIL, Fills.PERSON_PHONE)


@dataclass(frozen=True)
class PartyRow:
    """Another person of the case, opened. `key` is the declared party that they are."""

    id: UUID
    key: str
    label: str
    name: str = field(repr=False)
    is_told: bool
    ended_at: datetime | None


@dataclass(frozen=True)
class PartyPage:
    """Whom the case is about as one declared party, and what is asked to add somebody."""

    case: UUID
    reference: str
    service_title: str
    label: str
    questions: tuple[Question, ...]
    people: tuple[PartyRow, ...]
    is_open: bool


def asked_of_party(service: Service, key: str) -> tuple[Question, ...]:
    """The declared questions for a party's name and contact points; only the name is needed. Raises NoSuchCase."""
    named = service.question_filling(Fills.PERSON_NAME, key) if service.party(key) else None
    if named is None:
        raise NoSuchCase
    contact = [service.question_filling(place, key) for place in _CONTACT]
    optional = [each.model_copy(update={"is_optional": True, "shown_when": None}) for each in contact if each]
    return (named.model_copy(update={"is_optional": False, "shown_when": None}), *optional)


def parties_of(actor: Staff, case: Case, service: Service, *, only: str = "") -> tuple[PartyRow, ...]:
    """The other people of a case, in the order they were added. Needs an open reading."""
    rows = Party.objects.filter(organisation_id=case.organisation_id, case_id=case.id)
    rows = rows.filter(key=only) if only else rows
    return tuple(_row(actor, service, row) for row in rows.order_by("added_at", "id"))


@query(opens=CASEWORK)
def party_page(actor: Staff, *, organisation: int, reference: str, party: str, reason: str = "") -> PartyPage:
    """One declared party of a case. Raises NoSuchCase; ReasonNeeded; ReadingRefused."""
    case = case_at(organisation, reference)
    judged = require_opening(actor, case, reason=reason)
    require_change(actor, case)
    current_reading().about(matter_of(case))
    if judged.prompt:
        current_reading().needed(reason)
    service = catalogue.service_version(actor, organisation=organisation, version=case.version_id).service
    questions = asked_of_party(service, party)
    declared, language = service.party(party), get_language()
    return PartyPage(
        case=case.id,
        reference=case.reference,
        service_title=service.title.in_language(language),
        label=declared.label.in_language(language) if declared else party,
        questions=questions,
        people=parties_of(actor, case, service, only=party),
        is_open=case.closed_at is None,
    )


def _row(actor: Staff, service: Service, row: Party) -> PartyRow:
    declared = service.party(row.key)
    person = people.person(actor, organisation=row.organisation_id, person=row.person_id)
    label = declared.label.in_language(get_language()) if declared else row.key
    return PartyRow(row.id, row.key, label, person.name, declared is not None and declared.is_told, row.ended_at)
