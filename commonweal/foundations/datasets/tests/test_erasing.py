"""Erasure (UK GDPR Article 17) from another database: as declared, all of it or nothing, nobody else's."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from commonweal.foundations.datasets.declaration import Strategy
from commonweal.foundations.datasets.erasing import erase
from commonweal.foundations.datasets.errors import NotAsDeclared
from commonweal.foundations.datasets.loading import load_dataset
from commonweal.foundations.datasets.tests.shop import ANN, BOB, DECLARED, rows_of, shop_in

PLAN = load_dataset(DECLARED, file="shop.yaml")


def test_each_field_goes_as_declared(tmp_path: Path) -> None:
    url = shop_in(tmp_path)
    erase(PLAN, url=url, identities={"email": ANN}, is_dry_run=False)
    after = rows_of(url)
    (customer,) = [row for row in after["customer"] if row[0] == 10]
    assert str(customer[1]).endswith("@gone.example")
    assert len(str(customer[1])) == 12 + len("@gone.example")
    assert len(str(customer[2])) == 40  # a hash, no longer than the column
    assert {row[3] for row in after["orders"] if row[1] == 10} == {"gone"}
    assert {float(str(row[4])) for row in after["orders"] if row[1] == 10} == {12.5, 1}
    assert {row[1] for row in after["address"] if row[0] in (1, 2)} == {None}
    assert {row[0] for row in after["visit"]} == {31}


def test_nobody_else_is_touched(tmp_path: Path) -> None:
    url = shop_in(tmp_path)
    before = rows_of(url)
    erase(PLAN, url=url, identities={"email": ANN}, is_dry_run=False)
    after = rows_of(url)
    assert {row for row in before["customer"] if row[1] == BOB} <= after["customer"]
    assert {row for row in before["orders"] if row[1] == 11} <= after["orders"]
    assert (3, "3 Church Walk") in after["address"]


def test_a_dry_run_tells_and_changes_nothing(tmp_path: Path) -> None:
    url = shop_in(tmp_path)
    before = rows_of(url)
    told = {one.collection: one for one in erase(PLAN, url=url, identities={"email": ANN}, is_dry_run=True)}
    assert {name: one.rows for name, one in told.items()} == {"customer": 1, "orders": 2, "address": 2, "visit": 2}
    assert told["orders"].masked == {"wish": Strategy.STRING}
    assert told["visit"].is_deleted
    assert rows_of(url) == before


def test_a_failure_at_any_statement_leaves_everything_as_it_was(tmp_path: Path) -> None:
    url = shop_in(tmp_path)
    before, done = rows_of(url), False
    failures = 0
    while not done:
        with broken_at(failures) as counted:
            try:
                erase(PLAN, url=url, identities={"email": ANN}, is_dry_run=False)
                done = True
            except sa.exc.OperationalError:
                assert rows_of(url) == before, f"half erased at change {failures}"
        failures += 1
    assert failures > 4, counted


def test_a_required_column_is_refused_before_anything_changes(tmp_path: Path) -> None:
    before_that, _override, rest = DECLARED.partition(", required: true")
    other = before_that + rest[rest.index("}}}}}") + 3 :]
    url = shop_in(tmp_path)
    before = rows_of(url)
    with pytest.raises(NotAsDeclared, match=r"customer\.email is required"):
        erase(load_dataset(other, file="shop.yaml"), url=url, identities={"email": ANN}, is_dry_run=False)
    assert rows_of(url) == before


class broken_at:  # noqa: N801 (reads as a sentence)
    """The database fails at one of the changes that follow."""

    def __init__(self, number: int) -> None:
        self.number, self.seen = number, 0

    def __enter__(self) -> "broken_at":
        sa.event.listen(sa.Engine, "before_cursor_execute", self._count)
        return self

    def __exit__(self, *_error: object) -> None:
        sa.event.remove(sa.Engine, "before_cursor_execute", self._count)

    def _count(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.split(maxsplit=1)[0].lower() in {"update", "delete", "insert"}:
            self.seen += 1
            if self.seen > self.number:
                raise sa.exc.OperationalError(statement, {}, RuntimeError("the disk is full"))
