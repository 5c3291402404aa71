"""Which due dates moved because the calendar changed, for the administrator and for the teams whose cases they are."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language

from commonweal.capabilities.cases.models import Case, ClockMove
from commonweal.capabilities.cases.queries.restriction import exist_for
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.actions.query import query
from commonweal.foundations.scope.actors import Staff

_ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class MovedRow:
    """A due date that moved: of which case and team, from when to when, and for which `day` of the calendar.

    `is_theirs`: the case is of the actor's team, who may open it.
    """

    reference: str
    service_title: str
    team: str
    from_day: date
    to_day: date
    day: date
    why: str
    at: datetime
    is_theirs: bool


@query()
def clocks_moved(actor: Staff, *, organisation: int, at_most: int = 50) -> tuple[MovedRow, ...]:
    """Due dates that moved, latest first: all for an administrator, else those of the actor's teams. Opens nothing."""
    moves = ClockMove.objects.filter(exist_for(actor, of="case__"), organisation_id=organisation).select_related("case")
    if _ADMINISTRATOR not in actor.roles:
        moves = moves.filter(case__team_id__in=actor.teams)
    teams = {team.id: team.name for team in organisations.teams(actor, organisation=organisation)}
    return tuple(_row(actor, move, teams[move.case.team_id]) for move in moves.order_by("-at", "id")[:at_most])


def _row(actor: Staff, move: ClockMove, team: str) -> MovedRow:
    case: Case = move.case
    offered = catalogue.service_version(actor, organisation=case.organisation_id, version=case.version_id)
    return MovedRow(
        reference=case.reference,
        service_title=offered.service.title.in_language(get_language()),
        team=team,
        from_day=move.from_day,
        to_day=move.to_day,
        day=move.day,
        why=move.why,
        at=move.at,
        is_theirs=case.team_id in actor.teams,
    )
