"""The worklist of one of ten teams, with 3 of 30 services, among 1,000,000 cases (COMMONWEAL_BENCH_CASES)."""

import os
import re
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, connections
from uuid6 import uuid7

from commonweal.capabilities.cases.queries import worklists
from commonweal.capabilities.cases.queries.filters import Filter
from commonweal.capabilities.catalogue import actions as catalogue
from commonweal.capabilities.catalogue.queries import services as offered
from commonweal.capabilities.organisations import actions as organisations
from commonweal.capabilities.organisations import queries as bodies
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.personal_data import keys
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.personal_data.sealing import seal
from commonweal.foundations.scope.actors import Staff, System
from commonweal.foundations.scope.scopes import read_scope, write_scope
from tests.benchmarks.figures import Figure

COUNT = int(os.environ.get("COMMONWEAL_BENCH_CASES", "1000000"))
_TEAMS, _SERVICES_EACH, _STAFF_EACH, _PEOPLE = 10, 3, 8, 20_000
_ROUNDS = 60
_SET_UP = System(task="bench")

# One case in five is open, one of four of these is assigned to nobody; due dates lie around today.
_CASES = """
insert into cases_case (id, organisation_id, reference, service, version_id, submission_id, person_id, stage, outcome,
    team_id, assignee_id, place, postcode, opened_at, due_on, closed_at, revision)
select gen_random_uuid(), %(organisation)s, 'W' || lpad(n::text, 9, '0'), (%(services)s::text[])[1 + n %% %(many)s],
    (%(versions)s::uuid[])[1 + n %% %(many)s], gen_random_uuid(),
    (%(people)s::uuid[])[1 + (random() * %(last_person)s)::int],
    case when is_closed then 'closed' when n %% 7 = 0 then 'scheduled' else 'received' end,
    case when is_closed then 'collected' else '' end,
    (%(teams)s::uuid[])[1 + (n %% %(many)s) / %(each)s],
    case when random() < 0.25 and not is_closed then null
        else (%(staff)s::uuid[])[
            1 + (n %% %(many)s) / %(each)s * %(staff_each)s + (random() * %(last_staff)s)::int
        ] end,
    '1 High Street', 'LS1 1UR', now() - random() * interval '700 days', current_date - 20 + (random() * 80)::int,
    case when is_closed then now() - random() * interval '700 days' end, 1
from (select n, (n / %(many)s) %% 5 > 0 as is_closed from generate_series(1, %(count)s) as n) as made
"""

_BY_HAND = """
select c.id, c.reference, c.stage, c.due_on, c.revision, c.place, c.postcode, c.closed_at, c.version_id, c.assignee_id,
    p.id, p.name, k.wrapped
from (
    select * from cases_case as c where organisation_id = %s and team_id = %s and {condition} order by {order} limit 26
) as c join people_person p on p.id = c.person_id join personal_data_datakey k on k.id = p.key_id
order by {order}
"""

_ASKED: dict[str, tuple[Filter, str, str]] = {
    "open": (Filter(), "closed_at is null", "c.due_on, c.id"),
    "today": (Filter(show="today"), "closed_at is null and due_on = current_date", "c.due_on, c.id"),
    "overdue": (Filter(show="overdue"), "closed_at is null and due_on < current_date", "c.due_on, c.id"),
    "mine": (Filter(show="mine"), "closed_at is null and assignee_id = '{me}'", "c.due_on, c.id"),
    "unassigned": (Filter(show="unassigned"), "closed_at is null and assignee_id is null", "c.due_on, c.id"),
    "service": (Filter(service="bench_1"), "closed_at is null and service = 'bench_1'", "c.due_on, c.id"),
    "stage": (Filter(stage="scheduled"), "closed_at is null and stage = 'scheduled'", "c.due_on, c.id"),
    "closed": (Filter(show="closed"), "closed_at is not null", "c.closed_at desc, c.id"),
}


def figures() -> list[Figure]:
    """worklist.p95_ms and worklist.p50_ms over all tabs and two filters, beside the rows selected by hand.

    By hand: one statement, in the transaction that sets the organisation, which reads the same rows with name and key.
    """
    worker = _gather()
    taken: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in _ASKED}
    for turn in range(_ROUNDS + 3):
        for name, (asked, condition, order) in _ASKED.items():
            ours = _seconds(partial(_ask, worker, asked))
            theirs = _seconds(partial(_by_hand, worker, condition, order))
            if turn >= 3:
                taken[name][0].append(ours)
                taken[name][1].append(theirs)
    _tell(taken)
    every = [sorted(second for each in taken.values() for second in each[side]) for side in (0, 1)]
    return [
        _figure("worklist.p95_ms", every, 0.95),
        _figure("worklist.p50_ms", every, 0.5),
        _figure("worklist.counters", _counters(worker), 0.5),
    ]


def _figure(name: str, seconds: list[list[float]], share: float) -> Figure:
    ours, theirs = (sorted(each)[int(len(each) * share)] * 1000 for each in seconds)
    return Figure(name, ours, "ms", theirs, ours / theirs, len(seconds[0]))


def _counters(worker: Staff) -> list[list[float]]:
    """The numbers on the tabs from sums, beside counting the team's open cases."""
    from commonweal.capabilities.cases.queries.counters import counted

    def by_sums() -> None:
        with read_scope(worker, (worker.organisation,)):
            counted(worker.organisation, worker.teams)

    def by_counting() -> None:
        with read_scope(worker, (worker.organisation,)), connection.cursor() as cursor:
            cursor.execute(
                "select count(*), count(*) filter (where due_on < %s), count(*) filter (where due_on = %s),"
                " count(*) filter (where assignee_id is null), count(*) filter (where assignee_id = %s)"
                " from cases_case where organisation_id = %s and team_id = any(%s) and closed_at is null",
                [today(), today(), worker.account, worker.organisation, list(worker.teams)],
            )
            cursor.fetchall()

    return [[_seconds(by_sums) for _turn in range(_ROUNDS)], [_seconds(by_counting) for _turn in range(_ROUNDS)]]


def _ask(worker: Staff, asked: Filter) -> None:
    found = worklists.worklist(worker, organisation=worker.organisation, asked=asked)
    if len(found.rows) != 25:
        raise RuntimeError(f"{asked} shows {len(found.rows)} cases.")


def _by_hand(worker: Staff, condition: str, order: str) -> None:
    (team,) = worker.teams
    statement = _BY_HAND.format(condition=condition.format(me=worker.account), order=order)
    with read_scope(worker, (worker.organisation,)), connection.cursor() as cursor:
        cursor.execute(statement, [worker.organisation, team])
        if len(cursor.fetchall()) != 26:
            raise RuntimeError(f"{condition} shows too few cases.")


def _seconds(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _gather() -> Staff:
    """Thirty services of ten teams, a few people, and all the cases; returns one who works in the first team."""
    organisation = bodies.organisation_at(_SET_UP, slug="leeds").id
    teams = [organisations.add_team(_SET_UP, organisation=organisation, name=f"Bench {n}") for n in range(_TEAMS)]
    _offer(organisation)
    live = {each.service.name: each.version for each in offered.services(_SET_UP, organisation=organisation)}
    names = [f"bench_{n}" for n in range(_TEAMS * _SERVICES_EACH)]
    staff = [uuid7() for _n in range(_TEAMS * _STAFF_EACH)]
    values: dict[str, Any] = {
        "organisation": organisation,
        "services": names,
        "versions": [live[name] for name in names],
        "many": len(names),
        "each": _SERVICES_EACH,
        "people": _people(organisation),
        "last_person": _PEOPLE - 1,
        "teams": teams,
        "staff": staff,
        "staff_each": _STAFF_EACH,
        "last_staff": _STAFF_EACH - 1,
        "count": COUNT,
    }
    began = time.perf_counter()
    with connections["owner"].cursor() as cursor:
        # A million rows point at submissions that this figure never reads.
        cursor.execute("alter table cases_case drop constraint if exists cases_case_submission_id_same_organisation")
        cursor.execute(_CASES, values)
        cursor.execute("vacuum analyze cases_case, people_person, cases_tally, personal_data_datakey")
    print(f"{COUNT:,} cases made in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    return Staff(
        account=staff[0],
        organisation=organisation,
        roles=frozenset({"case_worker"}),
        purposes=frozenset({CASEWORK.code}),
        teams=frozenset({teams[0]}),
        is_trained=True,
        has_second_factor=True,
    )


def _offer(organisation: int) -> None:
    written = (Path(settings.SERVICES) / "missed_collection" / "service.yaml").read_text()
    for number in range(_TEAMS * _SERVICES_EACH):
        named = re.sub(r"(?m)^name: .*$", f"name: bench_{number}", written, count=1)
        declaration = re.sub(r"(?m)^team: .*$", f"team: Bench {number // _SERVICES_EACH}", named, count=1)
        catalogue.offer_service(_SET_UP, organisation=organisation, declaration=declaration)


def _people(organisation: int) -> list[UUID]:
    """People with a key of their own each, as their records have."""
    people: list[UUID] = [uuid7() for _n in range(_PEOPLE)]
    rows = []
    with write_scope(_SET_UP, organisation):
        for person in people:
            key_id = keys.key_for_subject(person, "people.closed")
            name = seal(
                "Amina Yusuf", key_id=key_id, key=keys.to_seal_with(key_id), label="people.person.name", row=person
            )
            rows.append((person, organisation, key_id, name, "en", now()))
    target = "people_person (id, organisation_id, key_id, name, language, created_at)"
    with connections["owner"].cursor() as cursor, cursor.copy(f"copy {target} from stdin") as copy:
        for row in rows:
            copy.write_row(row)
    return people


def _tell(taken: dict[str, tuple[list[float], list[float]]]) -> None:
    told = (
        f"{name} {sorted(ours)[int(len(ours) * 0.95)] * 1000:.1f}/{sorted(theirs)[int(len(theirs) * 0.95)] * 1000:.1f}"
        for name, (ours, theirs) in taken.items()
    )
    print(f"p95 in ms, ours/by hand: {', '.join(told)}", file=sys.stderr)
