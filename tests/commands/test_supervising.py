"""Processes are kept up with patience, and never outlive their supervisor."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from commonweal.frontends.cli.children import Child
from commonweal.frontends.cli.installation import ROOT
from commonweal.frontends.cli.problems import Problem
from commonweal.frontends.cli.supervising import PAUSES, Patience, supervise

_SUPERVISOR = """
import sys, time
from pathlib import Path
from commonweal.frontends.cli.children import Child
child = Child("sleeper", [sys.executable, "-c", "import time; time.sleep(60)"], log=Path(sys.argv[1]), environment={})
child.start()
print(child.pid, flush=True)
time.sleep(60)
"""


def test_pauses_grow_until_patience_ends() -> None:
    patience = Patience()
    pauses = [patience.pause(moment) for moment in range(len(PAUSES) + 1)]
    assert pauses == [*PAUSES, None]


def test_old_crashes_are_forgotten() -> None:
    patience = Patience()
    assert {patience.pause(moment) for moment in range(0, 5000, 500)} == {PAUSES[0]}


def test_a_process_that_always_ends_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    child = Child("web server", ["/bin/false"], log=tmp_path / "web.log", environment={})
    child.start()
    with pytest.raises(Problem, match=rf"The web server stopped {len(PAUSES) + 1} times .*web\.log"):
        supervise([child], None)


def test_what_a_child_leaves_in_its_group_goes_with_it(tmp_path: Path) -> None:
    child = Child("parent", ["/bin/sh", "-c", "sleep 60 & echo $!; wait"], log=tmp_path / "log", environment={})
    child.start()
    while not (tmp_path / "log").read_text().endswith("\n"):
        time.sleep(0.01)
    grandchild = int((tmp_path / "log").read_text())
    child.ask_to_stop()
    child.finish(time.monotonic() + 5)
    assert _ends(grandchild)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells children that their parent died")
def test_a_killed_supervisor_leaves_no_orphan(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _SUPERVISOR, str(tmp_path / "log")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout is not None
        child = int(supervisor.stdout.readline())
        supervisor.send_signal(signal.SIGKILL)
    assert _ends(child)


def _ends(pid: int) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
            if Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.05)
    return False
