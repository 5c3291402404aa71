"""A Chromium for the tests: one that is here, else Playwright's, else the distribution's."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from commonweal.frontends.cli.bootstrap.python_packages import PYTHON, VENV
from commonweal.frontends.cli.problems import Problem
from commonweal.frontends.cli.progress import say

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
_NOTE = VENV / "chromium"


def find_chromium() -> str | None:
    """The path of a Chromium that starts: the one named in COMMONWEAL_CHROMIUM, on the path, or noted before."""
    noted = _NOTE.read_text().strip() if _NOTE.exists() else ""
    on_path = [path for name in _NAMES if (path := shutil.which(name))]
    candidates = [os.environ.get("COMMONWEAL_CHROMIUM", ""), *on_path, str(_MAC), noted]
    return next((path for path in candidates if path and _starts(path)), None)


def get_chromium() -> str:
    """Find a Chromium, fetching one when there is none. Raises Problem when none can be had."""
    found = find_chromium()
    if found is None:
        say("Chromium: none here, so one is fetched for the tests (once)")
        found = _fetch_from_playwright() or _fetch_from_distribution()
    if found is None:
        raise Problem(
            "The tests need a Chromium and none could be fetched: install one (Debian: apt-get install chromium), or "
            "set COMMONWEAL_CHROMIUM to its path."
        )
    _NOTE.write_text(found)
    return found


def _fetch_from_playwright() -> str | None:
    subprocess.run([str(PYTHON), "-m", "playwright", "install", "chromium"], capture_output=True, check=False)
    question = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
    )
    done = subprocess.run([str(PYTHON), "-c", question], capture_output=True, text=True, check=False)
    path = done.stdout.strip()
    return path if path and _starts(path) else None


def _fetch_from_distribution() -> str | None:
    if not shutil.which("apt-get"):
        return None
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if as_root and not shutil.which("sudo"):
        return None
    for step in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        subprocess.run([*as_root, "apt-get", *step], stdout=subprocess.DEVNULL, stderr=sys.stderr, check=False)
    return find_chromium()


def _starts(path: str) -> bool:
    """Some distributions put a note in place of the program."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, check=False, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
