"""A keyring that is missing, incomplete or wrong opens nothing, and says so without saying a key."""

import base64
import json
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundations.personal_data.stores import FileStore
from commonweal.foundations.personal_data.wrapping import Keyring, KeyringError, parse

SECRET = b"k" * 32
RING = Keyring("a", {"a": SECRET})


def _text(**document: object) -> str:
    return json.dumps(document)


def _coded(key: bytes) -> str:
    return base64.b64encode(key).decode()


@given(key=st.binary(min_size=32, max_size=32), key_id=st.uuids())
def test_what_it_wraps_it_unwraps(key: bytes, key_id: UUID) -> None:
    wrapped = RING.wrap(key, key_id=key_id)
    assert RING.unwrap(wrapped, key_id=key_id, wrapped_by="a") == key
    assert key not in wrapped


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not json",
        "[]",
        _text(current="a"),
        _text(current="a", keys=[]),
        _text(current="b", keys={"a": _coded(SECRET)}),
        _text(current="a", keys={"a": _coded(SECRET[:16])}),
        _text(current="a", keys={"a": "not base64!"}),
    ],
)
def test_one_that_is_incomplete_is_refused(text: str) -> None:
    with pytest.raises(KeyringError, match="restore it from where it is kept safe") as refusal:
        parse(text)
    assert _coded(SECRET) not in str(refusal.value)


def test_one_that_is_missing_says_where_it_should_be(tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    with pytest.raises(KeyringError, match=str(path)):
        FileStore(path).load()


def test_a_wrong_one_unwraps_nothing() -> None:
    key_id = uuid4()
    wrapped = RING.wrap(SECRET, key_id=key_id)
    for other in (Keyring("a", {"a": b"o" * 32}), Keyring("b", {"b": SECRET})):
        with pytest.raises(KeyringError):
            other.unwrap(wrapped, key_id=key_id, wrapped_by="a")


def test_a_wrapped_key_belongs_to_its_name() -> None:
    wrapped = RING.wrap(SECRET, key_id=uuid4())
    with pytest.raises(KeyringError):
        RING.unwrap(wrapped, key_id=uuid4(), wrapped_by="a")


def test_it_shows_no_key() -> None:
    assert "kkk" not in repr(RING)


def test_a_written_one_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "keyring" / "keyring.json"
    FileStore(path).create(RING)
    assert path.stat().st_mode & 0o777 == 0o600
    assert FileStore(path).load() == RING
    with pytest.raises(FileExistsError):
        FileStore(path).create(RING)
