"""`commonweal keys`: how the keys stand, their export, rotation and restore, and the drill that proves it all."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from commonweal.frontends.cli import auditing, keys_drill
from commonweal.frontends.cli.databases import answering, environment_for, open_database
from commonweal.frontends.cli.installation import Installation
from commonweal.frontends.cli.keyrings import check_keyring
from commonweal.frontends.cli.problems import Problem, explain
from commonweal.frontends.cli.progress import say
from commonweal.frontends.cli.steps import steps_of

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


def offer(parser: argparse.ArgumentParser) -> None:
    """Add what can be done with the keys, each with its options."""
    add = steps_of(parser)
    add("status", status, "how the keys stand, and until when an older backup could be opened")
    export_to = add("export", export, "write the wrapped data keys and the erasure ledger to a file")
    export_to.add_argument("file", nargs="?", type=Path, help="the file; when left out, where exports are kept")
    rotating = add("rotate", rotate, "make a new key-encryption key, wrap all keys anew, destroy the old one")
    rotating.add_argument("--if-due", action="store_true", help="do nothing until a rotation is due, for scheduled use")
    rotating.add_argument(
        "--leave-lost", action="store_true", help="go on where keys of the keyring were lost for ever"
    )
    restoring = add("restore", restore, "after data was restored: take the keys from the newest export")
    restoring.add_argument("--export", type=Path, help="the newest key export; when left out, where exports are kept")
    restoring.add_argument("--keep-newer", action="store_true", help="keep keys that were made after the export")
    add("drill", drill, "prove in scratch databases that what is erased opens from no older backup")


def status(installation: Installation, options: argparse.Namespace) -> int:
    """Say how the keys stand."""
    with owning(installation, "keys status") as owner:
        from commonweal.frontends.cli.keys_status import describe

        for line in describe(owner):
            say(line)
    return 0


def export(installation: Installation, options: argparse.Namespace) -> int:
    """Write a key export."""
    with owning(installation, "keys export") as owner:
        from commonweal.foundations.personal_data import exports, rotation
        from commonweal.foundations.personal_data.keyring import keyring
        from commonweal.foundations.tasks import keys

        with rotation.only_one(owner):
            if options.file:
                header, path = exports.write_export(owner, keyring().held(), options.file.absolute()), options.file
            else:
                header, path = keys.export(owner, keyring().held())
        say(f"Keys: {header.keys:,} and {sum(header.erasures.values()):,} erasures exported to {path}")
    return 0


def rotate(installation: Installation, options: argparse.Namespace) -> int:
    """Rotate the key-encryption key, or take up a rotation that was broken off."""
    with owning(installation, "keys rotate") as owner:
        from django.conf import settings

        from commonweal.foundations.clocks.now import now
        from commonweal.foundations.personal_data.keyring import keyring
        from commonweal.foundations.tasks import keys

        is_wanted = not options.if_due or keyring().held().is_due(now(), days=settings.KEY_ROTATION_DAYS)
        if keys.rotate(owner, is_wanted=is_wanted, tell=say, is_leaving_lost=options.leave_lost):
            say("Keys: rotated. Copy the new export and the keyring to where they are kept safe, over the old copies.")
        else:
            say("Keys: not due yet.")
    return 0


def restore(installation: Installation, options: argparse.Namespace) -> int:
    """Take the keys from the newest export, replay the erasure ledger, let the data be served, begin a new epoch."""
    with owning(installation, "keys restore") as owner:
        from django.conf import settings

        from commonweal.foundations.personal_data import exports, restoring, rotation
        from commonweal.foundations.personal_data import installation as installations
        from commonweal.foundations.personal_data.keyring import keyring
        from commonweal.foundations.tasks import keys

        with owner.cursor() as cursor:
            _refuse_while_served(cursor)
            newest = installations.exports_file(settings.KEY_EXPORTS, installations.identify(cursor))
        path: Path = options.export or newest
        header = exports.read_header(path)
        if newest.exists() and exports.read_header(newest).made_at > header.made_at:
            raise Problem(f"{path} is not the newest key export: {newest} is newer.")
        with rotation.only_one(owner):
            done = restoring.restore_keys(owner, keyring().held(), path, is_keeping_newer=options.keep_newer)
            auditing.begin_epoch()
            keys.export(owner, keyring().held())
        made = f"{header.made_at:%d %B %Y %H:%M} UTC"
        say(f"Keys: {done.keys:,} from the export of {made}; {done.gone:,} that the backup had are gone")
        say(f"Erasures: {done.erasures:,} replayed. The data may be served again.")
        say(auditing.EPOCH_BEGUN)
    return 0


def drill(installation: Installation, options: argparse.Namespace) -> int:
    """Prove it end to end."""
    with open_database(installation, say, purpose="keys drill") as database:
        keys_drill.run_drill(installation, database, say)
    return 0


@contextmanager
def owning(installation: Installation, purpose: str) -> "Iterator[BaseDatabaseWrapper]":
    """Django on this installation's database, with the owner's connection. Raises Problem."""
    with open_database(installation, say, purpose=purpose) as database:
        check_keyring(installation.keyring)
        os.environ.update({**environment_for(installation, database, as_owner=True), "COMMONWEAL_POOL": "0"})
        import django
        from django.db import connections

        django.setup()
        from commonweal.foundations.personal_data.exports import ExportError
        from commonweal.foundations.personal_data.installation import NotServable
        from commonweal.foundations.personal_data.rotation import CannotRotate
        from commonweal.foundations.personal_data.wrapping import KeyringError

        try:
            with answering():
                _require_tables(connections["owner"])
                yield connections["owner"]
        except (KeyringError, CannotRotate, ExportError, NotServable) as error:
            raise Problem(str(error)) from None
        except OSError as error:
            raise explain(error) from None
        finally:
            connections.close_all()


def _require_tables(owner: "BaseDatabaseWrapper") -> None:
    with owner.cursor() as cursor:
        cursor.execute("select to_regclass('personal_data_installation') is not null")
        if not cursor.fetchone()[0]:
            raise Problem("The tables of the keys are not there yet: run `commonweal migrate` first.")


def _refuse_while_served(cursor: object) -> None:
    from django.conf import settings

    execute = cursor.execute  # type: ignore[attr-defined]
    execute(
        "select count(*) from pg_stat_activity where datname = current_database() and usename = %s",
        [settings.DATABASES["default"]["USER"]],
    )
    if cursor.fetchone()[0]:  # type: ignore[attr-defined]
        raise Problem("The data is being served: stop `commonweal run`, web and worker processes first.")
