"""The keyring as a value."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundations.personal_data.wrapping import Keyring, KeyringError, new_keyring, parse

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEYS = st.binary(min_size=32, max_size=32)


@given(key=KEYS, key_id=st.uuids(), other=st.uuids())
def test_a_wrapped_key_unwraps_for_its_own_id_alone(key: bytes, key_id: UUID, other: UUID) -> None:
    ring = new_keyring(NOW)
    wrapped = ring.wrap(key, key_id=key_id)
    assert ring.unwrap(wrapped, key_id=key_id, wrapped_by=ring.current) == key
    if other != key_id:
        with pytest.raises(KeyringError):
            ring.unwrap(wrapped, key_id=other, wrapped_by=ring.current)


@given(key=KEYS, key_id=st.uuids())
def test_an_old_key_opens_until_it_is_taken_out(key: bytes, key_id: UUID) -> None:
    before = new_keyring(NOW)
    wrapped = before.wrap(key, key_id=key_id)
    both = before.with_new_key(NOW)
    assert both.old == [before.current]
    assert both.unwrap(wrapped, key_id=key_id, wrapped_by=before.current) == key
    with pytest.raises(KeyringError):
        both.without(before.current).unwrap(wrapped, key_id=key_id, wrapped_by=before.current)


def test_the_current_key_is_never_taken_out() -> None:
    ring = new_keyring(NOW)
    assert ring.without(ring.current) == ring


def test_text_and_back() -> None:
    ring = new_keyring(NOW).with_new_key(NOW + timedelta(days=29))
    assert parse(ring.text()) == ring


def test_a_keyring_without_dates_is_read() -> None:
    ring = parse('{"current": "a", "keys": {"a": "' + "A" * 43 + '="}}')
    assert ring.made == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not json",
        "[]",
        "{}",
        '{"current": "a", "keys": {}}',
        '{"current": "a", "keys": {"a": "c2hvcnQ="}}',
        '{"current": "a", "keys": {"a": "***"}}',
        '{"current": "b", "keys": {"a": "' + "A" * 43 + '="}}',
        '{"current": "a", "keys": {"a": "' + "A" * 43 + '="}, "made": {"a": "yesterday"}}',
        '{"current": "a", "keys": {"a": "' + "A" * 43 + '="}, "made": {"a": "2026-11-22T12:00:00"}}',
    ],
)
def test_what_is_no_keyring_is_refused_in_a_sentence_without_a_key(text: str) -> None:
    with pytest.raises(KeyringError, match="restore it from where it is kept safe") as refusal:
        parse(text)
    assert "AAAA" not in str(refusal.value)


def test_a_keyring_shows_no_key() -> None:
    ring = new_keyring(NOW)
    assert str(ring.keys[ring.current]) not in repr(ring)


@pytest.mark.parametrize(
    ("age", "is_due", "is_overdue"),
    [
        (timedelta(0), False, False),
        (timedelta(days=28, hours=23), False, False),
        (timedelta(days=29), True, False),
        (timedelta(days=30), True, False),
        (timedelta(days=30, seconds=1), True, True),
        (timedelta(days=4000), True, True),
        (timedelta(hours=-23), False, False),
        (timedelta(days=-2), True, True),
    ],
)
def test_it_is_time_a_day_before_people_were_told(age: timedelta, is_due: bool, is_overdue: bool) -> None:
    """A key made in the future was made by a wrong clock: it would otherwise live for years."""
    ring = new_keyring(NOW - age)
    assert (ring.is_due(NOW, days=30), ring.is_overdue(NOW, days=30)) == (is_due, is_overdue)


def test_a_key_of_unknown_age_is_due() -> None:
    ring = Keyring("a", {"a": bytes(32)})
    assert ring.is_due(NOW, days=30)
    assert ring.is_overdue(NOW, days=30)
