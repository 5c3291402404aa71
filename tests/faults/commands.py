"""The `commonweal` command beside a running stack, as an operator types it."""

import os
import subprocess
import sys

from commonweal.frontends.cli.installation import ROOT
from tests.stack.stack import Stack

_OURS = ("DATABASE_URL", "DATABASE_OWNER_URL", "COMMONWEAL_TESTS", "COMMONWEAL_SECRET_KEY")


def commonweal(stack: Stack, *arguments: str, database: str = "") -> tuple[int, str]:
    """Its exit code, and all that it said. It has the application's login alone, to the stack's database or another."""
    kept = {name: value for name, value in os.environ.items() if name not in _OURS}
    environment = {
        **kept,
        "DATABASE_URL": database or stack.server.url("application"),
        "COMMONWEAL_VAR": str(stack.folder),
        "COMMONWEAL_KEYRING": str(stack.installation.keyring),
    }
    command = [sys.executable, "-m", "commonweal.frontends.cli.main", *arguments]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=180,
        check=False,
    )
    return done.returncode, done.stdout
