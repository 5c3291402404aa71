"""A rotation from end to end, on committed rows of two organisations."""

import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.test import override_settings

from commonweal.conftest import SET_UP
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.models import Entry
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks import now as clocks
from commonweal.foundations.personal_data import exports, installation, rotation
from commonweal.foundations.personal_data import keys as data_keys
from commonweal.foundations.personal_data.exports import ExportError
from commonweal.foundations.personal_data.keyring import KeptKeyring, keyring
from commonweal.foundations.personal_data.rotation import CannotRotate
from commonweal.foundations.personal_data.stores import FileStore
from commonweal.foundations.personal_data.wrapping import Keyring, KeyringError, new_keyring
from commonweal.foundations.scope.actors import Actor
from commonweal.foundations.scope.scopes import read_scope
from commonweal.foundations.tasks import keys

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

MADE = datetime(2026, 11, 1, 9, tzinfo=UTC)
BODIES = (1, 2)


@action()
def make_keys(actor: Actor, *, organisation: int, count: int) -> list[UUID]:
    record("tests.key")
    return [data_keys.key_for_subject(uuid4(), "people.closed") for _number in range(count)]


@action()
def destroy_holder(actor: Actor, *, organisation: int, holder: UUID) -> int:
    record("tests.key")
    data_keys.key_for_subject(holder, "people.closed")
    return data_keys.destroy(holder)


def bare(organisation: int, wanted: list[UUID]) -> dict[UUID, bytes]:
    """The data keys themselves, as this process opens them."""
    with read_scope(SET_UP, (organisation,)):
        return data_keys.unwrapped(wanted)


def wrappers() -> dict[str, int]:
    with connections["owner"].cursor() as cursor:
        cursor.execute("select wrapped_by, count(*) from personal_data_datakey group by 1")
        return dict(cursor.fetchall())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[FileStore]:
    """A keyring of this test's own, made on 1 November, in a process that has not fetched it yet."""
    store = FileStore(tmp_path / "keyring.json")
    store.create(new_keyring(MADE))
    with override_settings(KEYRING=store.path, KEY_EXPORTS=tmp_path / "exports"):
        keyring.cache_clear()
        yield store
    keyring.cache_clear()
    with connections["owner"].cursor() as cursor:
        cursor.execute("delete from personal_data_retiredkey")


@pytest.fixture
def made(store: FileStore, monkeypatch: pytest.MonkeyPatch) -> dict[int, list[UUID]]:
    """Twenty-five keys in each of two organisations, wrapped ten at once."""
    monkeypatch.setattr(rotation, "AT_ONCE", 10)
    return {organisation: make_keys(SET_UP, organisation=organisation, count=25) for organisation in BODIES}


def rotate() -> list[str]:
    told: list[str] = []
    assert keys.rotate(connections["owner"], is_wanted=True, tell=told.append)
    return told


def test_every_key_is_wrapped_anew_and_the_old_one_destroyed(store: FileStore, made: dict[int, list[UUID]]) -> None:
    before, bare_before = store.load(), {body: bare(body, made[body]) for body in BODIES}
    told = rotate()
    after = store.load()
    assert (len(after.keys), after.old) == (1, [])
    assert after.current != before.current
    assert wrappers() == {after.current: 50}
    assert {body: bare(body, made[body]) for body in BODIES} == bare_before
    assert told[0] == "Keys: 25 of 50 wrapped anew"
    assert told[1] == "Keys: 50 of 50 wrapped anew"
    assert told[-1] == f"Keys: the key-encryption key {before.current} is destroyed"
    with read_scope(SET_UP, (1,)):
        assert Entry.objects.filter(organisation_id=1, action="commonweal.wrap_anew").count() == 3


def test_an_older_export_opens_nothing_afterwards(
    store: FileStore, made: dict[int, list[UUID]], tmp_path: Path
) -> None:
    old = tmp_path / "old.keys"
    exports.write_export(connections["owner"], keyring().held(), old)
    rotate()
    with pytest.raises(ExportError, match="before the keyring's last rotation and opens nothing"):
        exports.verify(old, store.load())
    for _id, _body, _scope, _holder, _class, wrapped, wrapped_by, _made in exports.read_lines(old, "key"):
        with pytest.raises(KeyringError):
            store.load().unwrap(bytes.fromhex(wrapped), key_id=UUID(_id), wrapped_by=wrapped_by)


def test_the_new_export_is_there_before_the_old_key_goes(
    store: FileStore, made: dict[int, list[UUID]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise ExportError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(exports, "write_export", fail)
        with pytest.raises(ExportError):
            rotate()
    assert len(store.load().keys) == 2
    rotate()
    assert len(store.load().keys) == 1
    with connections["owner"].cursor() as cursor:
        path = installation.exports_file(store.path.parent / "exports", installation.identify(cursor))
    assert exports.verify(path, store.load()).keys == 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_process_that_has_not_heard_yet_makes_no_key_that_would_be_lost(
    store: FileStore, made: dict[int, list[UUID]]
) -> None:
    """It wraps with what it holds; the database refuses, it fetches the keyring again and wraps with the new one."""
    late, current = store.load(), keyring()
    rotate()
    current._held = late
    (key_id,) = make_keys(SET_UP, organisation=1, count=1)
    assert wrappers() == {store.load().current: 51}
    assert set(bare(1, [key_id])) == {key_id}


def test_a_process_that_cannot_hear_makes_none_at_all(
    store: FileStore, made: dict[int, list[UUID]], monkeypatch: pytest.MonkeyPatch
) -> None:
    late = store.load()
    rotate()
    monkeypatch.setattr(KeptKeyring, "held", lambda self: late)
    monkeypatch.setattr(KeptKeyring, "renew", lambda self: late)
    with pytest.raises(KeyringError, match="start the process again"):
        make_keys(SET_UP, organisation=1, count=1)
    assert sum(wrappers().values()) == 50


def test_a_maker_in_the_middle_is_waited_for(store: FileStore, made: dict[int, list[UUID]]) -> None:
    """The key of a transaction that began before the old one was retired is wrapped anew as well."""
    begun, go_on = threading.Event(), threading.Event()

    @action()
    def make_slowly(actor: Actor, *, organisation: int) -> None:
        record("tests.key")
        data_keys.key_for_subject(uuid4(), "people.closed")
        begun.set()
        go_on.wait(30)

    def work() -> None:
        make_slowly(SET_UP, organisation=1)
        connections.close_all()

    maker = threading.Thread(target=work)
    maker.start()
    assert begun.wait(30)
    threading.Timer(0.5, go_on.set).start()
    rotate()
    maker.join()
    assert wrappers() == {store.load().current: 51}


def test_keys_that_others_hold_are_not_waited_for(store: FileStore, made: dict[int, list[UUID]]) -> None:
    """Somebody's erasure is under way: the rest is wrapped, and the erased key is gone at the end."""
    begun, go_on = threading.Event(), threading.Event()
    holder = uuid4()

    @action()
    def erase_slowly(actor: Actor, *, organisation: int) -> None:
        record("tests.key")
        data_keys.destroy(holder)
        begun.set()
        go_on.wait(30)

    @action()
    def make_one(actor: Actor, *, organisation: int) -> None:
        record("tests.key")
        data_keys.key_for_subject(holder, "people.closed")

    def work() -> None:
        erase_slowly(SET_UP, organisation=2)
        connections.close_all()

    make_one(SET_UP, organisation=2)
    eraser = threading.Thread(target=work)
    eraser.start()
    assert begun.wait(30)
    ring = keyring().held().with_new_key(MADE)
    batch = keys.wrap_anew(SET_UP, organisation=2, ring=ring, after=rotation.START)
    assert batch.wrapped == 10
    go_on.set()
    eraser.join()
    assert sum(wrappers().values()) == 50


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


def test_a_clock_set_back_in_the_middle(store: FileStore, made: dict[int, list[UUID]]) -> None:
    with clocks.at(MADE - timedelta(days=4000)):
        rotate()
    ring = store.load()
    assert wrappers() == {ring.current: 50}
    assert ring.is_due(MADE, days=30), "a key with such a date is replaced at the next look"


@contextmanager
def standing_at(days: int) -> Iterator[None]:
    with clocks.at(MADE + timedelta(days=days)):
        yield


class TestTheWorkersLoop:
    def test_it_does_nothing_before_it_is_time_but_keeps_the_export_fresh(
        self, store: FileStore, made: dict[int, list[UUID]]
    ) -> None:
        before = store.load()
        with standing_at(3):
            keys.keep_keys()
            (path,) = (store.path.parent / "exports").iterdir()
            first = exports.read_header(path)
            keys.keep_keys()
            assert exports.read_header(path) == first
            destroy_holder(SET_UP, organisation=2, holder=uuid4())
            keys.keep_keys()
        assert exports.read_header(path).erasures[2] == first.erasures.get(2, 0) + 1
        assert store.load() == before

    def test_it_rotates_when_it_is_time(self, store: FileStore, made: dict[int, list[UUID]]) -> None:
        before = store.load()
        with standing_at(29):
            keys.keep_keys()
        assert store.load().old == []
        assert store.load().current != before.current

    def test_it_goes_on_with_what_was_broken_off(self, store: FileStore, made: dict[int, list[UUID]]) -> None:
        store.save(store.load().with_new_key(MADE))
        with standing_at(3):
            keys.keep_keys()
        assert wrappers() == {store.load().current: 50}
        assert store.load().old == []

    def test_where_the_keyring_cannot_be_written_it_reminds_once(
        self, store: FileStore, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(keys, "_reminded", [float("-inf")])
        monkeypatch.setattr(FileStore, "can_save", False)
        with standing_at(29):
            keys.keep_keys()
            keys.keep_keys()
        assert caplog.text.count("is due for rotation: run `commonweal keys rotate`") == 1

    def test_what_is_wrong_is_said_in_the_log(self, store: FileStore, caplog: pytest.LogCaptureFixture) -> None:
        keyring().held()
        store.path.write_text("not a keyring")
        keys.keep_keys()
        assert "The keys are not kept as they should be: The keyring cannot be read" in caplog.text


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
