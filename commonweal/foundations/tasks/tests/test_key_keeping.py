"""The worker's loop that keeps the keys."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from commonweal.conftest import SET_UP
from commonweal.foundations.clocks import now as clocks
from commonweal.foundations.personal_data import exports
from commonweal.foundations.personal_data.keyring import keyring
from commonweal.foundations.personal_data.stores import FileStore
from commonweal.foundations.tasks import key_keeping
from commonweal.foundations.tasks.tests.keys_made import MADE, destroy_holder, wrappers

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


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
            key_keeping.keep_keys()
            (path,) = (store.path.parent / "exports").iterdir()
            first = exports.read_header(path)
            key_keeping.keep_keys()
            assert exports.read_header(path) == first
            destroy_holder(SET_UP, organisation=2, holder=uuid4())
            key_keeping.keep_keys()
        assert exports.read_header(path).erasures[2] == first.erasures.get(2, 0) + 1
        assert store.load() == before

    def test_it_rotates_when_it_is_time(self, store: FileStore, made: dict[int, list[UUID]]) -> None:
        before = store.load()
        with standing_at(29):
            key_keeping.keep_keys()
        assert store.load().old == []
        assert store.load().current != before.current

    def test_it_goes_on_with_what_was_broken_off(self, store: FileStore, made: dict[int, list[UUID]]) -> None:
        store.save(store.load().with_new_key(MADE))
        with standing_at(3):
            key_keeping.keep_keys()
        assert wrappers() == {store.load().current: 50}
        assert store.load().old == []

    def test_where_the_keyring_cannot_be_written_it_reminds_once(
        self, store: FileStore, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(key_keeping, "_reminded", [float("-inf")])
        monkeypatch.setattr(FileStore, "can_save", False)
        with standing_at(29):
            key_keeping.keep_keys()
            key_keeping.keep_keys()
        assert caplog.text.count("is due for rotation: run `commonweal keys rotate`") == 1

    def test_what_is_wrong_is_said_in_the_log(self, store: FileStore, caplog: pytest.LogCaptureFixture) -> None:
        keyring().held()
        store.path.write_text("not a keyring")
        key_keeping.keep_keys()
        assert "The keys are not kept as they should be: The keyring cannot be read" in caplog.text
