"""The database that commands work on: the one the operator names, or the embedded one."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from commonweal.frontends.cli.installation import Installation
from commonweal.frontends.cli.locks import Held
from commonweal.frontends.cli.postgres.given import given_logins
from commonweal.frontends.cli.postgres.server import Server
from commonweal.frontends.cli.problems import Problem
from commonweal.frontends.cli.progress import Say

_SHUTTING_DOWN = "57P"
"""How the errors of PostgreSQL begin that a server sends while it stops; one that is gone sends none."""


@dataclass(frozen=True)
class Database:
    """The two logins' URLs, and the server when it is ours to watch."""

    owner_url: str
    url: str
    server: Server | None


@contextmanager
def open_database(
    installation: Installation,
    tell: Say,
    *,
    purpose: str,
    is_exclusive: bool = False,
    needs_owner: bool = True,
) -> Iterator[Database]:
    """Give a database that takes connections, and stop what was started for it.

    A short command shares the server of a running one. With `is_exclusive` the server is to be ours: another command
    that has it is waited for. Raises Problem.
    """
    environment = os.environ
    installation.make_folders()
    if environment.get("DATABASE_URL"):
        owner = environment.get("DATABASE_OWNER_URL", "")
        yield Database(
            *given_logins(environment["DATABASE_URL"], owner, installation.var, needs_owner=needs_owner), None
        )
        return
    if environment.get("DATABASE_OWNER_URL"):
        raise Problem("DATABASE_OWNER_URL is set without DATABASE_URL: set both, or neither for the embedded database.")
    server = embedded_server(installation, tell)
    try:
        server.start(purpose=purpose, patience=60 if is_exclusive else 0)
    except Held as held:
        if is_exclusive:
            raise Problem(
                f"The database is in use by another command ({held.note}): wait for it to end, or stop it."
            ) from None
        yield Database(server.url("owner"), server.url("application"), None)
        return
    try:
        yield Database(server.url("owner"), server.url("application"), server)
    finally:
        server.stop()


@contextmanager
def answering() -> Iterator[None]:
    """Django's database is asked in the block. Raises Problem when it stops, or was stopped, in the middle."""
    from django.db import OperationalError

    try:
        yield
    except OperationalError as error:
        state = getattr(error.__cause__, "sqlstate", None) or _SHUTTING_DOWN
        if not state.startswith(_SHUTTING_DOWN):
            raise
        raise Problem("The database stopped answering: start it, then run the same command again.") from None


def embedded_server(installation: Installation, tell: Say) -> Server:
    """The embedded server of this installation; not started."""
    home = installation.var / f"postgres-{installation.postgres}"
    return Server(home, version=installation.postgres, log=installation.logs / f"{home.name}.log", tell=tell)


def environment_for(installation: Installation, database: Database, *, as_owner: bool) -> dict[str, str]:
    """The environment under which Django and the processes we start find everything.

    Only what migrates or makes partitions gets the owner's login: a page never does.
    """
    owner = {"DATABASE_OWNER_URL": database.owner_url} if as_owner and database.owner_url else {}
    return {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"},
        **owner,
        "DJANGO_SETTINGS_MODULE": "commonweal.config.settings",
        "DATABASE_URL": database.url,
        "COMMONWEAL_VAR": str(installation.var),
        "COMMONWEAL_KEYRING": str(installation.keyring),
        "COMMONWEAL_SECRET_KEY": os.environ.get("COMMONWEAL_SECRET_KEY")
        or _keep_secret_key(installation.var / "secret-key"),
        "COMMONWEAL_DEMO": "1" if installation.is_demo else "0",
        "COMMONWEAL_ADDRESS": installation.address,
        "PORT": str(installation.port),
    }


def _keep_secret_key(path: Path) -> str:
    if not path.exists() or not path.read_text().strip():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()
