"""The keyring of a process follows its store."""

import gc
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from commonweal.foundations.personal_data import keyring as keeping
from commonweal.foundations.personal_data.keyring import KeptKeyring
from commonweal.foundations.personal_data.stores import FileStore
from commonweal.foundations.personal_data.wrapping import Keyring, KeyringError, new_keyring
from commonweal.foundations.scope.actors import System
from commonweal.foundations.scope.scopes import read_scope
from tests.stack.waiting import wait_until

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    store = FileStore(tmp_path / "keyring.json")
    store.create(new_keyring(NOW))
    return store


def test_a_key_that_another_process_added_is_known_when_it_is_met(store: FileStore) -> None:
    kept = KeptKeyring(store)
    longer = kept.held().with_new_key(NOW)
    store.save(longer)
    key_id, key = uuid4(), bytes(range(32))
    wrapped = longer.wrap(key, key_id=key_id)
    assert kept.unwrap(wrapped, key_id=key_id, wrapped_by=longer.current) == key


def test_a_key_that_nobody_has_is_refused(store: FileStore) -> None:
    with pytest.raises(KeyringError, match="does not hold the key"):
        KeptKeyring(store).unwrap(bytes(60), key_id=uuid4(), wrapped_by="gone")


def test_a_destroyed_key_is_dropped_without_being_asked_for(store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    assert keeping.SECONDS_BETWEEN_FETCHES < 60
    monkeypatch.setattr(keeping, "SECONDS_BETWEEN_FETCHES", 0.01)
    kept = KeptKeyring(store)
    both = kept.held().with_new_key(NOW)
    store.save(both)
    wait_until(lambda: len(kept.held().keys) == 2, "the new key being known")
    store.save(both.without(both.old[0]))
    wait_until(lambda: len(kept.held().keys) == 1, "the destroyed key being dropped")


def test_a_keyring_that_cannot_be_fetched_again_still_serves(
    store: FileStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(keeping, "SECONDS_BETWEEN_FETCHES", 0.01)
    kept = KeptKeyring(store)
    held = kept.held()
    store.path.write_text("half of a keyri")
    wait_until(lambda: "could not be fetched again: KeyringError" in caplog.text, "a line in the log")
    assert kept.held() == held
    del kept
    gc.collect()


class Far:
    """A store on another machine."""

    is_remote = True
    can_save = False

    def __init__(self) -> None:
        self.ring, self.loads = new_keyring(NOW), 0

    def load(self) -> Keyring:
        self.loads += 1
        return self.ring

    def save(self, ring: Keyring) -> None:
        self.ring = ring


@pytest.mark.django_db
def test_a_remote_keyring_is_fetched_before_work_and_never_in_it() -> None:
    far = Far()
    kept, late = KeptKeyring(far), KeptKeyring(far)
    kept.held()
    with read_scope(System(task="tests.look"), (1,)):
        assert kept.held() == far.ring
        with pytest.raises(KeyringError):
            kept.unwrap(bytes(60), key_id=uuid4(), wrapped_by="new")
        with pytest.raises(KeyringError, match="never inside a transaction"):
            late.held()
    assert far.loads == 1


def test_nobody_keeps_fetching_for_a_keyring_that_is_gone(store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "SECONDS_BETWEEN_FETCHES", 0.01)
    loads: list[float] = []
    load = FileStore.load

    def count(self: FileStore) -> Keyring:
        if self is store:  # this process's own keyring may be fetched meanwhile
            loads.append(time.monotonic())
        return load(self)

    monkeypatch.setattr(FileStore, "load", count)
    kept = KeptKeyring(store)
    kept.held()
    wait_until(lambda: len(loads) > 2, "fetching again")
    del kept
    gc.collect()
    wait_until(lambda: time.monotonic() - loads[-1] > 0.2, "the end of fetching")
