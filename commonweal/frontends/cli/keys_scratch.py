"""Scratch databases on the server at hand, and PostgreSQL's own programs for backing up and putting back."""

import os
import re
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
from psycopg import sql

from commonweal.frontends.cli.databases import Database
from commonweal.frontends.cli.postgres.binaries import find_programs
from commonweal.frontends.cli.postgres.given import connect
from commonweal.frontends.cli.postgres.urls import Address, parse_url
from commonweal.frontends.cli.problems import Problem

_NEWEST_IN_WHEEL = 18
_OLDER_IN_WHEEL = 16


@contextmanager
def scratch_database(database: Database) -> Iterator[Database]:
    """An empty database beside the real one, removed at the end. Raises Problem when the owner may not make one."""
    name = f"commonweal_drill_{secrets.token_hex(4)}"
    owner, application = (parse_url("the database", url) for url in (database.owner_url, database.url))
    with connect(owner) as connection:
        try:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        except psycopg.errors.InsufficientPrivilege:
            raise Problem(
                f"The login {owner.user} may not make the scratch databases of the drill: run `alter role {owner.user} "
                "createdb` as a superuser, or drill on a copy of the installation."
            ) from None
    try:
        yield Database(replace(owner, database=name).url(), replace(application, database=name).url(), None)
    finally:
        with connect(owner) as connection:
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def back_up(database: Database, file: Path) -> None:
    """Write everything in the database to a file, as the owner."""
    owner = parse_url("DATABASE_OWNER_URL", database.owner_url)
    _run(_program("pg_dump", owner), owner, "--format=custom", f"--file={file}")


def put_back(database: Database, file: Path) -> None:
    """Restore a backup into an empty database, as the owner."""
    owner = parse_url("DATABASE_OWNER_URL", database.owner_url)
    _run(_program("pg_restore", owner), owner, "--exit-on-error", "--no-comments", str(file))


def _run(program: str, address: Address, *arguments: str) -> None:
    """The password goes by the environment, where other users of the machine do not see it."""
    command = [program, f"--dbname={replace(address, password='').url()}", "--no-password", *arguments]
    environment = {**os.environ, "PGPASSWORD": address.password}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        words = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise Problem(f"{Path(program).name} failed ({words[0]}): put that right, then run the same command again.")


def _program(name: str, address: Address) -> str:
    """The program of the server's own version from the path, else one from the wheel that understands the server."""
    with connect(address) as connection:
        major = connection.info.server_version // 10000
    found = shutil.which(name)
    if found and _major_of(found) == major:
        return found
    if major > _NEWEST_IN_WHEEL:
        raise Problem(f"The server is PostgreSQL {major}: put its {name} on the PATH, then run the same command again.")
    return str(find_programs(_OLDER_IN_WHEEL if major <= _OLDER_IN_WHEEL else _NEWEST_IN_WHEEL) / name)


def _major_of(program: str) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"\d+", said)
    return int(number.group()) if number else 0
