"""`commonweal run` from nothing, killed outright, and again."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from commonweal.frontends.cli.installation import ROOT
from tests.commands.conftest import open_to_others

_OURS = ("DATABASE_URL", "DATABASE_OWNER_URL", "COMMONWEAL_TESTS", "COMMONWEAL_KEYRING", "COMMONWEAL_SECRET_KEY")


class Site:
    """A site run as an operator runs it, in a folder and on a port of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        kept = {name: value for name, value in os.environ.items() if name not in _OURS}
        self.environment = {
            **kept,
            "COMMONWEAL_VAR": str(folder / "var"),
            "COMMONWEAL_DEMO": "0",
            "PORT": str(self.port),
        }
        self.process: subprocess.Popen[str] | None = None

    def run(self) -> subprocess.Popen[str]:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "commonweal.frontends.cli.main", "run"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return self.process

    def come_up(self) -> str:
        """Everything said until the address is."""
        said = ""
        process = self.run()
        assert process.stdout is not None
        for line in process.stdout:
            said += line
            if "Commonweal is at" in line:
                return said
        raise AssertionError(said)

    def is_healthy(self) -> bool:
        with urllib.request.urlopen(f"http://localhost:{self.port}/healthz") as answer:
            return bool(answer.status == 200)

    def is_listening(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    open_to_others(tmp_path)
    made = Site(tmp_path)
    yield made
    if made.process and made.process.poll() is None:
        made.process.send_signal(signal.SIGINT)
        made.process.communicate(timeout=90)


def test_a_site_comes_up_from_nothing_is_killed_and_comes_up_again(site: Site) -> None:
    said = site.come_up()
    assert "Keyring: made in" in said
    assert site.is_healthy()

    second = subprocess.run(
        [sys.executable, "-m", "commonweal.frontends.cli.main", "run"],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 1
    assert "Commonweal already runs from this folder" in second.stderr

    assert site.process is not None
    site.process.kill()
    site.process.communicate()
    _wait_until(lambda: not site.is_listening())

    said = site.come_up()
    assert "Keyring" not in said
    assert "applying" not in said
    assert site.is_healthy()

    site.process.send_signal(signal.SIGINT)
    rest, _ = site.process.communicate(timeout=90)
    assert site.process.returncode == 0
    assert "The data is kept" in rest
    assert not site.is_listening()


def _wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 15
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert is_so()
