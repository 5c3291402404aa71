"""The months of the trace: made ahead and dropped by one command, at each start and once a day."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connections

from commonweal.foundations.clocks.now import at
from commonweal.foundations.personal_data.partitions import TABLE, make_partitions, partitions
from commonweal.frontends.cli.children import Child
from commonweal.frontends.cli.findings import examine_months
from commonweal.frontends.cli.maintaining import keep_months
from commonweal.frontends.cli.supervising import Daily


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_months_are_made_and_a_second_time_there_is_nothing_to_do() -> None:
    with at(datetime(2035, 6, 15, tzinfo=UTC)):
        told = list(keep_months())
        assert list(keep_months()) == []
    assert told[0] == "Trace: made 14 months, 2035_06 to 2036_07"
    assert f"{TABLE}_2036_07" in partitions(connections["owner"])
    with connections["owner"].cursor() as cursor:
        for name in partitions(connections["owner"]):
            if name >= f"{TABLE}_2035":
                cursor.execute(f"drop table {name}")


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_doctor_warns_when_few_months_are_left() -> None:
    driver = connections["owner"]
    driver.ensure_connection()
    with at(datetime(2040, 6, 15, tzinfo=UTC)):
        make_partitions(driver, months=1)
        few = examine_months(driver.connection)
        make_partitions(driver, months=2)
        enough = examine_months(driver.connection)
    with driver.cursor() as cursor:
        for name in partitions(driver):
            if name >= f"{TABLE}_2040":
                cursor.execute(f"drop table {name}")
    assert not few.is_well
    assert "run `commonweal maintain`" in few.sentence
    assert enough.is_well


def test_what_is_daily_runs_once_a_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: moment)
    done = tmp_path / "done"
    child = Child("daily", ["sh", "-c", f"echo x >> {done}"], log=tmp_path / "log", environment={})
    daily = Daily(child)
    for hours, times in ((0, 0), (23, 0), (24, 1), (47, 1), (48, 2)):
        moment = 1000.0 + hours * 3600
        daily.look()
        if child._process:
            child._process.wait()
        assert (done.read_text().count("x") if done.exists() else 0) == times
