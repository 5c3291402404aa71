"""Fold the tallies of open cases, so that few lines are summed, and correct them if they are wrong.

A trigger on the cases writes the lines (decision 20): nothing else needs to remember them.
"""

from uuid import UUID

from django.db import connection

from commonweal.capabilities.cases.queries.tallying import DIFFERENCES, KEY
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.scope.actors import System

_ABOUT = "cases.tally"

# The lines that one statement deletes are those it adds: what is written meanwhile waits for the next time.
_FOLD = f"""
with gone as (
    delete from cases_tally where organisation_id = %(organisation)s and team_id = %(team)s and not is_sum
    returning {KEY}, n
), changed as (
    select {KEY}, sum(n) as n, count(*) as lines from gone group by {KEY}
), added as (
    insert into cases_tally as old (id, {KEY}, n, is_sum)
    select gen_random_uuid(), {KEY}, n, true from changed where n <> 0
    on conflict ({KEY}) where is_sum do update set n = old.n + excluded.n
)
select coalesce(sum(lines), 0) from changed
"""  # noqa: S608 our own words

_DROP_EMPTY = (
    "delete from cases_tally where organisation_id = %(organisation)s and team_id = %(team)s and is_sum and n = 0"
)

_RECOUNT = f"""
insert into cases_tally (id, {KEY}, n) select gen_random_uuid(), {KEY}, n from ({DIFFERENCES}) as difference
"""  # noqa: S608 our own words


@action()
def fold(actor: System, *, organisation: int, team: UUID) -> int:
    """Add a team's new lines to its sums; returns how many there were. The counts do not change."""
    values: dict[str, int | UUID] = {"organisation": organisation, "team": team}
    with connection.cursor() as cursor:
        cursor.execute(_FOLD, values)
        folded = int(cursor.fetchone()[0])
        cursor.execute(_DROP_EMPTY, values)
    record(_ABOUT, team, folded=folded)
    return folded


@action()
def recount(actor: System, *, organisation: int) -> int:
    """Add the line that wrong tallies lack; returns how many were wrong, which is none unless there is a defect."""
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT, {"organisation": organisation})
        mended = int(cursor.rowcount)
    record(_ABOUT, changed=["n"] if mended else [], mended=mended)
    return mended
