"""Key exports: whole, of this installation, and newer than the data, or refused."""

import os
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connections

from commonweal.foundations.personal_data import exports
from commonweal.foundations.personal_data.exports import ExportError
from commonweal.foundations.personal_data.keyring import keyring
from commonweal.foundations.personal_data.restoring import restore_keys
from commonweal.foundations.personal_data.tests.restoring.backups import (
    ask_owner,
    destroy_keys,
    export_to,
    holders,
    make_person,
    restore_from,
)
from commonweal.foundations.personal_data.wrapping import new_keyring

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("settled"),
]


class TestAWrongExport:
    def test_a_missing_one(self, path: Path) -> None:
        with pytest.raises(ExportError, match="is missing: take the newest one"):
            restore_from(path)

    def test_one_that_was_cut_short(self, people: tuple[UUID, UUID], path: Path) -> None:
        export_to(path)
        path.write_bytes(path.read_bytes()[:-90])
        with pytest.raises(ExportError, match="cut short or altered"):
            restore_from(path)

    def test_one_whose_ledger_was_thinned(self, people: tuple[UUID, UUID], path: Path) -> None:
        destroy_keys(people[0])
        export_to(path)
        path.write_bytes(b"".join(line for line in path.read_bytes().splitlines(True) if b'{"erasure"' not in line))
        with pytest.raises(ExportError, match="cut short or altered"):
            restore_from(path)

    @pytest.mark.parametrize("text", ["", "PGDMP", "[]", '{"format": "other"}'])
    def test_something_else(self, path: Path, text: str) -> None:
        path.write_text(text)
        with pytest.raises(ExportError, match="is not a key export"):
            restore_from(path)

    def test_one_of_another_keyring(self, people: tuple[UUID, UUID], path: Path) -> None:
        export_to(path)
        with pytest.raises(ExportError, match="before the keyring's last rotation"):
            restore_keys(connections["owner"], new_keyring(datetime(2026, 11, 22, tzinfo=UTC)), path)

    def test_one_of_another_installation(self, people: tuple[UUID, UUID], path: Path) -> None:
        export_to(path)
        ask_owner("update personal_data_installation set id = gen_random_uuid()")
        with pytest.raises(ExportError, match="is of another installation"):
            restore_from(path)
        with pytest.raises(ExportError, match="is the key export of another installation"):
            export_to(path)

    def test_one_that_does_not_know_an_erasure_of_the_data(self, people: tuple[UUID, UUID], path: Path) -> None:
        export_to(path)
        destroy_keys(people[0])
        with pytest.raises(ExportError, match="does not know all that was erased"):
            restore_from(path)
        assert holders() == {people[1]}

    def test_one_older_than_keys_of_the_data(self, people: tuple[UUID, UUID], path: Path) -> None:
        export_to(path)
        later = make_person()
        with pytest.raises(ExportError, match="1 keys were made after it"):
            restore_from(path)
        assert later in holders()
        restore_from(path, is_keeping_newer=True)
        assert holders() == {*people, later}


def test_an_export_holds_no_key_that_wraps(people: tuple[UUID, UUID], path: Path) -> None:
    ring = keyring().held()
    header = export_to(path)
    text = path.read_bytes()
    for key in ring.keys.values():
        assert key not in text
        assert key.hex().encode() not in text
    assert exports.verify(path, ring) == header
    assert header.keys == 2


def test_a_full_disk_leaves_the_export_before(
    people: tuple[UUID, UUID], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = export_to(path)

    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(OSError, match="No space left"):
            export_to(path)
    assert exports.verify(path, keyring().held()) == before
    assert [file.name for file in path.parent.iterdir() if "half" in file.name] == []
