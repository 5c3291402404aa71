"""Moments that come from outside: in UTC and of our centuries, or none at all."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.capabilities.protection.queries.moments import read_moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-23T12:00:00+00:00", datetime(2026, 11, 23, 12, tzinfo=UTC)),
        ("2026-11-23T12:00:00.000001+01:00", datetime(2026, 11, 23, 11, 0, 0, 1, tzinfo=UTC)),
        ("2000-01-01T00:00:00Z", datetime(2000, 1, 1, tzinfo=UTC)),
        ("2000-01-01T00:00:00+01:00", None),
        ("2200-12-31T23:59:59Z", datetime(2200, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("2200-12-31T23:59:59-01:00", None),
        ("0001-01-01T00:00:00+23:00", None),
        ("9999-12-31T23:59:59-23:00", None),
        ("0001-01-01T00:00:00", None),
        ("2026-11-23T12:00:00", None),
        ("2026-11-23\x00", None),
        ("", None),
    ],
)
def test_only_a_moment_of_our_time_with_its_offset_is_one(text: str, moment: datetime | None) -> None:
    assert read_moment(text) == moment


@given(st.text() | st.datetimes(timezones=st.timezones()).map(datetime.isoformat))
def test_no_text_breaks_it(text: str) -> None:
    found = read_moment(text)
    assert found is None or found.tzinfo is UTC
