"""The logins of the embedded database: a superuser nobody uses, the owner of the tables, and the application."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psycopg
from psycopg import sql

from commonweal.frontends.cli.problems import Problem

Login = Literal["superuser", "owner", "application"]
DATABASE = "commonweal"
NAMES: dict[Login, str] = {
    "superuser": "postgres",
    "owner": "commonweal_owner",
    "application": "commonweal_app",
}


@dataclass(frozen=True)
class Passwords:
    """One random password per login, kept in a file that only its owner reads."""

    of: dict[Login, str]


def keep_passwords(path: Path) -> Passwords:
    """Read the passwords, making them first where there are none yet."""
    if not path.exists():
        made = {login: secrets.token_urlsafe(24) for login in NAMES}
        half = path.with_suffix(".half")
        half.unlink(missing_ok=True)
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(made, file)
            file.flush()
            os.fsync(file.fileno())
        half.rename(path)
    return read_passwords(path)


def read_passwords(path: Path) -> Passwords:
    """Read the passwords. Raises Problem when the file is missing or damaged."""
    try:
        found = json.loads(path.read_text())
        return Passwords({login: str(found[login]) for login in NAMES})
    except FileNotFoundError:
        raise Problem(
            f"{path} is missing, which holds the passwords of the database beside it: restore the file from a backup, "
            f"or move {path.parent} away for a fresh start."
        ) from None
    except (ValueError, KeyError, TypeError):
        raise Problem(
            f"{path} is damaged, which holds the passwords of the database beside it: restore the file from a backup, "
            f"or move {path.parent} away for a fresh start."
        ) from None


def make_logins(connection: psycopg.Connection[tuple[object, ...]], passwords: Passwords) -> None:
    """Make the owner, the application and the database, as far as they are missing. The connection is a superuser's."""
    owner, application = (sql.Identifier(NAMES[login]) for login in ("owner", "application"))
    _make_role(connection, "owner", passwords, "login createdb nosuperuser nocreaterole nobypassrls")
    _make_role(connection, "application", passwords, "login noinherit nosuperuser nocreatedb nocreaterole nobypassrls")
    if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
        connection.execute(sql.SQL("create database {} owner {}").format(sql.Identifier(DATABASE), owner))
    database = sql.Identifier(DATABASE)
    connection.execute(sql.SQL("revoke all on database {} from public").format(database))
    connection.execute(sql.SQL("grant connect on database {} to {}").format(database, application))


def _make_role(
    connection: psycopg.Connection[tuple[object, ...]], login: Login, passwords: Passwords, attributes: str
) -> None:
    if connection.execute("select 1 from pg_roles where rolname = %s", [NAMES[login]]).fetchone():
        return
    connection.execute(
        sql.SQL("create role {} {} password {}").format(
            sql.Identifier(NAMES[login]),
            sql.SQL(attributes),
            sql.Literal(passwords.of[login]),
        )
    )
