"""One function per command; each returns the exit code."""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Sequence

from commonweal.frontends.cli import checking, documenting, running
from commonweal.frontends.cli.children import dies_with_parent
from commonweal.frontends.cli.databases import Database, environment_for, open_database
from commonweal.frontends.cli.installation import ROOT, Installation
from commonweal.frontends.cli.keyrings import check_keyring, make_keyring, require_keyring, require_newest_keys
from commonweal.frontends.cli.occupancy import only_one
from commonweal.frontends.cli.ports import require_free_port
from commonweal.frontends.cli.problems import Problem
from commonweal.frontends.cli.progress import say
from commonweal.frontends.cli.stopping import Stopped, stoppable

# Documents are made from declarations: Django starts, and asks no database anything.
_NOWHERE = "postgresql://nobody@/nowhere?host=/nowhere"


def run(installation: Installation, options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    return running.run(installation)


def web(installation: Installation, options: argparse.Namespace) -> int:
    """Serve pages alone, for where web processes and workers run on machines of their own."""
    require_free_port(installation.address, installation.port)
    return _serve(installation, running.web_command(installation), "web", as_owner=False)


def worker(installation: Installation, options: argparse.Namespace) -> int:
    """Work alone. The months of the trace are kept by `commonweal maintain`, once a day, as the owner."""
    return _serve(installation, running.worker_command(), "worker", as_owner=True)


def migrate(installation: Installation, options: argparse.Namespace) -> int:
    """Bring the tables up to date."""
    with open_database(installation, say, purpose="migrate") as database:
        require_keyring(installation, database, say)
        arguments = ["migrate", "--database", "owner"]
        return _django(installation, database, arguments)


def demo(installation: Installation, options: argparse.Namespace) -> int:
    """Throw the data away and load the demo anew."""
    if os.environ.get("DATABASE_URL") and not options.yes:
        raise Problem(
            "This throws away all data of the database in DATABASE_URL: if you mean it, run `commonweal demo --yes`."
        )
    reset = Installation(**{**vars(installation), "is_demo": True})
    reset.make_folders()
    with (
        stoppable(),
        only_one(reset),
        open_database(reset, say, purpose="demo", is_exclusive=True) as database,
    ):
        require_keyring(reset, database, say, is_anew=True)
        for line in running.prepare(reset, database, is_anew=True):
            say(f"  {line}")
    return 0


def doctor(installation: Installation, options: argparse.Namespace) -> int:
    """Check this installation; 1 when something is wrong."""
    return checking.examine(installation)


def docs(installation: Installation, options: argparse.Namespace) -> int:
    """Write the generated documents, or check that they are fresh."""
    installation.make_folders()
    os.environ.update(environment_for(installation, Database(_NOWHERE, _NOWHERE, None), as_owner=True))
    return documenting.check_documents(ROOT) if options.check else documenting.write_documents(ROOT)


def keyring(installation: Installation, options: argparse.Namespace) -> int:
    """Make a keyring where there is none."""
    say(f"Keyring: made in {make_keyring(installation.keyring)} (keep a copy apart from the data)")
    return 0


def manage(installation: Installation, arguments: Sequence[str]) -> int:
    """Pass a command on to Django, with the database at hand."""
    with open_database(installation, say, purpose=f"manage {' '.join(arguments[:1])}") as database:
        return _django(installation, database, arguments)


def _django(installation: Installation, database: Database, arguments: Sequence[str]) -> int:
    command = [sys.executable, "-m", "django", *arguments]
    environment = environment_for(installation, database, as_owner=True)
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def _serve(installation: Installation, command: list[str], purpose: str, *, as_owner: bool) -> int:
    with stoppable(), open_database(installation, say, purpose=purpose, needs_owner=False) as database:
        check_keyring(installation.keyring)
        require_newest_keys(installation, database)
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment_for(installation, database, as_owner=as_owner),
            start_new_session=True,
            preexec_fn=dies_with_parent(signal.SIGTERM),
        )
        try:
            return process.wait()
        except Stopped:
            process.terminate()
            return process.wait()
