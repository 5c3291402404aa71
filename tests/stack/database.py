"""The database of a stack, as tests look into it and break it: never by the application's own code."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from commonweal.frontends.cli.postgres.binaries import find_programs
from commonweal.frontends.cli.postgres.logins import DATABASE, NAMES
from commonweal.frontends.cli.postgres.server import Server
from tests.stack.waiting import wait_until

Rows = list[tuple[Any, ...]]


class StackDatabase:
    """Reads as the owner, whom no policy holds; breaks things as the superuser."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def rows(self, statement: str, *values: object) -> Rows:
        """What a select gives."""
        with psycopg.connect(self.server.url("owner"), autocommit=True) as connection:
            return connection.execute(statement, values).fetchall()

    def value(self, statement: str, *values: object) -> Any:
        """The one value that a select gives."""
        ((found,),) = self.rows(statement, *values)
        return found

    def change(self, statement: str, *values: object) -> None:
        """Run any statement as the superuser."""
        with self._administer() as connection:
            connection.execute(statement, values)

    @contextmanager
    def locked(self, table: str) -> Iterator[None]:
        """Nobody else reads or writes the table until the block ends: who tries, waits in the middle of their work."""
        connection = self._administer()
        try:
            connection.execute("begin")
            connection.execute(sql.SQL("lock table {} in access exclusive mode").format(sql.Identifier(table)))
            yield
        finally:
            connection.close()

    def wait_until_blocked(self, table: str, *, doing: str) -> None:
        """Return when the application waits for the table with a statement that begins with `doing`."""
        question = (
            "select exists (select from pg_locks l join pg_stat_activity a using (pid) where not l.granted"
            " and l.relation = %s::regclass and a.usename = %s and a.query ilike %s)"
        )
        values = (table, NAMES["application"], f"{doing}%")
        wait_until(lambda: self._ask(question, *values), f"{doing} waiting for {table}")

    def wait_until_idle(self) -> None:
        """Return when no connection of the application is in the middle of anything."""
        question = "select not exists (select from pg_stat_activity where usename = %s and state <> 'idle')"
        wait_until(lambda: self._ask(question, NAMES["application"]), "an idle moment of the database")

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """The database takes no writes, as after its disk filled up or on a standby."""
        self.change("alter database commonweal set default_transaction_read_only = on")
        self.drop_connections()
        try:
            yield
        finally:
            self.change("alter database commonweal reset default_transaction_read_only")
            self.drop_connections()

    def drop_connections(self) -> None:
        """End every connection of the application, and return when they are gone."""
        name = NAMES["application"]
        self.change("select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = %s", name)

    def dump(self) -> bytes:
        """Everything in the database as `pg_dump` writes it."""
        program = find_programs(self.server.version) / "pg_dump"
        command = [str(program), "--no-password", self.server.url("superuser", DATABASE)]
        return subprocess.run(command, check=True, capture_output=True).stdout

    def _ask(self, statement: str, *values: object) -> Any:
        with self._administer() as connection:
            row = connection.execute(statement, values).fetchone()
        return row[0] if row else None

    def _administer(self) -> "psycopg.Connection[tuple[Any, ...]]":
        options = "-c default_transaction_read_only=off"
        return psycopg.connect(self.server.url("superuser", DATABASE), autocommit=True, options=options)
