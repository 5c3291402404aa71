"""A rotation from end to end, on committed rows of two organisations."""

import stat
import threading
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connections

from commonweal.conftest import SET_UP
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.models import Entry
from commonweal.foundations.audit.record import record
from commonweal.foundations.personal_data import exports, installation, rotation
from commonweal.foundations.personal_data import keys as data_keys
from commonweal.foundations.personal_data.exports import ExportError
from commonweal.foundations.personal_data.keyring import KeptKeyring, keyring
from commonweal.foundations.personal_data.stores import FileStore
from commonweal.foundations.personal_data.wrapping import KeyringError
from commonweal.foundations.scope.actors import Actor
from commonweal.foundations.scope.scopes import read_scope
from commonweal.foundations.tasks import keys
from commonweal.foundations.tasks.tests.keys_made import BODIES, MADE, bare, make_keys, rotate, wrappers

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


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
