"""A scope is a transaction with its organisation set; it is joined or refused, never widened."""

import threading
from uuid import uuid4

import pytest
from django.conf import settings as configured
from django.db import DatabaseError, connection, transaction

from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.scope.actors import System
from commonweal.foundations.scope.isolation import application_login
from commonweal.foundations.scope.scopes import (
    PLATFORM,
    ScopeError,
    current_scope,
    open_scope_or_none,
    read_scope,
    reading_scope,
    write_scope,
)

OTHER = System(task="tests.other")
LEEDS, CARDIFF, FIFE = 11, 12, 13


def settings() -> tuple[str, str]:
    """What the transaction says: the organisation written to, the organisations read."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_setting('commonweal.organisation', true), current_setting('commonweal.organisations', true)"
        )
        written, readable = cursor.fetchone()
    return written or "", readable or ""


@pytest.mark.django_db
class TestWhatIsSet:
    def test_writing_is_for_one(self) -> None:
        with write_scope(SET_UP, LEEDS):
            assert settings() == ("11", "{11}")
        assert settings() == ("", "")

    def test_reading_is_for_one_or_several(self) -> None:
        with read_scope(SET_UP, (LEEDS, CARDIFF)) as scope:
            assert settings() == ("", "{11,12}")
            with pytest.raises(ScopeError, match="exactly one"):
                _ = scope.organisation

    def test_the_platform_has_a_scope_too(self) -> None:
        with write_scope(SET_UP, PLATFORM):
            assert settings() == ("0", "{0}")

    def test_nothing_is_left_after_a_failure(self) -> None:
        with pytest.raises(RuntimeError), write_scope(SET_UP, LEEDS):
            raise RuntimeError
        assert settings() == ("", "")
        assert open_scope_or_none() is None

    def test_one_after_another(self) -> None:
        with write_scope(SET_UP, LEEDS):
            pass
        with write_scope(OTHER, CARDIFF):
            assert settings() == ("12", "{12}")


@pytest.mark.django_db
class TestJoining:
    def test_writing_joins_its_organisation_and_actor(self) -> None:
        with write_scope(SET_UP, LEEDS) as outer, write_scope(System(task="tests.set_up"), LEEDS) as inner:
            assert inner is outer

    def test_writing_refuses_another_organisation(self) -> None:
        with pytest.raises(ScopeError, match="joins its organisation"), write_scope(SET_UP, LEEDS):
            write_scope(SET_UP, CARDIFF).__enter__()

    def test_writing_refuses_another_actor(self) -> None:
        with pytest.raises(ScopeError, match="joins its organisation"), write_scope(SET_UP, LEEDS):
            write_scope(OTHER, LEEDS).__enter__()

    def test_writing_refuses_a_scope_for_reading(self) -> None:
        for outer in (read_scope(SET_UP, (LEEDS,)), reading_scope(SET_UP, LEEDS)):
            with pytest.raises(ScopeError, match="inside a query or a reading"), outer:
                write_scope(SET_UP, LEEDS).__enter__()

    def test_reading_joins_what_is_within(self) -> None:
        with read_scope(SET_UP, (LEEDS, CARDIFF)) as outer, read_scope(OTHER, (CARDIFF,)) as inner:
            assert inner is outer
        with write_scope(SET_UP, LEEDS) as outer, read_scope(SET_UP, (LEEDS,)) as inner:
            assert inner is outer

    @pytest.mark.parametrize("organisations", [(FIFE,), (LEEDS, FIFE)])
    def test_reading_refuses_what_is_not(self, organisations: tuple[int, ...]) -> None:
        with pytest.raises(ScopeError, match="stays within"), read_scope(SET_UP, (LEEDS, CARDIFF)):
            read_scope(SET_UP, organisations).__enter__()

    def test_a_reading_joins_nothing(self) -> None:
        for outer in (write_scope(SET_UP, LEEDS), read_scope(SET_UP, (LEEDS,)), reading_scope(SET_UP, LEEDS)):
            with pytest.raises(ScopeError, match="transaction of its own"), outer:
                reading_scope(SET_UP, LEEDS).__enter__()


def test_without_one_there_is_none() -> None:
    assert open_scope_or_none() is None
    with pytest.raises(ScopeError, match="No scope is open"):
        current_scope()


@pytest.mark.django_db
def test_a_thread_inherits_none() -> None:
    seen = []
    with write_scope(SET_UP, LEEDS):
        thread = threading.Thread(target=lambda: seen.append(open_scope_or_none()))
        thread.start()
        thread.join()
    assert seen == [None]


@pytest.mark.django_db
def test_reading_cannot_write(cast: Cast) -> None:
    """The policies ask for the organisation written to, and reading sets none."""
    connection.ensure_connection()
    with (
        pytest.raises(Exception, match="invalid input syntax for type bigint"),
        read_scope(SET_UP, (cast.leeds,)),
        transaction.atomic(),
    ):
        # Past Django's cursor, since the guard of the tests would refuse first.
        connection.connection.execute(
            "insert into organisations_team (id, organisation_id, name) values (%s, %s, 'x')", [uuid4(), cast.leeds]
        )


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
class TestItsTransaction:
    def test_it_is_the_outermost(self) -> None:
        with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
            write_scope(SET_UP, LEEDS).__enter__()
        assert open_scope_or_none() is None

    def test_the_organisation_ends_with_it(self) -> None:
        with write_scope(SET_UP, LEEDS):
            pass
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute("select * from organisations_team")


def test_the_login_is_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(configured.DATABASES["default"], "USER", 'app"; drop table x; --')
    assert application_login() == '"app""; drop table x; --"'
