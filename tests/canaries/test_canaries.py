"""After a journey with names that nobody has, they are nowhere in the clear: not in the database, files or sessions."""

from collections.abc import Iterator

import pytest
from django.contrib.sessions.backends.db import SessionStore as PlainSessionStore

from commonweal.frontends.website.accounts.sessions import SessionStore
from tests.canaries.encodings import find
from tests.canaries.journey import CANARIES, NOTE, SIGN_IN_EMAIL, TOLD, UNCONFIRMED_EMAIL, fly
from tests.canaries.searching import (
    found_in_database_files,
    found_in_files,
    sessions,
    tables_holding,
    tables_of,
)
from tests.stack.stack import Stack

MOST_TELLING = (TOLD.name, TOLD.email, NOTE)
"""Of whom the database's own files are asked: with everything a change ever wrote, they are large."""
SIGN_IN_TABLES = {"identity_account", "account_emailaddress"}


@pytest.fixture(scope="module")
def flown(stack: Stack) -> Stack:
    """The stack after the journey."""
    fly(stack)
    return stack


@pytest.fixture(scope="module")
def dump(flown: Stack) -> bytes:
    """Everything in the database."""
    return flown.database.dump()


@pytest.fixture
def planted(flown: Stack) -> Iterator[None]:
    """A column that somebody forgot to seal."""
    flown.database.change("create table planted (said text, packed bytea)")
    flown.database.change("insert into planted values (%s, %s)", CANARIES[0].lower(), CANARIES[1].encode())
    yield
    flown.database.change("drop table planted")


def test_no_table_holds_a_canary(dump: bytes) -> None:
    assert {"cases_case", "people_person", "forms_draftanswer", "django_session", "procrastinate_jobs"} <= set(
        tables_of(dump)
    )
    assert find(dump, CANARIES) == []


@pytest.mark.parametrize("address", [SIGN_IN_EMAIL, UNCONFIRMED_EMAIL], ids=["confirmed", "unconfirmed"])
def test_a_sign_in_address_lies_where_it_is_declared_and_nowhere_else(flown: Stack, dump: bytes, address: str) -> None:
    assert tables_holding(dump, address) == SIGN_IN_TABLES
    assert found_in_files(flown, [address]) == []
    assert find(sessions(flown, PlainSessionStore), [address]) == []


def test_no_session_holds_a_canary(flown: Stack) -> None:
    held = sessions(flown, SessionStore)

    assert b"_auth_user_id" in held
    assert find(held, CANARIES) == []


def test_no_file_holds_a_canary(flown: Stack) -> None:
    assert flown.logs()
    assert found_in_files(flown, CANARIES) == []


def test_the_databases_own_files_hold_no_canary(flown: Stack) -> None:
    assert found_in_database_files(flown, MOST_TELLING) == []


@pytest.mark.usefixtures("planted")
def test_the_search_finds_what_is_left_in_the_clear(flown: Stack) -> None:
    dump = flown.database.dump()

    assert tables_holding(dump, CANARIES[0]) == {"planted"}
    assert tables_holding(dump, CANARIES[1]) == {"planted"}
    assert found_in_database_files(flown, CANARIES[:1]) != []


def test_the_search_finds_what_is_left_in_a_log(flown: Stack) -> None:
    log = flown.installation.logs / "planted.log"
    log.write_text(f"GET /workspace/leeds/find/?q={CANARIES[0].replace(' ', '+')}")
    try:
        assert found_in_files(flown, CANARIES[:1]) != []
    finally:
        log.unlink()
