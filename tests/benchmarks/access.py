"""Copies and erasures by plan, beside bare SQL that reads or deletes the same rows of the same tables.

Ten tables of an organisation, a million rows: one person has a row in each, another 90,000 in all, sealed under their
keys. Ours opens a reading, leaves its trace, opens what is sealed, and writes CSV, JSON, hashes and the schema to disk;
the floor fetches the rows as they lie, on a connection that is open already, under no policy.
"""

import os
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID, uuid4

import psycopg

from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.documents.packs import Pack, Row, Section, pack_pdf
from commonweal.foundations.personal_data import keys
from commonweal.foundations.personal_data.declarations import Category, SubjectKind
from commonweal.foundations.personal_data.purposes import RIGHTS
from commonweal.foundations.personal_data.reading import reading
from commonweal.foundations.personal_data.sealing import seal
from commonweal.foundations.personal_data.subjects.collecting import collect
from commonweal.foundations.personal_data.subjects.erasing import erase
from commonweal.foundations.personal_data.subjects.plan import Plan, compile_plan
from commonweal.foundations.personal_data.subjects.reaching import Gone
from commonweal.foundations.personal_data.subjects.tables import Column, TableDeclaration
from commonweal.foundations.scope.actors import System
from commonweal.foundations.scope.isolation import application_login
from tests.benchmarks.figures import Figure, in_turns

_BODY = 900_002
"""An organisation that has these rows and nothing else."""
_DESK = System(task="benchmarks.rights", purposes=frozenset({RIGHTS.code}))
_TABLES, _HEAVY = 10, 10_000
_N = {"small": 40, "large": 7, "erase": 5, "growth": 40}


@dataclass(frozen=True)
class World:
    """Ten tables that begin with `name`, of so many people with a row in each."""

    name: str
    people: int

    def tables(self) -> tuple[TableDeclaration, ...]:
        return tuple(self._table(number) for number in range(_TABLES))

    def plan(self) -> Plan:
        return compile_plan(self.tables(), SubjectKind.PERSON)

    def _table(self, number: int) -> TableDeclaration:
        whose = (Column("person_id", Category.IDENTIFIER, "whose it is", format="uuid"),) if number else ()
        columns = (
            Column("id", format="uuid"),
            *whose,
            Column("at", format="date-time"),
            Column("note", Category.HISTORY, "to know what happened"),
            Column("said", Category.ANSWER, "to deal with it", is_sealed=True),
        )
        return TableDeclaration(
            label=f"{self.name}.t{number}",
            table=f"{self.name}_t{number}",
            columns=columns,
            kind=SubjectKind.PERSON,
            subject="person_id" if number else "id",
            keeps="people.closed",
        )


def figures() -> list[Figure]:
    """access.small, access.large, erase.large (ms), access.memory_mb and access.growth."""
    world, small, light = World("access", 100_000), UUID(int=1), UUID(int=2)
    with _connect() as connection, TemporaryDirectory() as folder:
        _make(connection, world)
        _give(connection, world, {small: 1, light: _HEAVY})
        out = Path(folder) / "pack"
        return [
            _memory(connection, world, light, out),
            _access("small", connection, world, small, out),
            _access("large", connection, world, light, out),
            _erase(connection, world, light),
            _pdf(),
            _growth(connection, out),
        ]


def _copy(plan: Plan, person: UUID, out: Path) -> None:
    """One more pack; they are removed together, which is not counted."""
    with reading(_DESK, purpose=RIGHTS, organisation=_BODY):
        collect(plan, subjects=[person], folder=out / str(uuid4()))


def _read_by_hand(connection: psycopg.Connection[Any], world: World, person: UUID) -> None:
    for table in world.tables():
        connection.execute(
            f"select * from {table.table} where organisation_id = {_BODY} and {table.subject} = %s", [person]
        ).fetchall()
    connection.commit()


def _access(size: str, connection: psycopg.Connection[Any], world: World, person: UUID, out: Path) -> Figure:
    plan = world.plan()
    seconds, floor = in_turns(
        [lambda: _copy(plan, person, out), lambda: _read_by_hand(connection, world, person)], _N[size]
    )
    shutil.rmtree(out)
    return Figure(f"access.{size}", seconds * 1000, "ms", floor * 1000, seconds / floor, _N[size])


def _memory(connection: psycopg.Connection[Any], world: World, person: UUID, out: Path) -> Figure:
    """How far the process grows at most while it works, in megabytes, as the kernel counts it."""
    plan = world.plan()
    ours = _peak(lambda: _copy(plan, person, out))
    floor = _peak(lambda: _read_by_hand(connection, world, person))
    return Figure("access.memory_mb", ours, "MB", floor, ours / max(floor, 0.1), 1)


def _peak(work: Callable[[], object]) -> float:
    Path("/proc/self/clear_refs").write_text("5")
    before = _status("VmRSS")
    work()
    return (_status("VmHWM") - before) / 1024


def _status(name: str) -> int:
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(name))
    return int(line.split()[1])


@action()
def erase_person(actor: System, *, organisation: int, plan: Plan, person: UUID) -> None:
    """Whoever has 90,000 rows goes."""
    erase(plan, gone=Gone(people=[person]))
    record("benchmarks.person", person)


def _erase(connection: psycopg.Connection[Any], world: World, person: UUID) -> Figure:
    """The rows come back between the turns, which is not counted."""
    plan = world.plan()

    def by_hand() -> None:
        for table in reversed(world.tables()):
            connection.execute(
                f"delete from {table.table} where organisation_id = {_BODY} and {table.subject} = %s", [person]
            )
        connection.commit()

    works: list[Callable[[], object]] = [
        lambda: erase_person(_DESK, organisation=_BODY, plan=plan, person=person),
        by_hand,
    ]
    taken: list[list[float]] = [[], []]
    with _stashed(connection, world, person):
        for turn in range(_N["erase"] + 1):
            for work, seconds in zip(works, taken, strict=True):
                began = time.perf_counter()
                work()
                if turn:
                    seconds.append(time.perf_counter() - began)
                _bring_back(connection, world)
    ours, floor = (statistics.median(seconds) for seconds in taken)
    return Figure("erase.large", ours * 1000, "ms", floor * 1000, ours / floor, _N["erase"])


@contextmanager
def _stashed(connection: psycopg.Connection[Any], world: World, person: UUID) -> Iterator[None]:
    for table in world.tables():
        connection.execute(
            f"create unlogged table stash_{table.table} as select * from {table.table} where {table.subject} = %s",
            [person],
        )
    connection.execute(
        "create unlogged table stash_keys as select * from personal_data_datakey where holder = %s", [person]
    )
    connection.commit()
    yield


def _bring_back(connection: psycopg.Connection[Any], world: World) -> None:
    for table in world.tables():
        connection.execute(f"insert into {table.table} select * from stash_{table.table} on conflict do nothing")
    connection.execute("insert into personal_data_datakey select * from stash_keys on conflict do nothing")
    connection.commit()
    connection.autocommit = True
    for table in world.tables():
        connection.execute(f"vacuum analyze {table.table}")
    connection.autocommit = False


def _growth(connection: psycopg.Connection[Any], out: Path) -> Figure:
    """The same person's copy among a million people and among ten thousand, in turns."""
    person = UUID(int=1)
    works: list[Callable[[], object]] = []
    for world in (World("crowd", 1_000_000), World("village", 10_000)):
        _make(connection, world)
        _give(connection, world, {person: 1})
        works.append(partial(_copy, world.plan(), person, out))
    crowd, village = in_turns(works, _N["growth"])
    shutil.rmtree(out)
    return Figure("access.growth", crowd * 1000, "ms", village * 1000, crowd / village, _N["growth"])


def _pdf() -> Figure:
    """The reading copy of ten tables with a row each, which no pack is without; the floor is one without any table."""
    rows = (Row("1", (("note", "note " * 8), ("said", "What they said"))),)
    sections = tuple(Section(f"Table {number}", ("1 row",), rows) for number in range(_TABLES))
    whole = Pack(author="Council", title="A copy", on=date(2026, 11, 23), lines=("Our reference",), sections=sections)
    bare = replace(whole, sections=())
    seconds, floor = in_turns([lambda: pack_pdf(whole, own_fonts=None), lambda: pack_pdf(bare, own_fonts=None)], 10)
    return Figure("access.pdf_ms", seconds * 1000, "ms", floor * 1000, seconds / floor, 10)


def _connect() -> psycopg.Connection[Any]:
    return psycopg.connect(os.environ["DATABASE_OWNER_URL"])


def _make(connection: psycopg.Connection[Any], world: World) -> None:
    """Tables like ours, under policies, with a row of everybody in each."""
    for table in world.tables():
        name, is_person = table.table, table.subject == "id"
        whose = "" if is_person else "person_id uuid not null,"
        connection.execute(
            f"create table {name} (id uuid not null, organisation_id bigint not null, key_id uuid, {whose}"
            " at timestamptz not null, note text not null, said bytea not null)"
        )
        who = "md5('person' || i)::uuid"
        what = who if is_person else f"md5('{name}' || i)::uuid"
        connection.execute(
            f"insert into {name} select {what}, {_BODY}, null, {'' if is_person else who + ','} now(),"
            f" repeat('note ', 8), decode(repeat('00', 80), 'hex') from generate_series(1, {world.people}) as i"
        )
        connection.execute(f"alter table {name} add primary key (id)")
        if not is_person:
            connection.execute(f"create index on {name} (organisation_id, person_id)")
        readable = "organisation_id = any (current_setting('commonweal.organisations')::bigint[])"
        connection.execute(f"alter table {name} enable row level security")
        connection.execute(f"create policy {name}_all on {name} using ({readable})")
        connection.execute(f"grant select, insert, update, delete on {name} to {application_login()}")
    connection.commit()


@action()
def make_key(actor: System, *, organisation: int, person: UUID) -> tuple[UUID, bytes]:
    """The key of a person."""
    key_id = keys.key_for_subject(person, "people.closed")
    record("benchmarks.key", person)
    return key_id, keys.to_seal_with(key_id)


def _give(connection: psycopg.Connection[Any], world: World, rows: dict[UUID, int]) -> None:
    """So many rows of each table but the first to each of these people."""
    for person, count in rows.items():
        key_id, key = make_key(_DESK, organisation=_BODY, person=person)
        for number, table in enumerate(world.tables()):
            lines = [_row(table, number, nth, person, (key_id, key)) for nth in range(1 if number == 0 else count)]
            with connection.cursor() as cursor, cursor.copy(f"copy {table.table} from stdin") as copy:
                for line in lines:
                    copy.write_row(line)
    connection.commit()
    connection.autocommit = True
    for table in world.tables():
        connection.execute(f"vacuum analyze {table.table}")
    connection.autocommit = False


def _row(table: TableDeclaration, number: int, nth: int, person: UUID, held: tuple[UUID, bytes]) -> list[Any]:
    key_id, key = held
    row = person if number == 0 else UUID(int=(person.int << 64) + (number << 32) + nth)
    said = seal(f"What they said, {nth}", key_id=key_id, key=key, label=f"{table.label}.said", row=row)
    whose = [] if number == 0 else [person]
    return [row, _BODY, key_id, *whose, "2026-11-23T09:00:00Z", "note " * 8, said]
