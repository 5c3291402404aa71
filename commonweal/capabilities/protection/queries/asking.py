"""What people asked about openings, for the officer who answers within one month."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from commonweal.capabilities.identity.queries import colleagues
from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.protection.errors import NoSuchQuestion
from commonweal.capabilities.protection.models import Question
from commonweal.capabilities.protection.queries.officers import require_officer
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import today
from commonweal.foundations.personal_data.models import Trace
from commonweal.foundations.personal_data.purposes import RIGHTS
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.personal_data.trace import Matter
from commonweal.foundations.scope.actors import Actor, Staff

_MOST = 200


@dataclass(frozen=True)
class AskedRow:
    """A question that waits: when it was asked, by when it must be answered (UK GDPR Article 12(3)), about what."""

    id: UUID
    asked_at: datetime
    due_on: date
    days_left: int
    line_at: datetime


@dataclass(frozen=True)
class AskedPage:
    """A question in full, with who it was: the officer sees the name, and whether it may ever be told."""

    id: UUID
    asked_at: datetime
    due_on: date
    text: str
    line_at: datetime
    who: str
    is_never_named: bool
    role: str
    team: str
    purpose: str
    channel: str
    reference: str
    reason: str
    answered_at: datetime | None
    outcome: str
    answer: str


@query()
def open_questions(actor: Staff, *, organisation: int) -> tuple[AskedRow, ...]:
    """The questions nobody has answered, due first. Opens nothing. Raises NotTheOfficer."""
    require_officer(actor, organisation)
    rows = Question.objects.filter(organisation_id=organisation, answered_at=None).order_by("due_on", "id")
    found = rows.values_list("id", "asked_at", "due_on", "line_at")[:_MOST]
    return tuple(AskedRow(row, asked, due, (due - today()).days, line) for row, asked, due, line in found)


@query(opens=RIGHTS)
def question(actor: Staff, *, organisation: int, question: UUID) -> AskedPage:
    """One question in full, opened to answer it. Raises NotTheOfficer, NoSuchQuestion."""
    require_officer(actor, organisation)
    found = Question.objects.filter(organisation_id=organisation, id=question).first()
    line = line_of(organisation, found) if found else None
    if found is None or line is None:
        raise NoSuchQuestion
    current_reading().about(Matter("question", found.id, line.reference))
    named = colleagues.names_of(actor, organisation=organisation, accounts=_staff(line))
    teams = {team.id: team.name for team in organisations.teams(actor, organisation=organisation)}
    return AskedPage(
        id=found.id,
        asked_at=found.asked_at,
        due_on=found.due_on,
        text=found.text or "",
        line_at=line.at,
        who=named.get(line.actor_id, line.actor_kind) if line.actor_id else line.actor_kind,
        is_never_named=bool(colleagues.never_named(actor, organisation=organisation, accounts=_staff(line))),
        role=line.actor_role,
        team=teams.get(line.team_id, "") if line.team_id else "",
        purpose=line.purpose,
        channel=line.channel,
        reference=line.reference,
        reason=line.reason,
        answered_at=found.answered_at,
        outcome=found.outcome,
        answer=found.answer or "",
    )


@query()
def name_never_told(actor: Actor, *, organisation: int, question: UUID) -> str:
    """The name of the member of staff whom an answer may not name; empty when it may, or when it was none."""
    found = Question.objects.filter(organisation_id=organisation, id=question).first()
    line = line_of(organisation, found) if found else None
    accounts = colleagues.never_named(actor, organisation=organisation, accounts=_staff(line)) if line else ()
    return "".join(colleagues.names_of(actor, organisation=organisation, accounts=accounts).values())


def line_of(organisation: int, asked: Question) -> Trace | None:
    """The line of the trace that was asked about; None when its month is gone."""
    return Trace.objects.filter(organisation_id=organisation, id=asked.line_id, at=asked.line_at).first()


def _staff(line: Trace) -> set[UUID]:
    return {line.actor_id} if line.actor_id else set()
