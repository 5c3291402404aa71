"""Access and erasure in another database by its dataset file, beside the same SQL written by hand.

Ten tables, a million rows: one person has a row in each, another 90,000 in all. Both sides connect, read or write the
same rows and let go; ours also compares the tables with the file, writes CSV, JSON and hashes to disk.
"""

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from commonweal.foundations.datasets.collecting import collect
from commonweal.foundations.datasets.erasing import erase
from commonweal.foundations.datasets.loading import load_dataset
from commonweal.foundations.datasets.plan import Plan
from tests.benchmarks.figures import Figure, in_turns

_TABLES = 10
_ROWS = 100_000
_HEAVY = 10_000
_SMALL_EMAIL, _LARGE_EMAIL = "small@people.example", "large@people.example"
_N = {"small": 30, "large": 5}


def figures() -> list[Figure]:
    """legacy.access.small, legacy.access.large and legacy.erase.large, in milliseconds."""
    url = os.environ["DATABASE_OWNER_URL"]
    plan = load_dataset(_declared(), file="bench.yaml")
    _fill(url)
    with TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        return [
            _access("small", plan, url, _SMALL_EMAIL, out),
            _access("large", plan, url, _LARGE_EMAIL, out),
            _erase(plan, url),
        ]


def _access(size: str, plan: Plan, url: str, email: str, out: Path) -> Figure:
    def ours() -> None:
        collect(plan, url=url, identities={"email": email}, folder=out)
        shutil.rmtree(out)

    def by_hand() -> None:
        with psycopg.connect(url) as connection:
            (person,) = connection.execute("select id from bench_t0 where email = %s", [email]).fetchone() or (None,)
            for number in range(_TABLES):
                column = "person" if number else "id"
                connection.execute(f"select * from bench_t{number} where {column} = %s", [person]).fetchall()

    seconds, floor = in_turns([ours, by_hand], _N[size])
    return _figure(f"legacy.access.{size}", seconds, floor, _N[size])


def _erase(plan: Plan, url: str) -> Figure:
    def ours() -> None:
        erase(plan, url=url, identities={"email": _LARGE_EMAIL}, is_dry_run=False)

    def by_hand() -> None:
        with psycopg.connect(url) as connection:
            for number in range(1, _TABLES):
                connection.execute(
                    f"update bench_t{number} set note = null where person in"
                    " (select id from bench_t0 where email = %s)",
                    [_LARGE_EMAIL],
                )
            connection.execute("update bench_t0 set note = null where email = %s", [_LARGE_EMAIL])

    seconds, floor = in_turns([ours, by_hand], _N["large"])
    return _figure("legacy.erase.large", seconds, floor, _N["large"])


def _figure(name: str, seconds: float, floor: float, n: int) -> Figure:
    return Figure(name, seconds * 1000, "ms", floor * 1000, seconds / floor, n)


def _declared() -> str:
    text = "dataset:\n  - fides_key: bench\n    collections:\n"
    for number in range(_TABLES):
        led = "{references: [{dataset: bench, field: bench_t0.id, direction: from}]}" if number else "{}"
        identity = "{identity: email, masking_strategy_override: {strategy: keep}}" if not number else "{}"
        text += f"""      - name: bench_t{number}
        fields:
          - {{name: id, fides_meta: {{primary_key: True}}}}
          - {{name: person, fides_meta: {led}}}
          - {{name: email, data_categories: [user.contact.email], fides_meta: {identity}}}
          - {{name: note, data_categories: [user.content]}}
"""
        if number:
            text = text.replace("data_categories: [user.contact.email], fides_meta: {}", "fides_meta: {}")
    return text


def _fill(url: str) -> None:
    """Person 1 has a row in each table, person 2 10,000 in each but the first; the others share the rest."""
    with psycopg.connect(url) as connection:
        for number in range(_TABLES):
            name = f"bench_t{number}"
            connection.execute(f"create table {name} (id int primary key, person int, email text, note text)")
            person = "i" if number == 0 else f"case when i = 1 then 1 when i <= {_HEAVY + 1} then 2 else 3 + i end"
            email = (
                f"case i when 1 then '{_SMALL_EMAIL}' when 2 then '{_LARGE_EMAIL}' else i || '@people.example' end"
                if number == 0
                else "null"
            )
            connection.execute(
                f"insert into {name} select i, {person}, {email}, repeat('note ', 8)"
                f" from generate_series(1, {_ROWS}) as i"
            )
            connection.execute(f"create index on {name} ({'email' if number == 0 else 'person'})")
        connection.commit()
        connection.autocommit = True
        connection.execute("vacuum analyze")
