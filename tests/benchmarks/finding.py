"""Finding somebody of 100,000 people (1,000,000 with COMMONWEAL_BENCH_LARGE=1) by names that are not quite theirs."""

import os
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from uuid import UUID, uuid4

from django.db import connection, connections
from uuid6 import uuid7

from commonweal.capabilities.cases.queries.finding import search
from commonweal.capabilities.organisations import actions as organisations
from commonweal.capabilities.organisations import queries as bodies
from commonweal.capabilities.people.models import Person, PersonName
from commonweal.capabilities.people.queries import records as people
from commonweal.capabilities.people.queries.listing import listed
from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data import keys
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.personal_data.reading import reading
from commonweal.foundations.personal_data.sealing import seal
from commonweal.foundations.personal_data.tokens import token_of, tokens_for
from commonweal.foundations.scope.actors import Staff, System
from commonweal.foundations.scope.scopes import read_scope, write_scope
from tests.benchmarks.crowd import WAYS, Somebody, draw
from tests.benchmarks.figures import Figure

COUNT = 1_000_000 if os.environ.get("COMMONWEAL_BENCH_LARGE") == "1" else 100_000
_EACH = 100
"""Questions of each way of asking."""
_SEED = 20261122
_MOST = 20
_SET_UP = System(task="bench")
_AT_A_POSTCODE = 40
"""People with a case there, more than the households of one postcode have in common."""

# A case for everybody of the crowd, dealt out among the teams.
_CASES = """
insert into cases_case (id, organisation_id, reference, service, version_id, submission_id, person_id, stage, outcome,
    team_id, place, postcode, opened_at, due_on, revision, restricted_to)
select gen_random_uuid(), organisation_id, 'F' || lpad(n::text, 9, '0'), 'bench', gen_random_uuid(), gen_random_uuid(),
    id, 'received', '', (%(teams)s::uuid[])[1 + n %% cardinality(%(teams)s)], '1 High Street', 'LS1 1UR', now(),
    current_date, 1, '{}'
from (select id, organisation_id, row_number() over (order by random()) as n from people_person) as people
where organisation_id = %(organisation)s
"""

Crowd = dict[UUID, Somebody]


def figures() -> list[Figure]:
    """find.p95_ms beside one token looked up by hand; find.recall_at_20 beside what namesakes leave to the exact name.

    Names alone, and together with what else is asked on the phone: `find.recall_at_20.born` with the birth date,
    `find.recall_at_20.placed` with the postcode of a case. `find.recall_at_20.team` asks by names alone where case
    workers do: at the search box of one of ten teams, which shows the cases of that team. Shares by way of asking, and
    the size of the index, are told on the error stream.
    """
    chance = random.Random(_SEED)  # noqa: S311 the same crowd in every run
    worker = _case_worker()
    crowd, key, size = _gather(worker.organisation, chance)
    asked = [(person, way, ask(who, chance)) for way, ask in WAYS.items() for person, who in _some(crowd, way, chance)]
    taken, found = _ask_all(worker, [(person, way, words) for person, way, words in asked])
    _tell(size, found)
    dated = _ask_all(worker, [(person, way, f"{words} {crowd[person].day}") for person, way, words in asked])[1]
    placed = _ask_all(worker, [(person, way, words) for person, way, words in asked], neighbours=list(crowd))[1]
    exact = _ask_all(worker, [(person, way, crowd[person].name) for person, way, _words in asked])[1]
    at_the_box = _ask_at_the_box(worker, crowd, chance)
    floor = _look_up_by_hand(worker, key, [crowd[person] for person, _way, _words in asked])
    ceiling, n = _share(exact), len(asked)
    return [
        Figure("find.p95_ms", _p95(taken), "ms", _p95(floor), _p95(taken) / _p95(floor), n),
        Figure("find.recall_at_20", _share(found), "share", ceiling, _share(found) / ceiling, n),
        Figure("find.recall_at_20.born", _share(dated), "share", 1.0, _share(dated), n),
        Figure("find.recall_at_20.placed", _share(placed), "share", 1.0, _share(placed), n),
        Figure("find.recall_at_20.team", _share(at_the_box), "share", 1.0, _share(at_the_box), n),
    ]


def _case_worker() -> Staff:
    leeds = bodies.organisation_at(_SET_UP, slug="leeds").id
    roles, purposes = frozenset({"case_worker"}), frozenset({CASEWORK.code})
    return Staff(
        account=uuid4(), organisation=leeds, roles=roles, purposes=purposes, is_trained=True, has_second_factor=True
    )


def _gather(organisation: int, chance: random.Random) -> tuple[Crowd, bytes, float]:
    """Copy a crowd in by the real rules; returns it, the token key, and the bytes a person takes in the index."""
    with write_scope(_SET_UP, organisation):
        key = keys.token_key_made()
        sealing = keys.key_for_subject(uuid7(), "people.closed")
        sealing_key = keys.to_seal_with(sealing)
    crowd: Crowd = {uuid7(): who for who in draw(COUNT, chance)}
    before = _index_size()
    rows = ((organisation, token, label, person) for person, who in crowd.items() for token, label in _tokens(who, key))
    _copy("personal_data_searchtoken (id, organisation_id, token, label, row)", ((uuid7(), *row) for row in rows))
    _copy(
        "people_person (id, organisation_id, key_id, name, language, created_at)",
        (
            (person, organisation, sealing, _sealed(who.name, sealing, sealing_key, person), "en", now())
            for person, who in crowd.items()
        ),
    )
    with connections["owner"].cursor() as cursor:
        cursor.execute("vacuum analyze personal_data_searchtoken, people_person")
    return crowd, key, (_index_size() - before) / len(crowd)


def _tokens(who: Somebody, key: bytes) -> Iterator[tuple[bytes, str]]:
    yield from tokens_for(Person, {"name": who.name, "birth_date": who.day}, key)
    if who.former:
        yield from tokens_for(PersonName, {"text": f"{who.first} {who.former}"}, key)


def _sealed(name: str, key_id: UUID, key: bytes, person: UUID) -> bytes:
    return seal(name, key_id=key_id, key=key, label="people.person.name", row=person)


def _copy(target: str, rows: Iterable[tuple[object, ...]]) -> None:
    with connections["owner"].cursor() as cursor, cursor.copy(f"copy {target} from stdin") as copy:
        for row in rows:
            copy.write_row(row)


def _index_size() -> int:
    with connections["owner"].cursor() as cursor:
        cursor.execute("select pg_total_relation_size('personal_data_searchtoken')")
        return int(cursor.fetchone()[0])


def _some(crowd: Crowd, way: str, chance: random.Random) -> list[tuple[UUID, Somebody]]:
    fitting = [(person, who) for person, who in crowd.items() if who.former or way != "former"]
    return chance.sample(fitting, _EACH)


def _ask_all(
    worker: Staff, asked: list[tuple[UUID, str, str]], *, neighbours: Sequence[UUID] = ()
) -> tuple[list[float], dict[str, list[bool]]]:
    """The seconds of each question, and by way of asking whether the one who was meant is among the 20.

    Of `neighbours`, if there are any, so many have a case at the same postcode as the one who is meant.
    """
    chance = random.Random(_SEED)  # noqa: S311 the same neighbours in every run
    taken, found = [], defaultdict(list)
    for person, way, words in [*asked[:5], *asked]:
        near = [person, *chance.sample(neighbours, _AT_A_POSTCODE)] if neighbours else []
        began = time.perf_counter()
        with reading(worker, purpose=CASEWORK, organisation=worker.organisation, is_listing=True):
            here = {"organisation": worker.organisation}
            people_found = people.find_people(worker, **here, words=words, near=near, at_most=_MOST)
            listed(worker, **here, people=people_found)
        taken.append(time.perf_counter() - began)
        found[way].append(person in people_found)
    return taken[5:], found


def _ask_at_the_box(worker: Staff, crowd: Crowd, chance: random.Random) -> dict[str, list[bool]]:
    """By way of asking, whether the case of the one who was meant is among those the search box shows."""
    team = organisations.add_team(_SET_UP, organisation=worker.organisation, name="Bench")
    with connections["owner"].cursor() as cursor:
        # The cases point at submissions, versions and teams that this figure never reads.
        for pointer in ("submission_id", "version_id", "team_id"):
            cursor.execute(f"alter table cases_case drop constraint if exists cases_case_{pointer}_same_organisation")
        cursor.execute(_CASES, {"organisation": worker.organisation, "teams": [team, *(uuid7() for _n in range(9))]})
        cursor.execute("vacuum analyze cases_case, cases_tally")
        cursor.execute("select person_id, id from cases_case where team_id = %s", [team])
        cases = dict(cursor.fetchall())
    member, found = replace(worker, teams=frozenset({team})), defaultdict(list)
    own = {person: who for person, who in crowd.items() if person in cases}
    for way, ask in WAYS.items():
        for person, who in _some(own, way, chance):
            shown = search(member, organisation=worker.organisation, words=ask(who, chance)).cases
            found[way].append(cases[person] in shown)
    return found


def _look_up_by_hand(worker: Staff, key: bytes, crowd: list[Somebody]) -> list[float]:
    """One token, in the transaction that any look needs."""
    taken = []
    for who in crowd:
        began = time.perf_counter()
        token = token_of(key, "name", f"w:{who.last.lower()}")
        with read_scope(worker, (worker.organisation,)), connection.cursor() as cursor:
            cursor.execute(
                "select row from personal_data_searchtoken where organisation_id = %s and token = %s limit %s",
                [worker.organisation, token, _MOST],
            )
            cursor.fetchall()
        taken.append(time.perf_counter() - began)
    return taken


def _share(found: dict[str, list[bool]]) -> float:
    every = [is_found for each in found.values() for is_found in each]
    return sum(every) / len(every)


def _p95(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)] * 1000


def _tell(size: float, found: dict[str, list[bool]]) -> None:
    ways = ", ".join(f"{way} {sum(each) / len(each):.2f}" for way, each in found.items())
    print(f"among {COUNT:,} people: {ways}; {size:,.0f} bytes of index a person", file=sys.stderr)
