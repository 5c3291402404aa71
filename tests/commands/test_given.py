"""DATABASE_URL: any PostgreSQL from 15 on, with one login or two."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from commonweal.frontends.cli.postgres import given
from commonweal.frontends.cli.postgres.given import connect, given_logins, is_powerful
from commonweal.frontends.cli.postgres.server import Server
from commonweal.frontends.cli.postgres.urls import Address, parse_url
from commonweal.frontends.cli.problems import Problem


@pytest.fixture
def maker(server: Server) -> Iterator[Address]:
    """A login of the operator's that owns a database and may create roles."""
    with psycopg.connect(server.url("superuser", "postgres"), autocommit=True) as connection:
        connection.execute("drop database if exists council with (force)")
        connection.execute("drop role if exists maker, commonweal_app")
        connection.execute("create role maker login createrole password 'm'")
        connection.execute("create database council owner maker")
        yield Address("maker", "m", "council", str(server.place.socket), "5432")
        connection.execute("drop database council with (force)")


@pytest.fixture(autouse=True)
def _without_application(server: Server) -> Iterator[None]:
    """These tests make the application's login themselves; the server's own comes back with its next start."""
    with psycopg.connect(server.url("superuser", "commonweal"), autocommit=True) as connection:
        connection.execute("drop owned by commonweal_app")
        yield
    server.restart()


def test_one_login_makes_the_other(maker: Address, tmp_path: Path) -> None:
    owner, application = given_logins(maker.url(), "", tmp_path, needs_owner=True)
    assert parse_url("", owner).user == "maker"
    with connect(parse_url("", application)) as connection:
        assert connection.info.user == "commonweal_app"
        assert not is_powerful(connection)
    assert (tmp_path / "application-password").stat().st_mode & 0o077 == 0


def test_the_made_login_keeps_its_password(maker: Address, tmp_path: Path) -> None:
    first = given_logins(maker.url(), "", tmp_path, needs_owner=True)
    assert given_logins(maker.url(), "", tmp_path, needs_owner=True) == first


def test_a_lost_password_is_made_anew(maker: Address, tmp_path: Path) -> None:
    given_logins(maker.url(), "", tmp_path, needs_owner=True)
    (tmp_path / "application-password").unlink()
    _, application = given_logins(maker.url(), "", tmp_path, needs_owner=True)
    connect(parse_url("", application)).close()


def test_a_login_that_may_not_make_roles_is_told_to_name_two(maker: Address, server: Server, tmp_path: Path) -> None:
    with psycopg.connect(server.url("superuser", "postgres"), autocommit=True) as connection:
        connection.execute("alter role maker nocreaterole")
    with pytest.raises(Problem, match="grant it CREATEROLE, or set DATABASE_OWNER_URL"):
        given_logins(maker.url(), "", tmp_path, needs_owner=True)


def test_a_web_server_needs_no_owner(maker: Address, tmp_path: Path) -> None:
    _, application = given_logins(maker.url(), "", tmp_path, needs_owner=True)
    assert given_logins(application, "", tmp_path, needs_owner=False) == ("", application)


def test_two_urls_of_one_login_are_refused(maker: Address, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="both name the login maker"):
        given_logins(maker.url(), maker.url(), tmp_path, needs_owner=True)


def test_an_older_server_is_refused(maker: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(given, "OLDEST", 99)
    with pytest.raises(Problem, match="upgrade it to 99 or newer"):
        given_logins(maker.url(), "", tmp_path, needs_owner=True)


def test_a_wrong_password_gets_a_sentence_without_it(maker: Address, tmp_path: Path) -> None:
    wrong = Address("maker", "canary-password", maker.database, maker.host, maker.port)
    with pytest.raises(Problem, match="password authentication failed") as caught:
        given_logins(wrong.url(), "", tmp_path, needs_owner=True)
    assert "canary-password" not in str(caught.value)
