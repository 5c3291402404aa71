"""How many cases are open, who deals with them and when they are due: sums of tallies, never a count of cases."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, models

from commonweal.capabilities.cases.models import Tally
from commonweal.capabilities.cases.queries.restriction import hidden_among
from commonweal.capabilities.cases.queries.tallying import DIFFERENCES
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.capabilities.identity.queries import colleagues
from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import today
from commonweal.foundations.errors import Forbidden
from commonweal.foundations.scope.actors import Staff, System

_MANAGER = "team_manager"
_NEW_LINES = 500
"""As many lines of one team are read beside its sums before they are folded."""

_COUNTED = """
select team_id, service, assignee_id, sum(n), coalesce(sum(n) filter (where due_on < %(today)s), 0),
    coalesce(sum(n) filter (where due_on = %(today)s), 0)
from cases_tally where organisation_id = %(organisation)s and team_id = any(%(teams)s)
group by team_id, service, assignee_id order by team_id, service, assignee_id
"""


@dataclass(frozen=True)
class Count:
    """How many cases are open; of these `overdue` and `due_today`."""

    open: int = 0
    overdue: int = 0
    due_today: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.open + other.open, self.overdue + other.overdue, self.due_today + other.due_today)


Counted = tuple[tuple[UUID, str, UUID | None, Count], ...]
"""Team, service, who deals with them, and how many."""


@dataclass(frozen=True)
class Load:
    """What one person of a team has to do; nobody's when `account` is None. `is_member`: works in the team now."""

    account: UUID | None
    name: str
    count: Count
    is_member: bool


@dataclass(frozen=True)
class TeamLoad:
    """What a team has to do, and who of it deals with how much."""

    team: UUID
    name: str
    total: Count
    people: tuple[Load, ...]


def counted(organisation: int, teams: Collection[UUID]) -> Counted:
    """The open cases of these teams, by service and by who deals with them. Needs an open scope."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, {"organisation": organisation, "teams": list(teams), "today": today()})
        rows = cursor.fetchall()
    return tuple((team, service, who, Count(*counts)) for team, service, who, *counts in rows)


def total(counts: Iterable[Count]) -> Count:
    """All of them together."""
    return sum(counts, Count())


@query()
def workload(actor: Staff, *, organisation: int) -> tuple[TeamLoad, ...]:
    """What the teams of a manager have to do, and who deals with it; opens nothing. Raises Forbidden for others."""
    if _MANAGER not in actor.roles:
        raise Forbidden
    hidden = hidden_among(actor, catalogue.all_services(actor, organisation=organisation).latest)
    rows = tuple(each for each in counted(organisation, actor.teams) if each[1] not in hidden)
    members = {
        (row.team, row.account): row.name
        for row in colleagues.colleagues(actor, organisation=organisation)
        if row.team in actor.teams
    }
    strangers = {who for team, _service, who, _count in rows if who and (team, who) not in members}
    names = colleagues.names_of(actor, organisation=organisation, accounts=strangers) if strangers else {}
    teams = (team for team in organisations.teams(actor, organisation=organisation) if team.id in actor.teams)
    return tuple(_load_of(team, rows, members, names) for team in teams)


@query()
def is_miscounted(actor: System, *, organisation: int) -> bool:
    """Whether a tally of the organisation does not say what its cases are: a defect, which `recount` mends."""
    with connection.cursor() as cursor:
        cursor.execute(f"select exists ({DIFFERENCES})", {"organisation": organisation})
        return bool(cursor.fetchone()[0])


@query()
def teams_to_fold(actor: System, *, organisations: tuple[int, ...]) -> tuple[tuple[int, UUID], ...]:
    """(organisation, team) of those that have so many new lines that they are better folded."""
    fresh = Tally.objects.filter(organisation_id__in=organisations, is_sum=False)
    lines = fresh.values("organisation_id", "team_id").annotate(lines=models.Count("id")).filter(lines__gt=_NEW_LINES)
    return tuple(lines.values_list("organisation_id", "team_id"))


def _load_of(
    team: organisations.TeamRow, rows: Counted, members: dict[tuple[UUID, UUID], str], names: dict[UUID, str]
) -> TeamLoad:
    """Members by name first, with nothing to do as well; then nobody, then those who are of the team no more."""
    theirs: dict[UUID | None, Count] = {}
    for of_team, _service, who, count in rows:
        if of_team == team.id:
            theirs[who] = theirs.get(who, Count()) + count
    people = [
        Load(account, name, theirs.get(account, Count()), is_member=True)
        for (of_team, account), name in members.items()
        if of_team == team.id
    ]
    known = {load.account for load in people}
    others = [
        Load(who, names.get(who, "") if who else "", count, is_member=False)
        for who, count in theirs.items()
        if who not in known and count.open
    ]
    people += sorted(others, key=lambda load: (load.account is not None, load.name))
    return TeamLoad(team.id, team.name, total(theirs.values()), tuple(people))
