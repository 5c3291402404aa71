"""What staff found on a case: the latest of each declared fact, opened only for the roles that may."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language

from commonweal.capabilities.cases.errors import NoSuchCase
from commonweal.capabilities.cases.models import Case, Fact
from commonweal.capabilities.cases.queries.access import case_at, matter_of
from commonweal.capabilities.cases.queries.gates import open_to_change
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.catalogue.queries.handling import CaseType
from commonweal.capabilities.catalogue.queries.questions import Question
from commonweal.capabilities.forms.queries.asking import told_of, typed_of
from commonweal.capabilities.forms.queries.submitting import may_open
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.personal_data.trace import ReadingRefused
from commonweal.foundations.scope.actors import Staff


@dataclass(frozen=True)
class FactRow:
    """A declared fact of a case. `text` is empty when it is not recorded, or only for the roles `opened_by` to open.

    `number` counts how often it was recorded: from 2 on it was corrected.
    """

    key: str
    label: str
    text: str = field(repr=False)
    opened_by: tuple[str, ...]
    may_be_opened: bool
    number: int
    who: str
    at: datetime | None


@dataclass(frozen=True)
class FactPage:
    """One fact to record or to correct, with what is recorded now as it would be typed."""

    case: UUID
    reference: str
    service_title: str
    question: Question
    number: int
    given: Mapping[str, str] = field(repr=False)


def latest_facts(case: Case) -> dict[str, Fact]:
    """The latest row of each fact, still sealed; one query."""
    rows = Fact.objects.filter(organisation_id=case.organisation_id, case_id=case.id).order_by("number")
    return {row.fact: row for row in rows}


def open_facts(actor: Staff, declared: CaseType, rows: Mapping[str, Fact]) -> dict[str, str]:
    """The values of the facts that the actor's roles may open. Needs an open reading."""
    theirs = {fact.key: rows[fact.key] for fact in declared.facts if fact.key in rows and may_open(actor, fact)}
    current_reading().fetch_keys(row.key_id for row in theirs.values())
    return {key: row.value for key, row in theirs.items()}


def fact_rows(
    actor: Staff, declared: CaseType, rows: Mapping[str, Fact], opened: Mapping[str, str], names: Mapping[UUID, str]
) -> tuple[FactRow, ...]:
    """The declared facts as a page shows them."""
    return tuple(_row(actor, fact, rows.get(fact.key), opened.get(fact.key, ""), names) for fact in declared.facts)


@query(opens=CASEWORK)
def fact_page(actor: Staff, *, organisation: int, reference: str, fact: str, reason: str = "") -> FactPage:
    """One fact to record, opened if it was recorded before. Raises NoSuchCase, ReasonNeeded, ReadingRefused."""
    case = case_at(organisation, reference)
    open_to_change(actor, case, reason=reason)
    service = catalogue.service_version(actor, organisation=organisation, version=case.version_id).service
    question = require_fact(actor, case, service.case, fact)
    row = latest_facts(case).get(fact)
    if row is not None:
        current_reading().fetch_keys([row.key_id])
    return FactPage(
        case=case.id,
        reference=case.reference,
        service_title=service.title.in_language(get_language()),
        question=question,
        number=row.number if row else 0,
        given=typed_of(question, row.value) if row else {},
    )


def require_fact(actor: Staff, case: Case, declared: CaseType, fact: str) -> Question:
    """The fact, if the actor may record it. Raises NoSuchCase when none is declared, ReadingRefused for other roles."""
    question = declared.fact(fact)
    if question is None:
        raise NoSuchCase
    if not may_open(actor, question):
        raise ReadingRefused("role", purpose=CASEWORK, subject=case.person_id, matter=matter_of(case))
    return question


def accounts_of(rows: Iterable[Fact]) -> set[UUID]:
    """Who recorded them."""
    return {row.by_id for row in rows}


def _row(actor: Staff, fact: Question, row: Fact | None, opened: str, names: Mapping[UUID, str]) -> FactRow:
    return FactRow(
        key=fact.key,
        label=fact.label.in_language(get_language()),
        text=told_of(fact, opened),
        opened_by=fact.opened_by,
        may_be_opened=may_open(actor, fact),
        number=row.number if row else 0,
        who=names.get(row.by_id, "") if row else "",
        at=row.at if row else None,
    )
