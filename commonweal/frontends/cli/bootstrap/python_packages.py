"""The virtual environment and the locked Python packages in it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from commonweal.frontends.cli.bootstrap.outside import fetch
from commonweal.frontends.cli.digests import Stamps, digest
from commonweal.frontends.cli.installation import ROOT
from commonweal.frontends.cli.problems import ENOUGH_TO_INSTALL, Problem, require_space
from commonweal.frontends.cli.progress import say, timed

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = ROOT / "requirements"
_CONTENTS = VENV / "contents.txt"
# Runs from wherever the checkout lies, however long its path: no interpreter line that the kernel would cut.
_COMMAND = '#!/bin/sh\nexec "$(dirname "$0")/python" -m commonweal.frontends.cli.main "$@"\n'


def install_python_packages(*locks: str) -> None:
    """Install what these locks name, unless they are what was installed last. Raises Problem."""
    _make_venv()
    stamps = Stamps(VENV / "installed.json")
    for name in locks:
        fingerprint = digest([LOCKS / f"{name}.txt"], sys.version)
        if not stamps.has(name, fingerprint):
            _install(name)
            stamps.note(name, fingerprint)
    _link_project()


def site_packages() -> Path:
    """Where the environment keeps its packages."""
    return next((VENV / "lib").glob("python3.*")) / "site-packages"


def _install(name: str) -> None:
    require_space(VENV, ENOUGH_TO_INSTALL, "the installation")
    lock = LOCKS / f"{name}.txt"
    count = lock.read_text().count("==")
    command = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:", "--no-input"]
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    with timed(say, f"Python packages: installing up to {count} (once; a minute or two)", "Python packages: installed"):
        fetch(
            "The Python packages",
            [*command, "-r", str(lock)],
            log=VENV / "setup.log",
            cwd=ROOT,
            environment=environment,
        )
    _CONTENTS.write_text("\n".join(sorted(_contents())))


def _make_venv() -> None:
    if _works():
        return
    require_space(VENV, ENOUGH_TO_INSTALL, "the installation")
    say("Python: making the environment .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    done = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
    if done.returncode and not _make_venv_with_our_pip():
        shutil.rmtree(VENV, ignore_errors=True)
        if "No space left" in done.stderr + done.stdout:
            raise Problem("The disk is full: free at least 500 MB, then run the same command again.")
        raise Problem(
            f"{sys.executable} cannot make a virtual environment: install its venv module (on Debian and Ubuntu the "
            "package python3-venv), then run the same command again."
        )


def _make_venv_with_our_pip() -> bool:
    """Debian splits pip off the venv module: a pip that is here may install itself there."""
    steps = (
        ["-m", "venv", "--without-pip", "--clear", str(VENV)],
        ["-m", "pip", "--python", str(PYTHON), "install", "--quiet", "pip"],
    )
    return all(
        subprocess.run([sys.executable, *step], capture_output=True, check=False).returncode == 0 for step in steps
    )


def _works() -> bool:
    """Whether the environment is there, of the Python that runs us, and holds all that was installed."""
    if not PYTHON.exists() or not _is_whole():
        return False
    question = "import sys, pip; print(sys.version)"
    done = subprocess.run([str(PYTHON), "-c", question], capture_output=True, text=True, check=False)
    return done.stdout.strip() == sys.version


def _is_whole() -> bool:
    """pip takes a package for installed when its note is there, also when its folder is gone."""
    try:
        return set(_CONTENTS.read_text().splitlines()) <= _contents()
    except (OSError, StopIteration):
        return not _CONTENTS.exists()


def _contents() -> set[str]:
    return {path.name for path in site_packages().iterdir() if path.suffix != ".dist-info"}


def _link_project() -> None:
    """Make the project importable and its command runnable; no build, so nothing to fetch."""
    link = site_packages() / "commonweal.pth"
    if not link.exists():
        link.write_text(os.path.relpath(ROOT, link.parent) + "\n")
    command = VENV / "bin" / "commonweal"
    if not command.exists():
        command.write_text(_COMMAND)
        command.chmod(0o755)
