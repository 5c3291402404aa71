"""A web process is killed in the middle of a request: the supervisor has it back, and the request can be sent again."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from commonweal.frontends.cli.installation import ROOT
from commonweal.frontends.cli.ports import answers_healthy
from tests.faults.looking import cases, letters, wait_until_delivered
from tests.stack.database import StackDatabase
from tests.stack.reporting import MissedBin, fill_in, read_receipt, send
from tests.stack.seed import copy_seed, installation_in, server_in
from tests.stack.stack import free_port, remove_stack
from tests.stack.visiting import Answer, Visitor
from tests.stack.waiting import wait_until


class Supervised:
    """`commonweal run` itself, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.installation = installation_in(folder, port=free_port())
        self.database = StackDatabase(server_in(folder))
        left_out = {"DATABASE_URL", "DATABASE_OWNER_URL", "COMMONWEAL_POOL", "COMMONWEAL_ADDRESS"}
        environment = {name: value for name, value in os.environ.items() if name not in left_out}
        own = {
            "COMMONWEAL_VAR": str(folder),
            "COMMONWEAL_KEYRING": str(self.installation.keyring),
            "PORT": str(self.installation.port),
        }
        command = [sys.executable, "-m", "commonweal.frontends.cli.main", "run"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment | own, stdout=subprocess.DEVNULL)

    def wait_until_healthy(self) -> None:
        """Return when the site answers."""
        address, port = self.installation.address, self.installation.port
        wait_until(lambda: answers_healthy(address, port), "an answer of the site")

    def web_server(self) -> int:
        """The process id of the web server, whose children answer requests."""
        return next(pid for pid, command in _children_of(self.process.pid) if "granian" in command)

    def web_processes(self) -> list[int]:
        """The process ids of what answers requests."""
        return [pid for pid, _command in _children_of(self.web_server())]

    def stop(self) -> None:
        """As Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)


@pytest.fixture(scope="module")
def supervised(seed: Path, worker_id: str) -> Iterator[Supervised]:
    """A supervised site of its own, to kill parts of."""
    folder = seed.with_name(f"supervised-{worker_id}")
    copy_seed(seed, folder)
    site = Supervised(folder)
    try:
        site.wait_until_healthy()
        yield site
    finally:
        site.stop()
        remove_stack(folder)


@pytest.mark.parametrize(
    "kill", [Supervised.web_processes, lambda site: [site.web_server()]], ids=["web processes", "web server"]
)
def test_a_submit_whose_web_process_is_killed_can_be_sent_again(
    supervised: Supervised, kill: Callable[[Supervised], list[int]]
) -> None:
    database, resident = supervised.database, Visitor(f"http://127.0.0.1:{supervised.installation.port}")
    fill_in(resident, MissedBin())
    before = cases(database)
    with ThreadPoolExecutor(1) as pool:
        with database.locked("cases_case"):
            sending = pool.submit(_send_or_none, resident)
            database.wait_until_blocked("cases_case", doing="insert")
            killed = kill(supervised)
            for pid in killed:
                os.kill(pid, signal.SIGKILL)
            assert sending.result() is None
        wait_until(lambda: _all_gone(killed), "the end of what was killed")
    supervised.wait_until_healthy()

    receipt = read_receipt(send(resident))

    assert cases(database) == before + 1
    wait_until_delivered(database, receipt.reference)
    assert letters(database, receipt.reference) == ["received"]


def _send_or_none(visitor: Visitor) -> Answer | None:
    try:
        return send(visitor)
    except OSError:
        return None


def _children_of(parent: int) -> list[tuple[int, str]]:
    listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,command="], capture_output=True, text=True, check=True)
    found = (re.match(r"\s*(\d+)\s+(\d+)\s+(.*)", line) for line in listing.stdout.splitlines())
    return [(int(each[1]), each[3]) for each in found if each and int(each[2]) == parent]


def _all_gone(pids: list[int]) -> bool:
    return not any(_is_there(pid) for pid in pids)


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
