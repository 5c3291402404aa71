"""Addresses are cut to networks, cut further after a week, and gone after a month."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundations.personal_data.access_log import cut_address, sweep, write_visit

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "at_first", "later"),
    [
        ("203.0.113.77", "203.0.113.0", "203.0.0.0"),
        ("2001:db8:85a3:1234::7", "2001:db8:85a3::", "2001:db8::"),
        ("::ffff:203.0.113.77", "203.0.113.0", "203.0.0.0"),
        ("fe80::1%eth0", "fe80::", "fe80::"),
        ("not an address", "-", "-"),
        ("", "-", "-"),
    ],
)
def test_an_address_is_cut(address: str, at_first: str, later: str) -> None:
    assert cut_address(address) == at_first
    assert cut_address(at_first, further=True) == later


@given(st.ip_addresses())
def test_neighbours_cannot_be_told_apart(address: object) -> None:
    cut = cut_address(str(address))
    assert cut_address(cut) == cut
    assert cut_address(cut_address(cut, further=True), further=True) == cut_address(str(address), further=True)


def test_a_file_is_its_owners_alone(tmp_path: Path) -> None:
    write_visit(tmp_path / "log", NOON, "GET home 200 3ms", "203.0.113.77")
    (file,) = (tmp_path / "log").iterdir()
    assert file.name == "access-2027-03-01.log"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text() == "2027-03-01T12:00:00Z GET home 200 3ms 203.0.113.0\n"


def test_what_is_past_its_time_goes_and_what_is_not_stays(tmp_path: Path) -> None:
    for days in (0, 7, 8, 30, 31):
        write_visit(tmp_path, NOON - timedelta(days=days), "GET home 200 3ms", "203.0.113.77")
    sweep(tmp_path, NOON)
    kept = {path.name: path.read_text().split()[-1] for path in tmp_path.iterdir()}
    assert kept == {
        "access-2027-03-01.log": "203.0.113.0",
        "access-2027-02-22.log": "203.0.113.0",
        "access-2027-02-21.cut.log": "203.0.0.0",
        "access-2027-01-30.cut.log": "203.0.0.0",
    }
    assert sweep(tmp_path, NOON) == 0
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_the_first_visit_of_a_day_sweeps_where_no_worker_runs(tmp_path: Path) -> None:
    write_visit(tmp_path, NOON - timedelta(days=40), "GET home 200 3ms", "203.0.113.77")
    write_visit(tmp_path, NOON, "GET home 200 3ms", "203.0.113.77")
    assert [path.name for path in tmp_path.iterdir()] == ["access-2027-03-01.log"]
