"""What is written can be read again: every value, in both files, with the hash that was told."""

import csv
import hashlib
import json
import stat
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundations.exporting.rows import RowFiles, hash_file

_ROWS = st.lists(
    st.tuples(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), st.none() | st.integers()), max_size=7
)


@given(rows=_ROWS, at_once=st.integers(1, 4))
def test_rows_are_read_again_as_they_were_written(rows: list[tuple[str, int | None]], at_once: int) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        with RowFiles(folder, "said", ("said", "number"), first_rows=2, odd=[]) as files:
            for start in range(0, len(rows), at_once):
                files.write(rows[start : start + at_once])
        written = json.loads((folder / "said.json").read_text())
        with (folder / "said.csv").open(newline="", encoding="utf-8") as file:
            heading, *lines = csv.reader(file)
        assert files.hashes() == {path: hash_file(folder / path) for path in ("said.csv", "said.json")}
    assert [(row["said"], row["number"]) for row in written] == rows
    assert (heading, lines) == (["said", "number"], [[said, "" if n is None else str(n)] for said, n in rows])
    assert (files.count, len(files.first)) == (len(rows), min(2, len(rows)))


def test_values_that_are_no_text(tmp_path: Path) -> None:
    row = (["a", "b"], {"k": 1}, True, date(2026, 11, 23), datetime(2026, 11, 23, 9, tzinfo=UTC), UUID(int=1), b"\x01")
    names = ("list", "document", "yes", "day", "moment", "id", "bytes")
    with RowFiles(tmp_path, "odd", names, first_rows=1, odd=range(len(names))) as files:
        files.write([row])
    (written,) = json.loads((tmp_path / "odd.json").read_text())
    assert (written["list"], written["document"], written["yes"], written["bytes"]) == (
        ["a", "b"],
        {"k": 1},
        True,
        "01",
    )
    with (tmp_path / "odd.csv").open(newline="") as file:
        (line,) = csv.DictReader(file)
    assert (json.loads(line["list"]), json.loads(line["document"])) == (["a", "b"], {"k": 1})
    assert (line["day"], line["moment"], line["id"]) == ("2026-11-23", "2026-11-23T09:00:00+00:00", str(UUID(int=1)))


def test_what_a_spreadsheet_takes_for_a_formula_is_not_altered(tmp_path: Path) -> None:
    """A copy holds what is held; whoever opens it is told to open it as text."""
    with RowFiles(tmp_path, "sly", ("said",), first_rows=1, odd=[]) as files:
        files.write([("=1+1",)])
    assert (tmp_path / "sly.csv").read_text().splitlines() == ["said", "=1+1"]


def test_nobody_else_reads_it_and_nothing_is_written_over(tmp_path: Path) -> None:
    with RowFiles(tmp_path, "own", ("said",), first_rows=0, odd=[]) as files:
        files.write([("a",)])
    assert stat.S_IMODE((tmp_path / "own.csv").stat().st_mode) == 0o600
    assert files.hashes()["own.csv"] == hashlib.sha256((tmp_path / "own.csv").read_bytes()).hexdigest()
    with pytest.raises(FileExistsError):
        RowFiles(tmp_path, "own", ("said",), first_rows=0, odd=[])
