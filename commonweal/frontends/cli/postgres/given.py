"""A database the operator names in DATABASE_URL: any PostgreSQL from 15 on."""

import secrets
from pathlib import Path

import psycopg
from psycopg import sql

from commonweal.frontends.cli.postgres.logins import NAMES
from commonweal.frontends.cli.postgres.urls import Address, parse_url
from commonweal.frontends.cli.postgres.words import gravest
from commonweal.frontends.cli.problems import Problem

OLDEST = 15
_BOTH = (
    "set DATABASE_OWNER_URL to a login that owns the tables and DATABASE_URL to one that only uses them "
    "(create role NAME login noinherit)"
)


def given_logins(url: str, owner_url: str, passwords: Path, *, needs_owner: bool) -> tuple[str, str]:
    """The owner's and the application's URL. One URL alone is the owner's: the application's login is made from it.

    Without `needs_owner` one URL of a login that only uses the tables will do, and the owner's is empty. `passwords` is
    the folder that keeps the made login's password. Raises Problem.
    """
    address = parse_url("DATABASE_URL", url)
    if owner_url:
        owner = parse_url("DATABASE_OWNER_URL", owner_url)
        if owner.user == address.user:
            raise Problem(
                f"DATABASE_URL and DATABASE_OWNER_URL both name the login {owner.user}, so nothing would keep the "
                f"bodies' data apart: {_BOTH}."
            )
        for given in (address, owner):
            with connect(given) as connection:
                _require_version(connection)
        return owner.url(), address.url()
    with connect(address) as connection:
        _require_version(connection)
        if not needs_owner and not is_powerful(connection):
            return "", address.url()
        return address.url(), _application_login(connection, address, passwords).url()


def is_powerful(connection: psycopg.Connection[tuple[object, ...]]) -> bool:
    """Whether the connection's login could pass by row-level security or make objects."""
    found = connection.execute(
        """
        select rolsuper or rolbypassrls or rolcreaterole or has_schema_privilege(oid, 'public', 'create')
            or exists (select from pg_class where relowner = pg_roles.oid)
        from pg_roles where rolname = current_user
        """
    ).fetchone()
    return bool(found and found[0])


def connect(address: Address) -> psycopg.Connection[tuple[object, ...]]:
    """Connect. Raises Problem with the server's reason and without the password."""
    try:
        return psycopg.connect(address.url(), autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise Problem(
            f"The database {address} cannot be opened as {address.user} ({gravest(str(error))}): start its server, or "
            "correct DATABASE_URL."
        ) from None


def _require_version(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    if connection.info.server_version < OLDEST * 10000:
        found = connection.info.server_version // 10000
        raise Problem(f"The database server is PostgreSQL {found}: upgrade it to {OLDEST} or newer, or name another.")


def _application_login(connection: psycopg.Connection[tuple[object, ...]], owner: Address, passwords: Path) -> Address:
    name = NAMES["application"]
    if owner.user == name:
        raise Problem(f"DATABASE_URL names the login {name}, which only uses the tables: {_BOTH}.")
    note = passwords / "application-password"
    if note.exists():
        kept = Address(name, note.read_text().strip(), owner.database, owner.host, owner.port, owner.options)
        if _opens(kept):
            return kept
    made = Address(name, secrets.token_urlsafe(24), owner.database, owner.host, owner.port, owner.options)
    _make_role(connection, made)
    note.touch(mode=0o600)
    note.write_text(made.password)
    return made


def _opens(address: Address) -> bool:
    try:
        psycopg.connect(address.url(), connect_timeout=10).close()
    except psycopg.OperationalError:
        return False
    return True


def _make_role(connection: psycopg.Connection[tuple[object, ...]], made: Address) -> None:
    role, database = sql.Identifier(made.user), sql.Identifier(made.database)
    exists = connection.execute("select 1 from pg_roles where rolname = %s", [made.user]).fetchone()
    verb = sql.SQL("alter role" if exists else "create role")
    secret = sql.Literal(made.password)
    try:
        connection.execute(sql.SQL("{} {} login noinherit password {}").format(verb, role, secret))
        connection.execute(sql.SQL("grant connect on database {} to {}").format(database, role))
        connection.execute(sql.SQL("grant usage on schema public to {}").format(role))
    except psycopg.errors.InsufficientPrivilege:
        raise Problem(
            f"The login in DATABASE_URL may not make or change the role {made.user}: grant it CREATEROLE, or {_BOTH}."
        ) from None
