"""The present can be held, moved and nested, for every thread."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from commonweal.foundations.clocks.now import LONDON, at, local_date, now, ticking, today

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_now_is_aware_and_in_utc() -> None:
    assert now().utcoffset() == timedelta(0)


def test_the_clock_stands_and_can_be_moved() -> None:
    with at(NOON) as clock:
        assert now() == now() == NOON
        clock.advance(timedelta(hours=3))
        assert now() == NOON + timedelta(hours=3)
        clock.move_to(NOON)
        assert today() == date(2026, 11, 22)
    assert now() != NOON


def test_a_ticking_clock_never_shows_a_moment_twice() -> None:
    with ticking(NOON, timedelta(seconds=1)):
        assert [now() for _ in range(3)] == [NOON + timedelta(seconds=n) for n in range(3)]


def test_clocks_nest() -> None:
    with at(NOON):
        with at(NOON + timedelta(days=1)):
            assert now() == NOON + timedelta(days=1)
        assert now() == NOON


def test_other_threads_see_the_same_clock() -> None:
    with at(NOON), ThreadPoolExecutor(1) as threads:
        assert threads.submit(now).result() == NOON


def test_today_is_the_date_in_london() -> None:
    half_past_midnight_summer_time = datetime(2026, 7, 1, 0, 30, tzinfo=LONDON)
    with at(half_past_midnight_summer_time):
        assert now().date() == date(2026, 6, 30)
        assert today() == local_date(half_past_midnight_summer_time) == date(2026, 7, 1)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a time zone"), at(datetime(2026, 1, 1)):  # noqa: DTZ001
        pass
