"""A standing loop works while there is work, waits when there is none, and outlives whatever fails."""

import threading
from collections.abc import Callable

import pytest

from commonweal.foundations.tasks import standing
from commonweal.foundations.tasks.dispatcher import dispatch
from commonweal.foundations.tasks.standing import LOOPS, Loop, keep_running

pytestmark = pytest.mark.usefixtures("_no_database")


@pytest.fixture
def _no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "close_old_connections", lambda: None)


def _work(stop: threading.Event, *turns: int | Exception) -> Callable[[], int]:
    left = list(turns)

    def work() -> int:
        turn = left.pop(0)
        if not left:
            stop.set()
        if isinstance(turn, Exception):
            raise turn
        return turn

    return work


def test_it_goes_on_at_once_while_there_is_work() -> None:
    stop = threading.Event()
    keep_running(Loop(_work(stop, 3, 2, 1, 0), seconds=60), stop)


def test_it_outlives_a_failure_and_says_no_more_than_its_kind(caplog: pytest.LogCaptureFixture) -> None:
    stop = threading.Event()
    keep_running(Loop(_work(stop, ConnectionError("rosa@people.example"), 0), seconds=0.001), stop)
    assert "ConnectionError" in caplog.text
    assert "rosa" not in caplog.text


def test_it_stops_when_told() -> None:
    stop = threading.Event()
    stop.set()
    keep_running(Loop(lambda: pytest.fail("it worked after it was told to stop"), seconds=1), stop)


def test_events_are_looked_for_all_the_time() -> None:
    assert Loop(dispatch, 0.2) in LOOPS
