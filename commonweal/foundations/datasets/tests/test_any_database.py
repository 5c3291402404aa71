"""Whatever the tables and references, a pack holds what a walk by hand finds, and so does every dialect's statement."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.foundations.datasets.collecting import collect
from commonweal.foundations.datasets.erasing import erase
from commonweal.foundations.datasets.loading import load_dataset
from commonweal.foundations.datasets.plan import Plan
from commonweal.foundations.datasets.selecting import conditions
from commonweal.foundations.datasets.tests.shop import DECLARED

Rows = dict[str, list[dict[str, Any]]]
_ID, _LINK, _EMAIL, _NOTE = "id", "link", "email", "note"


@st.composite
def databases(draw: st.DrawFn) -> tuple[str, Rows]:
    """Tables t0, t1, ...: t0 has the identity; each other links to an earlier one, or is linked to by it."""
    size = draw(st.integers(2, 5))
    text = "dataset:\n  - fides_key: any\n    collections:\n"
    rows: Rows = {}
    for number in range(size):
        parent = draw(st.integers(0, number - 1)) if number else None
        text += _declare(number, parent)
        links = st.integers(0, 6)
        rows[f"t{number}"] = [
            {
                _ID: place,
                _LINK: draw(links),
                _EMAIL: draw(st.sampled_from("ab")) if number == 0 else None,
                _NOTE: "told",
            }
            for place in range(draw(st.integers(0, 6)))
        ]
    return text, rows


def _declare(number: int, parent: int | None) -> str:
    identity = "{identity: email}" if number == 0 else "{}"
    led = "{}" if parent is None else f"{{references: [{{dataset: any, field: t{parent}.id, direction: from}}]}}"
    return f"""      - name: t{number}
        fields:
          - {{name: id, fides_meta: {{primary_key: True}}}}
          - {{name: link, fides_meta: {led}}}
          - {{name: email, fides_meta: {identity}}}
          - {{name: note, data_categories: [user.content]}}
"""


def _walk(plan: Plan, rows: Rows, email: str) -> dict[str, set[int]]:
    """Which rows are theirs, found slowly."""
    found: dict[str, set[int]] = {}
    for step in plan.steps:
        name = step.collection.name
        found[name] = {row[_ID] for row in rows[name] if step.identities and row[_EMAIL] == email}
        for edge in step.edges:
            reached = {
                row[edge.from_column] for row in rows[edge.from_collection] if row[_ID] in found[edge.from_collection]
            }
            found[name] |= {row[_ID] for row in rows[name] if row[edge.column] in reached}
    return found


def _make(url: str, rows: Rows) -> None:
    engine = sa.create_engine(url)
    metadata = sa.MetaData()
    with engine.begin() as connection:
        for name, held in rows.items():
            columns = [sa.Column(_ID, sa.Integer, primary_key=True), sa.Column(_LINK, sa.Integer)]
            table = sa.Table(name, metadata, *columns, sa.Column(_EMAIL, sa.String(9)), sa.Column(_NOTE, sa.String(9)))
            table.create(connection)
            if held:
                connection.execute(table.insert(), held)
    engine.dispose()


def _notes(url: str, name: str) -> dict[int, str | None]:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        found = {row[0]: row[1] for row in connection.execute(sa.text(f"select id, note from {name}"))}
    engine.dispose()
    return found


@settings(max_examples=40)
@given(databases())
def test_a_pack_holds_every_row_of_theirs_and_an_erasure_takes_exactly_those(made: tuple[str, Rows]) -> None:
    text, rows = made
    plan = load_dataset(text, file="any.yaml")
    theirs = _walk(plan, rows, "a")
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/any.db"
        _make(url, rows)
        collected = collect(plan, url=url, identities={"email": "a"}, folder=Path(folder) / "out")
        assert {one.collection.name: one.rows for one in collected} == {name: len(ids) for name, ids in theirs.items()}
        erase(plan, url=url, identities={"email": "a"}, is_dry_run=False)
        for name in rows:
            gone = {row for row, note in _notes(url, name).items() if note is None}
            assert gone == theirs[name]


@pytest.mark.parametrize("kind", ["postgresql+psycopg", "mysql+pymysql", "mssql+pymssql", "sqlite"])
def test_every_dialect_can_say_it(kind: str) -> None:
    dialect = sa.make_url(f"{kind}://").get_dialect()()
    plan = load_dataset(DECLARED, file="shop.yaml")
    metadata = sa.MetaData()
    tables = {
        step.collection.name: sa.Table(
            step.collection.name,
            metadata,
            *(
                sa.Column(field.name, sa.Integer if "id" in field.name else sa.String)
                for field in step.collection.fields
            ),
        )
        for step in plan.steps
    }
    found = conditions(plan, tables, {"email": "a@b.example"})
    said = [str(sa.select(tables[name]).where(one).compile(dialect=dialect)).lower() for name, one in found.items()]
    assert ["union" in one for one in said] == [len(step.edges) > 1 for step in plan.steps]
