"""Exports, and what a restore makes of an older state of the tables."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections, transaction

from commonweal.conftest import SET_UP
from commonweal.foundations.personal_data import exports, installation, keys, ledger, serving
from commonweal.foundations.personal_data.exports import ExportError
from commonweal.foundations.personal_data.installation import NotServable
from commonweal.foundations.personal_data.keyring import keyring
from commonweal.foundations.personal_data.models import SearchToken
from commonweal.foundations.personal_data.restoring import Restored, restore_keys
from commonweal.foundations.personal_data.tests.conftest import acting
from commonweal.foundations.personal_data.wrapping import new_keyring
from commonweal.foundations.scope.scopes import read_scope

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

LEEDS = 1
_COPIED = ("personal_data_datakey", "personal_data_erasure", "personal_data_retiredkey", "personal_data_searchtoken")


class Backup:
    """What a copy of the server's files would bring back: the tables as they were, by the owner."""

    def __init__(self) -> None:
        for table in _COPIED:
            _owner(f"create temp table if not exists kept_{table} as select * from {table}")

    def put_back(self, *, is_elsewhere: bool = True) -> None:
        for table in _COPIED:
            _owner(f"delete from {table}")
            _owner(f"insert into {table} select * from kept_{table}")
        if is_elsewhere:
            _owner("update personal_data_installation set place = 'elsewhere'")


@pytest.fixture(autouse=True)
def _forgetful() -> Iterator[None]:
    """The process asks again where the tables lie."""
    installation._home.at.clear()
    with connections["owner"].cursor() as cursor:
        installation.identify(cursor)
        installation.settle(cursor)
    yield
    for table in _COPIED:
        _owner(f"drop table if exists kept_{table}")
    with connections["owner"].cursor() as cursor:
        installation.settle(cursor)
    installation._home.at.clear()


@pytest.fixture
def people() -> tuple[UUID, UUID]:
    """Two people with a key and a search token each."""
    return _person(), _person()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "newest.keys"


def _person() -> UUID:
    holder = uuid4()
    with acting(SET_UP, LEEDS):
        keys.key_for_subject(holder, "people.closed")
        SearchToken.objects.create(organisation_id=LEEDS, token=b"token", label="people.person.name", row=holder)
    return holder


def _destroy(holder: UUID) -> None:
    with acting(SET_UP, LEEDS):
        keys.destroy(holder)


def _export(path: Path) -> exports.Header:
    return exports.write_export(connections["owner"], keyring().held(), path)


def _restore(path: Path, *, is_keeping_newer: bool = False) -> Restored:
    return restore_keys(connections["owner"], keyring().held(), path, is_keeping_newer=is_keeping_newer)


def _owner(statement: str) -> list[tuple[Any, ...]]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []


def _holders() -> set[UUID]:
    return {holder for (holder,) in _owner("select holder from personal_data_datakey")}


def _reason(folder: Path) -> str:
    with transaction.atomic(), connections["default"].cursor() as cursor:
        return serving.reason_not_to_serve(cursor, folder)


class TestARestore:
    def test_what_was_erased_since_is_erased_again(self, people: tuple[UUID, UUID], path: Path) -> None:
        erased, kept = people
        backup = Backup()
        _destroy(erased)
        _export(path)
        backup.put_back()
        assert _holders() == {erased, kept}
        assert _restore(path) == Restored(keys=1, gone=1, erasures=1)
        assert _holders() == {kept}
        assert {row for (row,) in _owner("select row from personal_data_searchtoken")} == {kept}
        assert len(_owner("select id from personal_data_erasure")) == 1

    def test_nothing_opens_until_it_is_done(self, people: tuple[UUID, UUID], path: Path) -> None:
        (key_id,) = (row[0] for row in _owner(f"select id from personal_data_datakey where holder = '{people[1]}'"))
        backup = Backup()
        _export(path)
        backup.put_back()
        with read_scope(SET_UP, (LEEDS,)), pytest.raises(NotServable, match="run `commonweal keys restore`"):
            keys.unwrapped([key_id])
        _restore(path)
        with read_scope(SET_UP, (LEEDS,)):
            assert set(keys.unwrapped([key_id])) == {key_id}

    def test_capabilities_forget_again_before_anything_is_served(
        self, people: tuple[UUID, UUID], path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told: list[tuple[UUID, bool, str]] = []
        monkeypatch.setattr(ledger, "FORGETTERS", [])

        @ledger.forgets
        def forget(line: ledger.Line) -> None:
            told.append((line.holder, line.is_whole, _reason(tmp_path)[:30]))

        backup = Backup()
        _destroy(people[0])
        _export(path)
        backup.put_back()
        _restore(path)
        assert told == [(people[0], True, "This database was restored fro")]
        assert _reason(tmp_path) == ""

    def test_it_is_run_again_after_a_failure(
        self, people: tuple[UUID, UUID], path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(line: ledger.Line) -> None:
            raise RuntimeError("killed")

        backup = Backup()
        _destroy(people[0])
        _export(path)
        backup.put_back()
        monkeypatch.setattr(ledger, "FORGETTERS", [fail])
        with pytest.raises(RuntimeError):
            _restore(path)
        assert _reason(tmp_path) != ""
        monkeypatch.setattr(ledger, "FORGETTERS", [])
        _restore(path)
        assert (_reason(tmp_path), _holders()) == ("", {people[1]})

    def test_a_person_who_came_back_keeps_their_new_key_and_tokens(self, people: tuple[UUID, UUID], path: Path) -> None:
        _destroy(people[0])
        with acting(SET_UP, LEEDS):
            new = keys.key_for_subject(people[0], "people.closed")
        backup = Backup()
        _export(path)
        backup.put_back()
        _restore(path)
        assert (new,) in _owner(f"select id from personal_data_datakey where holder = '{people[0]}'")
        assert people[0] in {row for (row,) in _owner("select row from personal_data_searchtoken")}

    def test_keys_that_the_data_does_not_know_do_no_harm(self, people: tuple[UUID, UUID], path: Path) -> None:
        backup = Backup()
        later = _person()
        _export(path)
        backup.put_back()
        _restore(path)
        assert _holders() == {*people, later}


class TestAWrongExport:
    def test_a_missing_one(self, path: Path) -> None:
        with pytest.raises(ExportError, match="is missing: take the newest one"):
            _restore(path)

    def test_one_that_was_cut_short(self, people: tuple[UUID, UUID], path: Path) -> None:
        _export(path)
        path.write_bytes(path.read_bytes()[:-90])
        with pytest.raises(ExportError, match="cut short or altered"):
            _restore(path)

    def test_one_whose_ledger_was_thinned(self, people: tuple[UUID, UUID], path: Path) -> None:
        _destroy(people[0])
        _export(path)
        path.write_bytes(b"".join(line for line in path.read_bytes().splitlines(True) if b'{"erasure"' not in line))
        with pytest.raises(ExportError, match="cut short or altered"):
            _restore(path)

    @pytest.mark.parametrize("text", ["", "PGDMP", "[]", '{"format": "other"}'])
    def test_something_else(self, path: Path, text: str) -> None:
        path.write_text(text)
        with pytest.raises(ExportError, match="is not a key export"):
            _restore(path)

    def test_one_of_another_keyring(self, people: tuple[UUID, UUID], path: Path) -> None:
        _export(path)
        with pytest.raises(ExportError, match="before the keyring's last rotation"):
            restore_keys(connections["owner"], new_keyring(datetime(2026, 11, 22, tzinfo=UTC)), path)

    def test_one_of_another_installation(self, people: tuple[UUID, UUID], path: Path) -> None:
        _export(path)
        _owner("update personal_data_installation set id = gen_random_uuid()")
        with pytest.raises(ExportError, match="is of another installation"):
            _restore(path)
        with pytest.raises(ExportError, match="is the key export of another installation"):
            _export(path)

    def test_one_that_does_not_know_an_erasure_of_the_data(self, people: tuple[UUID, UUID], path: Path) -> None:
        _export(path)
        _destroy(people[0])
        with pytest.raises(ExportError, match="does not know all that was erased"):
            _restore(path)
        assert _holders() == {people[1]}

    def test_one_older_than_keys_of_the_data(self, people: tuple[UUID, UUID], path: Path) -> None:
        _export(path)
        later = _person()
        with pytest.raises(ExportError, match="1 keys were made after it"):
            _restore(path)
        assert later in _holders()
        _restore(path, is_keeping_newer=True)
        assert _holders() == {*people, later}


class TestACopyOfTheServersFiles:
    """It lies where it always lay; only the newest export knows better."""

    def test_it_is_not_served(self, people: tuple[UUID, UUID], tmp_path: Path) -> None:
        with connections["owner"].cursor() as cursor:
            newest = installation.exports_file(tmp_path, installation.identify(cursor))
        backup = Backup()
        _destroy(people[0])
        _export(newest)
        assert _reason(tmp_path) == ""
        backup.put_back(is_elsewhere=False)
        assert "run `commonweal keys restore`" in _reason(tmp_path)
        with pytest.raises(NotServable, match="knows erasures that this database does not"):
            _export(newest)
        _restore(newest)
        assert _reason(tmp_path) == ""

    def test_a_rotation_shows_too(self, people: tuple[UUID, UUID], tmp_path: Path) -> None:
        with connections["owner"].cursor() as cursor:
            newest = installation.exports_file(tmp_path, installation.identify(cursor))
        backup = Backup()
        _owner("insert into personal_data_retiredkey (name, retired_at) values ('old', now())")
        _export(newest)
        backup.put_back(is_elsewhere=False)
        assert "run `commonweal keys restore`" in _reason(tmp_path)


def test_an_export_holds_no_key_that_wraps(people: tuple[UUID, UUID], path: Path) -> None:
    ring = keyring().held()
    header = _export(path)
    text = path.read_bytes()
    for key in ring.keys.values():
        assert key not in text
        assert key.hex().encode() not in text
    assert exports.verify(path, ring) == header
    assert header.keys == 2


def test_a_full_disk_leaves_the_export_before(
    people: tuple[UUID, UUID], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _export(path)

    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(OSError, match="No space left"):
            _export(path)
    assert exports.verify(path, keyring().held()) == before
    assert [file.name for file in path.parent.iterdir() if "half" in file.name] == []


def test_it_is_found_out_by_postgres_alone_where_tables_lie(people: tuple[UUID, UUID], tmp_path: Path) -> None:
    assert _reason(tmp_path) == ""
    _owner("update personal_data_installation set place = 'elsewhere'")
    assert _reason(tmp_path) == installation.RESTORED
