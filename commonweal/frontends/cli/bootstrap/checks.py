"""The checks of `make check`, two at a time: what each said is shown only when it fails."""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from commonweal.frontends.cli.installation import ROOT
from commonweal.frontends.cli.progress import say

# Nothing here asks a database: Django starts, and that is all.
_NOWHERE = {
    "DATABASE_URL": "postgresql://application@/nowhere?host=/nowhere",
    "DATABASE_OWNER_URL": "postgresql://owner@/nowhere?host=/nowhere",
    "COMMONWEAL_POOL": "0",
    "COMMONWEAL_SECRET_KEY": "checks",
    "DJANGO_SETTINGS_MODULE": "commonweal.config.settings",
}
_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
# Django first: the plugin of mypy says nothing useful when Django does not start.
FIRST = {"migrations": ["-W", "ignore::RuntimeWarning", "-m", "django", "makemigrations", "--check", "--dry-run"]}
THEN = {
    "types": ["-m", "mypy"],
    "imports": ["-c", _IMPORTS],
    "rules": ["-m", "tests.keepers"],
    "documents": ["-m", "commonweal.frontends.cli.main", "docs", "--check"],
    "lint": ["-m", "ruff", "check", "--quiet", "."],
    "format": ["-m", "ruff", "format", "--check", "--quiet", "."],
}


@dataclass(frozen=True)
class Outcome:
    """How one check went."""

    name: str
    is_well: bool
    words: str
    seconds: float


def check(name: str, arguments: list[str]) -> Outcome:
    """Run one check, away from any real installation."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as var:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**os.environ, **_NOWHERE, "COMMONWEAL_VAR": var},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    return Outcome(name, done.returncode == 0, done.stdout.strip(), time.monotonic() - began)


def main() -> int:
    """Run all; 1 when one fails."""
    is_well = True
    for group in (FIRST, THEN):
        with ThreadPoolExecutor(max_workers=2) as pool:
            for outcome in pool.map(check, group.keys(), group.values()):
                say(f"{outcome.name:<12}{'well' if outcome.is_well else 'WRONG'}  {outcome.seconds:.1f} s")
                if not outcome.is_well:
                    is_well = False
                    say(outcome.words)
        if not is_well:
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
