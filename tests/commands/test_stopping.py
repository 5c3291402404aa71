"""What asks a run to stop: a signal, or the terminal it was started from going away."""

import os
import pty
import signal
import subprocess
import sys

import pytest

from commonweal.frontends.cli.installation import ROOT
from commonweal.frontends.cli.stopping import Stopped, Terminal

_RUN = """
import os, signal, sys, time
from commonweal.frontends.cli.stopping import Stopped, stoppable
with stoppable():
    try:
        for number in sys.argv[1:]:
            os.kill(os.getpid(), int(number))
        print("stays")
    except Stopped:
        os.kill(os.getpid(), signal.SIGINT)
        print("stops")
"""


@pytest.fixture(autouse=True)
def silence(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own words go on being heard."""
    monkeypatch.setattr("commonweal.frontends.cli.stopping.fall_silent", lambda: None)


@pytest.mark.parametrize("is_gone_before", [False, True])
def test_a_terminal_that_goes_away_stops_the_run(is_gone_before: bool) -> None:
    ours, theirs = pty.openpty()
    terminal = None if is_gone_before else Terminal(theirs)
    if terminal:
        terminal.look()
    os.close(ours)
    with pytest.raises(Stopped):
        (terminal or Terminal(theirs)).look()
    os.close(theirs)


def test_a_run_without_a_terminal_looks_for_none() -> None:
    reading, writing = os.pipe()
    os.close(writing)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for descriptor in (reading, nothing):
        Terminal(descriptor).look()
        os.close(descriptor)
        Terminal(descriptor).look()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_second_signal_does_not_interrupt_stopping(number: signal.Signals) -> None:
    assert _told("", str(int(number))) == "stops\n"


def test_who_ignores_the_end_of_the_terminal_stays() -> None:
    assert _told("trap '' HUP; ", str(int(signal.SIGHUP))) == "stays\n"


def _told(first: str, *numbers: str) -> str:
    script = first + 'exec "$0" "$@"'
    command = ["/bin/sh", "-c", script, sys.executable, "-c", _RUN, *numbers]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
