"""The embedded server through its bad days: killed, orphaned, broken, at the end of a long path."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from commonweal.frontends.cli.installation import ROOT
from commonweal.frontends.cli.locks import Held
from commonweal.frontends.cli.postgres.server import Server
from commonweal.frontends.cli.problems import Problem
from tests.commands.conftest import make_server, open_to_others

_SUPERVISOR = """
import sys, time
from pathlib import Path
from tests.commands.conftest import make_server
server = make_server(Path(sys.argv[1]))
server.start()
print("ready", flush=True)
time.sleep(60)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    open_to_others(tmp_path)
    return tmp_path


@pytest.fixture
def stopped(folder: Path) -> Iterator[Server]:
    """A server that was started once, and stopped."""
    made = make_server(folder)
    made.start()
    made.stop()
    yield made
    made.stop()


def test_what_is_written_outlives_a_crash(server: Server) -> None:
    with psycopg.connect(server.url("owner"), autocommit=True) as connection:
        connection.execute("create table kept (word text)")
        connection.execute("insert into kept values ('still here')")
    server.kill()
    server.start()
    with psycopg.connect(server.url("owner")) as connection:
        assert connection.execute("select word from kept").fetchone() == ("still here",)


def test_a_second_supervisor_is_told_who_has_the_folder(server: Server) -> None:
    with pytest.raises(Held, match=str(os.getpid())):
        make_server(server.home.parent).start()


def test_the_server_of_a_killed_supervisor_is_taken_over(folder: Path) -> None:
    supervisor = subprocess.Popen(
        [sys.executable, "-c", _SUPERVISOR, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert supervisor.stdout is not None
    assert supervisor.stdout.readline() == "ready\n"
    supervisor.kill()
    supervisor.wait()
    supervisor.stdout.close()
    server = make_server(folder)
    server.start()
    with psycopg.connect(server.url("application")) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    server.stop()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells children that their parent died")
def test_a_killed_supervisor_leaves_no_server(folder: Path) -> None:
    supervisor = subprocess.Popen(
        [sys.executable, "-c", _SUPERVISOR, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert supervisor.stdout is not None
    supervisor.stdout.readline()
    note = make_server(folder).place.data / "postmaster.pid"
    supervisor.kill()
    supervisor.wait()
    supervisor.stdout.close()
    deadline = time.monotonic() + 10
    while note.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not note.exists()


def test_a_note_of_another_program_with_the_same_id_is_forgotten(stopped: Server) -> None:
    note = stopped.place.data / "postmaster.pid"
    note.write_text(f"{os.getpid()}\n{stopped.place.data}\n")
    if stopped.place.account:
        stopped.place.account.take_over(stopped.place.data)
    stopped.start()
    assert stopped.is_running


def test_a_folder_without_its_version_says_what_to_do(stopped: Server) -> None:
    (stopped.place.data / "PG_VERSION").unlink()
    with pytest.raises(Problem, match=r"PG_VERSION is missing.*restore that folder from a backup, or move .* away"):
        stopped.start()


def test_a_broken_folder_says_what_to_do(stopped: Server) -> None:
    (stopped.place.data / "global" / "pg_control").unlink()
    with pytest.raises(Problem, match=r"does not start .*restore that folder from a backup, or move .* away"):
        stopped.start()


def test_lost_passwords_say_what_to_do(stopped: Server) -> None:
    stopped.place.passwords.unlink()
    with pytest.raises(Problem, match=r"logins\.json is missing.*restore the file from a backup"):
        stopped.start()


def test_a_folder_of_another_version_is_refused(stopped: Server) -> None:
    other = 16 if stopped.version == 18 else 18
    with pytest.raises(Problem, match=f"it is of PostgreSQL {stopped.version}, not {other}"):
        Server(stopped.home, version=other, log=stopped.log).start()


def test_it_starts_at_the_end_of_a_long_path(folder: Path) -> None:
    deep = folder / ("a long name with spaces " * 4).strip() / ("and another " * 5).strip()
    deep.mkdir(parents=True)
    server = make_server(deep)
    server.start()
    socket = server.place.socket
    try:
        with psycopg.connect(server.url("application")) as connection:
            assert connection.execute("select 1").fetchone() == (1,)
        assert len(os.fsencode(socket)) < 90
        assert socket.stat().st_mode & 0o077 == 0
    finally:
        server.stop()
        socket.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user runs the server itself")
def test_root_lends_the_server_a_user_id_that_nobody_has(stopped: Server) -> None:
    stopped.start()
    pid = int((stopped.place.data / "postmaster.pid").read_text().split()[0])
    assert stopped.place.account is not None
    assert os.stat(f"/proc/{pid}").st_uid == stopped.place.account.uid != 0
    os.kill(pid, signal.SIGINT)
