"""Whether the tallies of worklists say what the cases are, as SQL. Nothing of Django: `doctor` asks it too."""

KEY = "organisation_id, team_id, service, assignee_id, due_on"


def _differences(where: str = "true") -> str:
    return f"""
with counted as (
    select {KEY}, count(*) as n from cases_case where {where} and closed_at is null group by {KEY}
), tallied as (
    select {KEY}, sum(n) as n from cases_tally where {where} group by {KEY}
)
select {KEY}, sum(n) as n from (select {KEY}, n from counted union all select {KEY}, -n from tallied) as both_ways
group by {KEY} having sum(n) <> 0
"""  # noqa: S608 our own words


DIFFERENCES = _differences("organisation_id = %(organisation)s")
"""Keys of which an organisation's tallies do not say what its cases are, in one statement: both as at one moment."""

EVERYWHERE = _differences()
"""The same of all organisations, for the owner's login, which sees them."""
