"""Losing the keyring loses the data: so it is made once, and never in silence again."""

from pathlib import Path

import psycopg
import pytest

from commonweal.frontends.cli.databases import Database
from commonweal.frontends.cli.installation import Installation
from commonweal.frontends.cli.keyrings import make_keyring, require_keyring, require_matching_keyring, store_of
from commonweal.frontends.cli.postgres.server import Server
from commonweal.frontends.cli.problems import Problem


@pytest.fixture
def database(server: Server) -> Database:
    return Database(server.url("owner"), server.url("application"), server)


@pytest.fixture
def told() -> list[str]:
    return []


def test_a_new_database_gets_a_keyring(installation: Installation, database: Database, told: list[str]) -> None:
    require_keyring(installation, database, told.append)
    assert installation.keyring.stat().st_mode & 0o077 == 0
    assert "keep a copy apart from the data" in told[0]


def test_a_keyring_that_is_there_is_kept(installation: Installation, database: Database, told: list[str]) -> None:
    make_keyring(installation.keyring)
    before = installation.keyring.read_bytes()
    require_keyring(installation, database, told.append)
    assert installation.keyring.read_bytes() == before
    with pytest.raises(Problem, match="it is kept"):
        make_keyring(installation.keyring)


def test_a_database_with_data_and_no_keyring_is_refused(
    installation: Installation, database: Database, server: Server, told: list[str]
) -> None:
    with psycopg.connect(server.url("owner"), autocommit=True) as connection:
        connection.execute("create table django_migrations (id int)")
        with pytest.raises(Problem, match=r"is missing, .* restore that file from where it is kept safe"):
            require_keyring(installation, database, told.append)
        assert not installation.keyring.exists()
        require_keyring(installation, database, told.append, is_anew=True)
        connection.execute("drop table django_migrations")
    assert installation.keyring.exists()


def test_a_keyring_that_others_can_read_is_told_at_each_start(
    installation: Installation, database: Database, told: list[str]
) -> None:
    make_keyring(installation.keyring)
    require_keyring(installation, database, told.append)
    assert told == []
    installation.keyring.chmod(0o640)
    require_keyring(installation, database, told.append)
    assert "others can read" in told[0]
    assert "run chmod 600" in told[0]


def test_a_damaged_keyring_is_told(installation: Installation, database: Database, told: list[str]) -> None:
    installation.keyring.parent.mkdir(parents=True)
    Path(installation.keyring).write_text("{}")
    with pytest.raises(Problem, match=r"cannot be read: restore it"):
        require_keyring(installation, database, told.append)


def test_a_keyring_that_opens_nothing_of_the_data_is_told(
    installation: Installation, database: Database, server: Server, told: list[str]
) -> None:
    require_keyring(installation, database, told.append)
    require_matching_keyring(installation, database)
    with psycopg.connect(server.url("owner"), autocommit=True) as connection:
        connection.execute("create table personal_data_datakey (wrapped_by varchar)")
        require_matching_keyring(installation, database)
        connection.execute("insert into personal_data_datakey values ('of another keyring')")
        with pytest.raises(Problem, match=r"does not open what this database holds .*: put the newest copy"):
            require_matching_keyring(installation, database)
        (own,) = store_of(installation.keyring).load().keys
        connection.execute("insert into personal_data_datakey values (%s)", [own])
        require_matching_keyring(installation, database)
        connection.execute("drop table personal_data_datakey")
