"""The keyring: made with a new database, and never replaced while a database holds what it seals."""

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from commonweal.frontends.cli.databases import Database
from commonweal.frontends.cli.installation import Installation
from commonweal.frontends.cli.postgres.given import connect
from commonweal.frontends.cli.postgres.urls import parse_url
from commonweal.frontends.cli.problems import Problem, explain
from commonweal.frontends.cli.progress import Say

if TYPE_CHECKING:
    from commonweal.foundations.personal_data.stores import Store

_OPENS_ANY = (
    "select bool_or(wrapped_by = any(%s)) from (select wrapped_by from personal_data_datakey limit 100) as a_few"
)
_KEPT = "There is a keyring in {}: it is kept, since what it wraps could not be opened without it."


def store_of(path: Path) -> "Store":
    """Where the environment says that the keyring is kept; `path` is its file unless it lies elsewhere."""
    from commonweal.foundations.personal_data.stores import choose_store

    keys, command = (os.environ.get(f"COMMONWEAL_KEYRING_{name}", "").strip() for name in ("KEYS", "COMMAND"))
    return choose_store(keys=keys, command=command, path=path)


def rotation_days() -> int:
    """How many days a key-encryption key lives. Raises Problem when the setting makes no sense."""
    text = os.environ.get("COMMONWEAL_KEY_ROTATION_DAYS", "").strip() or "30"
    if not text.isdecimal():
        raise Problem(f"COMMONWEAL_KEY_ROTATION_DAYS is {text!r}: set it to a number of days, such as 30.")
    return int(text)


def has_keyring(path: Path) -> bool:
    """Whether there is a keyring that need not be made: a file, or one kept elsewhere."""
    from commonweal.foundations.personal_data.stores import FileStore

    return not isinstance(store_of(path), FileStore) or path.exists()


def make_keyring(path: Path) -> str:
    """Make a keyring where there is none; returns where. Raises Problem when there is one."""
    from commonweal.foundations.clocks.now import now
    from commonweal.foundations.personal_data.stores import FileStore
    from commonweal.foundations.personal_data.wrapping import KeyringError, new_keyring

    store = store_of(path)
    try:
        if isinstance(store, FileStore):
            store.create(new_keyring(now()))
        else:
            _refuse_existing(store)
            store.save(new_keyring(now()))
    except FileExistsError:
        raise Problem(_KEPT.format(store)) from None
    except OSError as error:
        raise explain(error) from None
    except KeyringError as error:
        raise Problem(str(error)) from None
    return str(store)


def _refuse_existing(store: "Store") -> None:
    from commonweal.foundations.personal_data.stores import KeyringMissing

    try:
        store.load()
    except KeyringMissing:
        return
    raise Problem(_KEPT.format(store))


def check_keyring(path: Path) -> None:
    """Raise Problem when the keyring is missing or cannot be read."""
    from commonweal.foundations.personal_data.wrapping import KeyringError

    store = store_of(path)
    try:
        store.load()
    except KeyringError as error:
        where = str(store)
        raise Problem(str(error) if str(path) in str(error) else f"{where[0].upper()}{where[1:]}: {error}") from None


def require_keyring(installation: Installation, database: Database, tell: Say, *, is_anew: bool = False) -> None:
    """Make the keyring of a new database; for one that holds data, raise Problem when it is missing.

    `is_anew` says that the data is about to be thrown away: then a missing keyring is made as for a new database.
    """
    path = installation.keyring
    if not has_keyring(path):
        if not is_anew and _holds_data(database):
            raise Problem(
                f"The keyring {path} is missing, and what the database holds cannot be opened without it: restore that "
                "file from where it is kept safe, or run `make demo` to throw the data away and begin anew."
            )
        make_keyring(path)
        tell(f"Keyring: made in {path} (keep a copy apart from the data)")
    check_keyring(path)
    if is_readable_by_others(path):
        tell(f"Keyring: others can read {path}, and with a backup all that it seals: run chmod 600 on it")


def is_readable_by_others(path: Path) -> bool:
    """Whether the file of the keyring lets in more than its owner; one that is kept elsewhere does not."""
    return path.exists() and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def require_newest_keys(installation: Installation, database: Database) -> None:
    """Raise Problem when the data was restored from a backup and the newest keys were not."""
    from commonweal.foundations.personal_data.serving import reason_not_to_serve

    folder = Path(os.environ.get("COMMONWEAL_KEY_EXPORTS") or installation.keyring.parent / "exports")
    with connect(parse_url("DATABASE_URL", database.url)) as connection, connection.transaction():
        reason = reason_not_to_serve(connection.cursor(), folder.expanduser().absolute())
    if reason:
        raise Problem(reason)


def require_matching_keyring(installation: Installation, database: Database) -> None:
    """Raise Problem when the keyring opens nothing of the data, as an older copy of it or that of another database."""
    store = store_of(installation.keyring)
    with connect(parse_url("DATABASE_OWNER_URL", database.owner_url)) as connection:
        found = connection.execute("select to_regclass('public.personal_data_datakey')").fetchone()
        if not (found and found[0]):
            return
        # A few tell: how many are lost, and which, is for `commonweal doctor` to count.
        found = connection.execute(_OPENS_ANY, [list(store.load().keys)]).fetchone()
    if found and found[0] is False:
        raise Problem(
            f"The keyring does not open what this database holds ({store}): put the newest copy of its own keyring "
            "back, or run `make demo` to throw the data away and begin anew."
        )


def _holds_data(database: Database) -> bool:
    with connect(parse_url("DATABASE_OWNER_URL", database.owner_url)) as connection:
        found = connection.execute("select to_regclass('public.django_migrations')").fetchone()
    return bool(found and found[0])
