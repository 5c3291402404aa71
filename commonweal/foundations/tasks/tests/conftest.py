"""A keyring of a test's own, and keys wrapped by it."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connections
from django.test import override_settings

from commonweal.conftest import SET_UP
from commonweal.foundations.personal_data import rotation
from commonweal.foundations.personal_data.keyring import keyring
from commonweal.foundations.personal_data.stores import FileStore
from commonweal.foundations.personal_data.wrapping import new_keyring
from commonweal.foundations.tasks.tests.keys_made import BODIES, MADE, make_keys


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
