"""What each `make` target needs before it can begin."""

import fcntl
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from commonweal.frontends.cli.bootstrap.chromium import get_chromium
from commonweal.frontends.cli.bootstrap.locking import lock
from commonweal.frontends.cli.bootstrap.node_packages import build_assets
from commonweal.frontends.cli.bootstrap.outside import fetch
from commonweal.frontends.cli.bootstrap.python_packages import PYTHON, VENV, install_python_packages
from commonweal.frontends.cli.installation import ROOT, load_dotenv, read_installation
from commonweal.frontends.cli.occupancy import only_one
from commonweal.frontends.cli.ports import require_free_port
from commonweal.frontends.cli.problems import Problem, explain
from commonweal.frontends.cli.progress import say


def main(arguments: Sequence[str]) -> int:
    """`run` sets up and becomes `commonweal run`; `install` and `tests` set up and return; `lock` makes the locks."""
    purpose = arguments[0] if arguments else "run"
    try:
        load_dotenv(ROOT / ".env", os.environ)
        installation = read_installation(os.environ)
        if purpose == "run":
            installation.make_folders()
            with only_one(installation):
                require_free_port(installation.address, installation.port)
        with alone():
            install_python_packages("run", *(["test"] if purpose == "tests" else []))
            if purpose == "lock":
                lock()
                return 0
            build_assets()
            compile_translations()
            if purpose == "tests":
                get_chromium()
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as error:
        print(explain(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    if purpose == "run":
        os.execv(PYTHON, [str(PYTHON), "-m", "commonweal.frontends.cli.main", "run", "--demo"])  # noqa: S606
    return 0


def compile_translations() -> None:
    """Make what is read at run time of the translations that changed. Raises Problem."""
    command = [str(PYTHON), "-m", "commonweal.foundations.design.catalogues", "compile"]
    fetch("The translations", command, log=VENV / "setup.log", cwd=ROOT, environment=os.environ)


@contextmanager
def alone() -> Iterator[None]:
    """Let one set-up at a time work on this folder; the kernel forgets the lock with its holder."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up is at work in this folder: waiting for it")
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
