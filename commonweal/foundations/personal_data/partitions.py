"""The trace lies in monthly partitions, made ahead by the owner; whole months go when their period is over.

A partition can be reached directly, past the policies of its parent: so each gets policies of its own and the
application no privilege on it. What falls into no month (a clock set wrong) lies in the default partition until its
month is made.
"""

from datetime import date
from typing import Any, Protocol

from dateutil.relativedelta import relativedelta
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.sql import SQL, Identifier

from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.personal_data.schedules import rule_for
from commonweal.foundations.scope.isolation import application_login

TABLE = "personal_data_trace"
MONTHS_AHEAD = 13
FEWEST_AHEAD = 2


class Cursors(Protocol):
    """A connection of Django's or of the driver's."""

    def cursor(self) -> Any: ...


PARTITIONED = f"""
create table {TABLE}_parted (like {TABLE}) partition by range (at);
drop table {TABLE};
alter table {TABLE}_parted rename to {TABLE};
alter table {TABLE} add primary key (id, at);
create table {TABLE}_default partition of {TABLE} default;
"""
"""Turns the empty table that Django made into a partitioned one; Django makes its indexes after."""

_READABLE = "organisation_id = any (current_setting('commonweal.organisations')::bigint[])"


def make_partitions(owner: BaseDatabaseWrapper, *, first: date | None = None, months: int = MONTHS_AHEAD) -> list[str]:
    """Make the months that are missing, from this one (or `first`) to `months` ahead; returns the names made."""
    start = (first or today()).replace(day=1)
    there = set(partitions(owner))
    made = []
    for number in range(months + 1):
        month = start + relativedelta(months=number)
        name = f"{TABLE}_{month:%Y_%m}"
        if name not in there:
            _make(owner, name, month)
            made.append(name)
    return made


def drop_expired(owner: BaseDatabaseWrapper) -> list[str]:
    """Drop the months that ended longer ago than the trace is kept (rule personal_data.trace); returns their names.

    The one platform retention: a month holds the lines of all bodies. Lines that lie in no month go by their date.
    """
    kept = rule_for("personal_data.trace", "UK").months
    first_kept = now().date().replace(day=1) - relativedelta(months=kept)
    expired = [name for name in partitions(owner) if name < f"{TABLE}_{first_kept:%Y_%m}"]
    with owner.cursor() as cursor:
        for name in expired:
            cursor.execute(f"drop table {name}")
        cursor.execute("delete from personal_data_trace_default where at < %s", [f"{first_kept} 00:00+00"])
    return expired


def months_ahead(using: Cursors = connection) -> int:
    """How many months after this one have their partition: `doctor` warns when there are fewer than `FEWEST_AHEAD`."""
    this_month = f"{TABLE}_{today():%Y_%m}"
    return sum(name > this_month for name in partitions(using))


def partitions(using: Cursors) -> list[str]:
    """The names of the monthly partitions, oldest first."""
    with using.cursor() as cursor:
        cursor.execute(
            "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
            " where i.inhparent = to_regclass(%s) and c.relname ~ '_[0-9]{4}_[0-9]{2}$' order by 1",
            [TABLE],
        )
        return [name for (name,) in cursor.fetchall()]


def isolate_partition(owner: BaseDatabaseWrapper, name: str) -> None:
    """The application has no way to the partition itself, and if it had one, the policy would hold it."""
    with owner.cursor() as cursor:
        cursor.execute(f"revoke all on {name} from {application_login()}")
        cursor.execute(f"alter table {name} enable row level security")
        cursor.execute(f"create policy {name}_read on {name} for select using ({_READABLE})")


_MAKE = (
    "create table {name} (like personal_data_trace including defaults including indexes)",
    "with moved as (delete from personal_data_trace_default where at >= {start} and at < {end} returning *)"
    " insert into {name} select * from moved",
    "alter table personal_data_trace attach partition {name} for values from ({start}) to ({end})",
)


def _make(owner: BaseDatabaseWrapper, name: str, month: date) -> None:
    """Rows of the month that already lie in the default partition move in before it is attached, all or none."""
    following = month + relativedelta(months=1)
    bounds = [f"{month:%Y-%m-%d} 00:00+00", f"{following:%Y-%m-%d} 00:00+00"]
    with transaction.atomic(using=owner.alias):
        with owner.cursor() as cursor:
            for statement in _MAKE:
                cursor.execute(SQL(statement).format(name=Identifier(name), start=bounds[0], end=bounds[1]))
        isolate_partition(owner, name)
