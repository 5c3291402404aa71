"""What a rotation meets, and what it leaves as it was."""

import sys
from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.db import connections
from django.test import override_settings

from commonweal.foundations.clocks import now as clocks
from commonweal.foundations.personal_data import rotation
from commonweal.foundations.personal_data.keyring import SECONDS_BETWEEN_FETCHES, keyring
from commonweal.foundations.personal_data.rotation import CannotRotate
from commonweal.foundations.personal_data.stores import FileStore
from commonweal.foundations.personal_data.wrapping import Keyring
from commonweal.foundations.tasks import keys
from commonweal.foundations.tasks.tests.keys_made import BODIES, MADE, bare, rotate, wrappers

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_two_at_once(store: FileStore, made: dict[int, list[UUID]]) -> None:
    other = connections["owner"].copy()
    try:
        with rotation.only_one(other), pytest.raises(CannotRotate, match="already running"):
            rotate()
    finally:
        other.close()
    rotate()


def test_damaged_keys_keep_the_old_key_alive(store: FileStore, made: dict[int, list[UUID]]) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("update personal_data_datakey set wrapped = %s where id = %s", [bytes(60), made[1][0]])
    with pytest.raises(CannotRotate, match="1 data keys are damaged"):
        rotate()
    assert len(store.load().keys) == 2
    assert wrappers()[store.load().current] == 49


def test_an_older_copy_of_the_keyring_is_not_rotated(store: FileStore, made: dict[int, list[UUID]]) -> None:
    """Somebody put last month's keyring back: its key is not the one that wraps, and is not built upon."""
    older = store.load()
    rotate()
    newest = store.load()
    store.save(older)
    with pytest.raises(CannotRotate, match="50 data keys are wrapped by a key that is not in the file"):
        rotate()
    assert store.load() == older
    store.save(newest)
    rotate()


def test_keys_that_are_lost_for_ever_may_be_left(store: FileStore, made: dict[int, list[UUID]]) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("update personal_data_datakey set wrapped_by = 'lost' where id = %s", [made[1][0]])
    assert keys.rotate(connections["owner"], is_wanted=True, tell=lambda text: None, is_leaving_lost=True)
    assert wrappers() == {store.load().current: 49, "lost": 1}


def test_a_keyring_behind_a_command(
    store: FileStore, made: dict[int, list[UUID]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A secret manager's client: every process gets time to hear of the new key before anything is wrapped by it."""
    before, waited = store.load(), list[float]()
    keeper = store.path.with_name("keeper.py")
    keeper.write_text(
        "import pathlib, sys\n"
        f"place = pathlib.Path({str(store.path)!r})\n"
        "print(place.read_text()) if sys.argv[1] == 'load' else place.write_text(sys.stdin.read())\n"
    )
    monkeypatch.setattr(keys, "time", SimpleNamespace(sleep=waited.append))
    with override_settings(KEYRING_COMMAND=f"{sys.executable} {keeper}"), clocks.at(MADE):
        keyring.cache_clear()
        rotate()
        assert {body: len(bare(body, made[body])) for body in BODIES} == {1: 25, 2: 25}
    assert waited == [3 * SECONDS_BETWEEN_FETCHES]
    assert before.current not in store.load().keys
    assert wrappers() == {store.load().current: 50}


def test_a_clock_set_back_in_the_middle(store: FileStore, made: dict[int, list[UUID]]) -> None:
    with clocks.at(MADE - timedelta(days=4000)):
        rotate()
    ring = store.load()
    assert wrappers() == {ring.current: 50}
    assert ring.is_due(MADE, days=30), "a key with such a date is replaced at the next look"


def test_by_hand_where_it_cannot_be_written(store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FileStore, "can_save", False)
    with pytest.raises(CannotRotate, match="cannot be written from here: add a key there"):
        rotate()


def test_where_it_cannot_be_written_the_old_key_is_left_to_others(
    store: FileStore, made: dict[int, list[UUID]], monkeypatch: pytest.MonkeyPatch
) -> None:
    both = store.load().with_new_key(MADE)
    store.save(both)
    monkeypatch.setattr(FileStore, "can_save", False)
    told = rotate()
    assert "nothing needs" in told[-1]
    assert wrappers() == {both.current: 50}
    monkeypatch.undo()
    store.save(both.without(both.old[0]))
    keys.rotate(connections["owner"], is_wanted=False, tell=told.append)
    with connections["owner"].cursor() as cursor:
        cursor.execute("select name from personal_data_retiredkey where destroyed_at is not null")
        assert cursor.fetchall() == [(both.old[0],)]


def test_what_is_read_back_must_be_what_was_written(store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    save = FileStore.save
    monkeypatch.setattr(FileStore, "save", lambda self, ring: save(self, Keyring("x", {"x": bytes(32)})))
    with pytest.raises(CannotRotate, match="is not what is read from it: nothing was destroyed"):
        rotate()
