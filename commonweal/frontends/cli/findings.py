"""What `commonweal doctor` finds in the data: months, numbers, and what lags behind."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import psycopg

Connection = psycopg.Connection[tuple[Any, ...]]

_LONGEST_WAIT = timedelta(minutes=10)
"""What takes a worker seconds, and a long transaction beside it minutes."""

_DELIVERIES = """
select count(*) filter (where attempts > 0), now() - min(at) filter (where attempts = 0 and next_at <= now())
from events_outgoing where delivered_at is null and given_up_at is null
"""
_UNSEALED = """
select now() - min(at) from audit_entry left join (
    select epoch, floor, upto_transaction, upto_id from audit_seal order by number desc limit 1
) as latest on true
where latest is null or (
    id > floor and transaction >= upto_transaction and (transaction, id) > (upto_transaction, upto_id)
)
"""


@dataclass(frozen=True)
class Finding:
    """What was found; the sentence of something wrong says what to do."""

    is_well: bool
    sentence: str


def examine_months(connection: Connection) -> Finding:
    """Lines of a month that was not made lie where no retention drops them as a whole."""
    from commonweal.foundations.personal_data.partitions import FEWEST_AHEAD, months_ahead

    ahead = months_ahead(connection)
    is_well = ahead >= FEWEST_AHEAD
    return Finding(is_well, f"The trace has {ahead} months ahead{'' if is_well else ': run `commonweal maintain`'}.")


def examine_tallies(connection: Connection) -> Finding:
    """What staff see on the tabs of their worklists is summed, never counted: here it is held against the cases."""
    from commonweal.capabilities.cases.queries.tallying import EVERYWHERE

    row = connection.execute("select to_regclass('public.cases_tally') is not null").fetchone()
    wrong = len(connection.execute(EVERYWHERE).fetchall()) if row and row[0] else 0
    words = f"{wrong} of the numbers on worklists are wrong: restart the worker, which counts them anew when it starts"
    return Finding(not wrong, f"{words}." if wrong else "The numbers on worklists are what the cases say.")


def examine_deliveries(connection: Connection) -> Finding:
    """What follows from a change is delivered within a second, or somebody should look why."""
    ((failing, waits),) = connection.execute(_DELIVERIES).fetchall()
    if failing:
        return Finding(False, f"{failing} events are not delivered: `commonweal events list` says why.")
    return _judge_wait(waits, "Events are delivered.", "An event has waited")


def examine_seals(connection: Connection) -> Finding:
    """Until the log is sealed, whoever owns the database can change its end unseen."""
    ((waits,),) = connection.execute(_UNSEALED).fetchall()
    return _judge_wait(waits, "The audit log is sealed.", "The end of the audit log has waited for its seal")


def _judge_wait(waits: timedelta | None, well: str, words: str) -> Finding:
    if waits is None or waits < _LONGEST_WAIT:
        return Finding(True, well)
    return Finding(False, f"{words} for {waits // timedelta(minutes=1):,} minutes: see that a worker runs.")
