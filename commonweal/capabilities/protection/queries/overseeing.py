"""The trace for the data protection officer, and how often work was stopped by a prompt."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection

from commonweal.capabilities.identity.queries import colleagues
from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.protection.queries.officers import require_officer
from commonweal.capabilities.protection.queries.paging import Cursor
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data.models import Opening, Trace
from commonweal.foundations.personal_data.prompts import MOST_PROMPTED
from commonweal.foundations.scope.actors import Actor, Staff

_PAGE = 50
_WEEKS = 12


@dataclass(frozen=True)
class OfficerRow:
    """A line of the trace as the officer sees it, with the name of the member of staff. All else is codes.

    `who` is the kind of actor (resident, system ...) where it was no member of staff. `reason` says why it was refused
    or, where it `was_prompted`, why it was needed.
    """

    id: UUID
    at: datetime
    kind: str
    who: str
    team: str
    purpose: str
    channel: str
    reference: str
    subject: UUID
    fields: tuple[str, ...]
    reason: str
    was_prompted: bool


@dataclass(frozen=True)
class OfficerPage:
    """A page of the trace, latest first; `following` is the cursor of the next, empty on the last."""

    rows: tuple[OfficerRow, ...]
    following: str


@dataclass(frozen=True)
class PromptWeek:
    """How many openings by staff in a week (from Monday, local time) needed a reason."""

    monday: date
    opened: int
    prompted: int

    @property
    def share(self) -> float:
        return self.prompted / self.opened if self.opened else 0.0

    @property
    def is_too_much(self) -> bool:
        """A prompt on more than 2% of openings is a defect (practice: the trace)."""
        return self.share > MOST_PROMPTED


@query()
def officer_openings(actor: Staff, *, organisation: int, kind: str = "", after: str = "") -> OfficerPage:
    """The trace of the organisation, 50 lines a page, all or of one kind. Raises NotTheOfficer.

    `after` is the cursor that the page before gave; one that makes no sense shows the beginning.
    """
    require_officer(actor, organisation)
    lines = Trace.objects.filter(organisation_id=organisation).order_by("-at", "-id")
    if kind in Opening.values:
        lines = lines.filter(kind=kind)
    cursor = Cursor.read(after)
    found = list((lines.filter(cursor.begins()) if cursor else lines)[: _PAGE + 1])
    rows = _officer_rows(actor, organisation, found[:_PAGE])
    return OfficerPage(rows, Cursor.after(found[_PAGE - 1]).text() if len(found) > _PAGE else "")


@query()
def prompt_rate(actor: Staff, *, organisation: int) -> tuple[PromptWeek, ...]:
    """The last twelve weeks in which staff opened anything, latest first. Raises NotTheOfficer."""
    require_officer(actor, organisation)
    with connection.cursor() as cursor:
        cursor.execute(
            "select date_trunc('week', at at time zone 'Europe/London')::date, count(*),"
            " count(*) filter (where prompted)"
            " from personal_data_trace where organisation_id = %s and at >= %s and kind = %s and actor_kind = 'staff'"
            " group by 1 order by 1 desc",
            [organisation, now() - timedelta(weeks=_WEEKS), Opening.OPENED.value],
        )
        return tuple(PromptWeek(*row) for row in cursor.fetchall())


def _officer_rows(actor: Actor, organisation: int, lines: Iterable[Trace]) -> tuple[OfficerRow, ...]:
    lines = list(lines)
    staff = colleagues.names_of(
        actor, organisation=organisation, accounts={line.actor_id for line in lines if line.actor_id}
    )
    teams = {team.id: team.name for team in organisations.teams(actor, organisation=organisation)}
    return tuple(
        OfficerRow(
            id=line.id,
            at=line.at,
            kind=line.kind,
            who=staff.get(line.actor_id, line.actor_kind) if line.actor_id else line.actor_kind,
            team=teams.get(line.team_id, "") if line.team_id else "",
            purpose=line.purpose,
            channel=line.channel,
            reference=line.reference,
            subject=line.subject_id,
            fields=tuple(line.fields),
            reason=line.reason,
            was_prompted=line.prompted,
        )
        for line in lines
    )
