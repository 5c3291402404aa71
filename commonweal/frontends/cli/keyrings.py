"""The keyring: made with a new database, and never replaced while a database holds what it seals."""

import os
from pathlib import Path

from commonweal.frontends.cli.databases import Database
from commonweal.frontends.cli.installation import Installation
from commonweal.frontends.cli.postgres.given import connect
from commonweal.frontends.cli.postgres.urls import parse_url
from commonweal.frontends.cli.problems import Problem, explain
from commonweal.frontends.cli.progress import Say


def make_keyring(path: Path) -> None:
    """Make a keyring where there is none. Raises Problem when there is one."""
    from commonweal.foundations.personal_data.keyring import create

    try:
        create(path)
    except FileExistsError:
        raise Problem(
            f"The keyring {path} exists: it is kept, since what it seals could not be opened without it."
        ) from None
    except OSError as error:
        raise explain(error) from None


def check_keyring(path: Path) -> None:
    """Raise Problem when the keyring is missing or cannot be read."""
    from commonweal.foundations.personal_data.keyring import KeyringError, parse

    try:
        parse(os.environ.get("COMMONWEAL_KEYRING_KEYS") or path.read_text())
    except FileNotFoundError:
        raise Problem(f"The keyring {path} is missing: restore that file from where it is kept safe.") from None
    except OSError as error:
        raise explain(error) from None
    except KeyringError as error:
        raise Problem(f"{path}: {error}") from None


def require_keyring(installation: Installation, database: Database, tell: Say) -> None:
    """Make the keyring of a new database; for one that holds data, raise Problem when it is missing."""
    path = installation.keyring
    if not os.environ.get("COMMONWEAL_KEYRING_KEYS") and not path.exists():
        if _holds_data(database):
            raise Problem(
                f"The keyring {path} is missing, and what the database holds cannot be opened without it: restore that "
                "file from where it is kept safe, or run `make demo` to throw the data away and begin anew."
            )
        make_keyring(path)
        tell(f"Keyring: made in {path} (keep a copy apart from the data)")
    check_keyring(path)


def _holds_data(database: Database) -> bool:
    with connect(parse_url("DATABASE_OWNER_URL", database.owner_url)) as connection:
        found = connection.execute("select to_regclass('public.django_migrations')").fetchone()
    return bool(found and found[0])
