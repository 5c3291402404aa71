"""The outbox is kept for a while after delivery, to answer what was told to whom, and then emptied."""

from dateutil.relativedelta import relativedelta
from django.db import connection

from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data.schedules import rule_for
from commonweal.foundations.scope.actors import System
from commonweal.foundations.scope.scopes import PLATFORM, write_scope

_PRUNER = System(task="events.prune")
_AT_MOST = 1000

# The oldest lie first: what is young ends the look, and no index on the date of delivery slows down every delivery.
_PRUNE = """
with old as (
    select id from (
        select id, coalesce(delivered_at, given_up_at) as ended from events_outgoing order by id limit %(at_most)s
    ) as oldest where ended < %(before)s
), marks as (
    delete from events_handled where event_id in (select id from old)
)
delete from events_outgoing where id in (select id from old)
"""


def prune_delivered() -> int:
    """Delete a thousand events done with longer ago than the rule `events.delivered` says; returns how many."""
    before = now() - relativedelta(months=rule_for("events.delivered", "UK").months)
    with write_scope(_PRUNER, PLATFORM), connection.cursor() as cursor:
        cursor.execute(_PRUNE, {"before": before, "at_most": _AT_MOST})
        return int(cursor.rowcount)
