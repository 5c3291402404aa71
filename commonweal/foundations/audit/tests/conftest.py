"""A log to attack: entries of several bodies, sealed in batches of a few."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connections

from commonweal.capabilities.organisations import actions as organisations
from commonweal.capabilities.organisations import queries
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.audit.judging import Finding
from commonweal.foundations.audit.leaves import id_of
from commonweal.foundations.audit.roots import Published
from commonweal.foundations.audit.sealing import SEALER, copy_lines, seal_settled
from commonweal.foundations.audit.statements import LINES
from commonweal.foundations.audit.verifying import Report, verify
from commonweal.foundations.scope.scopes import PLATFORM, read_scope

_KEPT = ("audit_entry", "audit_seal")

# A transaction that this server has not reached yet is another server's.
_UNSETTLED = """
select count(*) from audit_entry, pg_current_snapshot() as here
where transaction between pg_snapshot_xmin(here)::text::bigint and pg_snapshot_xmax(here)::text::bigint
and id not in (select unnest(entries) from audit_seal)
"""


@dataclass(frozen=True)
class Log:
    """The log as the platform sees it, and as the owner of the database can touch it."""

    leeds: int

    def bodies(self) -> tuple[int, ...]:
        """All bodies of the register."""
        return tuple(body.id for body in queries.organisations(SET_UP))

    def write(self, *names: str) -> None:
        """Leave an entry for each new team of Leeds."""
        for name in names:
            organisations.add_team(SET_UP, organisation=self.leeds, name=name)

    def settle(self) -> None:
        """Wait for whatever other tests run on this server: until it has ended, nothing that came later is sealed."""
        deadline = time.monotonic() + 30
        while self.ask(_UNSETTLED) != [(0,)]:
            assert time.monotonic() < deadline, "a transaction on this server does not end"
            time.sleep(0.02)

    def seal(self, *, at_most: int = 5) -> None:
        """Seal until nothing waits, once all has settled, so that nothing cuts the batches."""
        self.settle()
        deadline = time.monotonic() + 30
        while self.report().waiting:
            assert time.monotonic() < deadline, "what has settled is not sealed"
            seal_settled(self.bodies, at_most=at_most)

    def report(self, published: tuple[Published, ...] = ()) -> Report:
        return verify(self.bodies(), published=published)

    def findings(self) -> list[Finding]:
        return self.report().findings

    def first(self) -> Finding:
        """The first thing that is wrong."""
        return self.findings()[0]

    def tamper(self, statement: str, *values: int | str | bytes | None) -> None:
        """Do as the owner of the database, whom no policy and no privilege holds."""
        with connections["owner"].cursor() as cursor:
            cursor.execute(statement, values or None)

    def ask(self, statement: str, *values: int | str | bytes | None) -> list[tuple[Any, ...]]:
        """Look as the owner."""
        with connections["owner"].cursor() as cursor:
            cursor.execute(statement, values or None)
            return list(cursor.fetchall())

    def drop_batch(self, number: int) -> None:
        """Delete a seal with its entries, as the owner."""
        self.tamper("delete from audit_entry e using audit_seal where e.id = any (entries) and number = %s", number)
        self.tamper("delete from audit_seal where number = %s", number)

    @contextmanager
    def restored_after(self) -> Iterator[None]:
        """Whatever happens to the log in the block is undone after it, and then nothing is wrong."""
        for table in _KEPT:
            self.tamper(f"create temp table kept_{table} as table {table}")
        try:
            yield
        finally:
            for table in _KEPT:
                self.tamper(f"truncate {table}")
                self.tamper(f"insert into {table} overriding system value table kept_{table}")
                self.tamper(f"drop table kept_{table}")
        assert self.findings() == []

    def ids(self) -> list[int]:
        """The ids of all entries in the order in which they were sealed."""
        rows = self.ask("select entry from audit_seal, unnest(entries) with ordinality u(entry, n) order by number, n")
        return [entry for (entry,) in rows]

    def lines(self) -> dict[int, bytes]:
        """Every entry as it would be sealed now, by its id."""
        with read_scope(SEALER, (PLATFORM, *self.bodies())):
            return {id_of(line): line for line in copy_lines(LINES, {"ids": self.ids()})}


@pytest.fixture
def log(cast: Cast) -> Log:
    """Sealed in batches of five, and nothing is wrong with it."""
    made = Log(cast.leeds)
    made.seal()
    report = made.report()
    assert report.findings == []
    assert report.seals > 3
    return made
