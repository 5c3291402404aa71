"""Keys: one for each scope, made once, destroyed for ever."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.personal_data import keys
from commonweal.foundations.personal_data.keyring import keyring
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.personal_data.reading import Forgotten, reading
from commonweal.foundations.personal_data.tests.conftest import acting
from commonweal.foundations.scope.scopes import read_scope

MAKERS = 8


@pytest.mark.django_db
class TestMaking:
    def test_one_for_each_person_and_retention_class(self, cast: Cast) -> None:
        person = uuid4()
        with acting(SET_UP, cast.leeds):
            closed = keys.key_for_subject(person, "people.closed")
            assert keys.key_for_subject(person, "people.closed") == closed
            others = {
                keys.key_for_subject(person, "cases.closed"),
                keys.key_for_record(person, "people.closed"),
                keys.key_for_draft(person),
                keys.key_for_subject(uuid4(), "people.closed"),
            }
        assert closed not in others
        assert len(others) == 4

    def test_another_organisation_has_another(self, cast: Cast) -> None:
        person = uuid4()
        with acting(SET_UP, cast.leeds):
            here = keys.key_for_subject(person, "people.closed")
        with acting(SET_UP, cast.cardiff):
            there = keys.key_for_subject(person, "people.closed")
            assert there != here
            with pytest.raises(LookupError, match="destroyed"):
                keys.to_seal_with(here)

    def test_what_lies_in_the_database_is_wrapped(self, cast: Cast) -> None:
        with acting(SET_UP, cast.leeds):
            key_id = keys.key_for_subject(uuid4(), "people.closed")
            key = keys.to_seal_with(key_id)
        with read_scope(SET_UP, (cast.leeds,)), connection.cursor() as cursor:
            cursor.execute("select wrapped from personal_data_datakey where id = %s", [key_id])
            (wrapped,) = cursor.fetchone()
        assert key not in bytes(wrapped)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_makers_at_the_same_moment_get_one_key(cast: Cast) -> None:
    person, together = uuid4(), Barrier(MAKERS)

    def make(_number: int) -> tuple[UUID, bytes]:
        try:
            with acting(SET_UP, cast.leeds):
                together.wait(timeout=20)
                key_id = keys.key_for_subject(person, "people.closed")
                return key_id, keys.to_seal_with(key_id)
        finally:
            connection.close()

    with ThreadPoolExecutor(MAKERS) as pool:
        made = set(pool.map(make, range(MAKERS)))
    assert len(made) == 1


@pytest.mark.django_db
class TestDestroying:
    @pytest.fixture
    def name(self, people: Any, rosa_lund: UUID, cast: Cast) -> Callable[[], str]:
        def read() -> str:
            with reading(cast.priya, purpose=CASEWORK, organisation=cast.leeds):
                found: str = people.objects.get(id=rosa_lund).name
                return found

        return read

    def test_what_it_sealed_is_forgotten_at_once(self, name: Any, rosa_lund: UUID, cast: Cast) -> None:
        assert name() == "Rosa Lund"
        with acting(SET_UP, cast.leeds):
            assert keys.destroy(rosa_lund) == 1
        with pytest.raises(Forgotten) as refusal:
            name()
        assert refusal.value.status == 410

    def test_only_the_classes_that_are_erased(self, name: Any, rosa_lund: UUID, cast: Cast) -> None:
        with acting(SET_UP, cast.leeds):
            assert keys.destroy(rosa_lund, retention_classes=["cases.closed"]) == 0
        assert name() == "Rosa Lund"

    def test_only_in_its_organisation(self, name: Any, rosa_lund: UUID, cast: Cast) -> None:
        with acting(SET_UP, cast.cardiff):
            assert keys.destroy(rosa_lund) == 0
        assert name() == "Rosa Lund"

    def test_nothing_more_is_sealed_with_it(self, people: Any, rosa_lund: UUID, cast: Cast) -> None:
        with read_scope(SET_UP, (cast.leeds,)):
            row = people.objects.get(id=rosa_lund)
        with acting(SET_UP, cast.leeds):
            keys.destroy(rosa_lund)
        row.name = "Rosa again"
        with pytest.raises(LookupError, match="destroyed"), acting(SET_UP, cast.leeds):
            row.save()

    def test_no_process_keeps_it(self, rosa_lund: UUID, cast: Cast) -> None:
        """What was unwrapped lives as long as its transaction: nothing of it hangs on the keyring."""
        with acting(SET_UP, cast.leeds):
            key = keys.to_seal_with(keys.key_for_subject(rosa_lund, "people.closed"))
        assert key not in keyring().held().keys.values()
