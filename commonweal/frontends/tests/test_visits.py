"""What the access log says of a visit, and whose address is believed."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from commonweal.conftest import Cast
from commonweal.foundations.clocks.now import now
from commonweal.frontends.website.attempts import Attempts


@pytest.fixture
def log(settings: LazySettings, tmp_path: Path) -> Path:
    settings.LOGS = tmp_path
    return tmp_path / f"access-{now().date().isoformat()}.log"


def test_a_visit_is_a_line_without_path_or_query(log: Path, cast: Cast) -> None:
    Client(REMOTE_ADDR="203.0.113.77").get("/leeds/status/", {"reference": "BCDF-2345-X", "q": "Amina"})
    (line,) = log.read_text().splitlines()
    moment, method, route, status, duration, address = line.split()
    assert (method, route, status, address) == ("GET", "status", "200", "203.0.113.0")
    assert duration.endswith("ms")
    assert moment.endswith("Z")
    assert "leeds" not in line


def test_what_is_not_there_and_an_odd_method_are_lines_too(log: Path, db: None) -> None:
    Client().get("/no/such/place/at/all/Amina")
    Client().generic("AMINA", "/")
    assert "Amina".lower() not in log.read_text().lower()
    assert [line.split()[1] for line in log.read_text().splitlines()] == ["GET", "OTHER"]


def test_a_log_that_cannot_be_written_keeps_nobody_out(settings: LazySettings, tmp_path: Path, db: None) -> None:
    settings.LOGS = tmp_path / "file"
    settings.LOGS.write_text("")
    assert Client().get("/healthz").status_code == 200


@pytest.mark.parametrize(("proxies", "written"), [(0, "198.51.100.0"), (1, "203.0.113.0"), (2, "192.0.2.0"), (3, "-")])
def test_an_address_is_believed_as_far_as_our_own_proxies_tell_it(
    log: Path, settings: LazySettings, db: None, proxies: int, written: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    Client(REMOTE_ADDR="198.51.100.9").get("/healthz", headers={"X-Forwarded-For": "192.0.2.4, 203.0.113.77"})
    assert log.read_text().split()[-1] == written


def test_counters_name_nobody() -> None:
    Attempts("203.0.113.77", "BCDF2345X").note_wrong()
    cache.set("allauth:rl:login:ip:203.0.113.77", [1.0], 60)
    assert cache.get("allauth:rl:login:ip:203.0.113.77") == [1.0]
    kept = str(list(cache._cache))  # type: ignore[attr-defined]
    assert "203.0" not in kept
    assert "BCDF" not in kept
    cache.clear()
