"""The embedded database has two logins: one owns the tables, the other only uses them."""

import psycopg
import pytest

from commonweal.frontends.cli.postgres.given import is_powerful
from commonweal.frontends.cli.postgres.server import Server


def test_the_application_cannot_make_a_table(server: Server) -> None:
    with psycopg.connect(server.url("application")) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("create table public.mine (id int)")


def test_the_application_cannot_make_a_temporary_table(server: Server) -> None:
    with psycopg.connect(server.url("application")) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("create temporary table mine (id int)")


def test_the_application_cannot_become_the_owner(server: Server) -> None:
    with psycopg.connect(server.url("application")) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("set role commonweal_owner")


def test_the_application_is_not_powerful_and_the_owner_is(server: Server) -> None:
    with psycopg.connect(server.url("application")) as connection:
        assert not is_powerful(connection)
    with psycopg.connect(server.url("owner")) as connection:
        assert is_powerful(connection)


def test_no_login_passes_by_row_level_security(server: Server) -> None:
    with psycopg.connect(server.url("owner")) as connection:
        rows = connection.execute(
            "select rolname from pg_roles where rolname like 'commonweal%' and (rolsuper or rolbypassrls)"
        ).fetchall()
    assert rows == []


def test_the_owner_can_make_a_test_database(server: Server) -> None:
    with psycopg.connect(server.url("owner"), autocommit=True) as connection:
        connection.execute("create database test_of_commands")
        connection.execute("drop database test_of_commands")


@pytest.mark.parametrize("password", ["", "wrong"])
def test_no_login_opens_without_its_password(server: Server, password: str) -> None:
    for login in ("superuser", "owner", "application"):
        url = server.url(login)
        user = url.partition("://")[2].partition(":")[0]
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(f"postgresql://{user}:{password}@{url.partition('@')[2]}", passfile="/nowhere")


def test_the_server_is_not_on_the_network(server: Server) -> None:
    with psycopg.connect(server.url("owner")) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)


def test_the_socket_and_the_passwords_are_private(server: Server) -> None:
    assert server.place.socket.stat().st_mode & 0o077 == 0
    assert server.place.passwords.stat().st_mode & 0o077 == 0


def test_a_failing_row_is_not_in_the_log(server: Server) -> None:
    with psycopg.connect(server.url("owner")) as connection:
        connection.execute("create temporary table one (name text unique)")
        connection.execute("insert into one values (%s)", ["canary-in-the-row"])
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("insert into one values (%s)", ["canary-in-the-row"])
    assert "canary-in-the-row" not in server.log.read_text()


def test_lower_case_knows_welsh_letters(server: Server) -> None:
    with psycopg.connect(server.url("application")) as connection:
        assert connection.execute("select lower('YSBYTY ŴYN')").fetchone() == ("ysbyty ŵyn",)
