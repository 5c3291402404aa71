"""What stands in the way is told in one sentence that says what to do."""

import ast
import errno
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from django.db import OperationalError

from commonweal.frontends.cli.bootstrap.outside import explain_failure
from commonweal.frontends.cli.databases import answering
from commonweal.frontends.cli.installation import ROOT, Installation, load_dotenv, read_installation
from commonweal.frontends.cli.main import main
from commonweal.frontends.cli.occupancy import only_one
from commonweal.frontends.cli.ports import require_free_port
from commonweal.frontends.cli.problems import Problem, explain, require_space

_GATE = ROOT / "commonweal" / "frontends" / "cli" / "bootstrap" / "__main__.py"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "eight", "PORT is 'eight': set it to a number from 1 to 65535"),
        ("PORT", "70000", "PORT is '70000': set it to a number from 1 to 65535"),
        ("COMMONWEAL_POSTGRES", "17", "COMMONWEAL_POSTGRES is '17': set it to 16 or 18"),
        ("COMMONWEAL_DEMO", "perhaps", "COMMONWEAL_DEMO is 'perhaps': set it to 1 or 0"),
    ],
)
def test_a_setting_that_makes_no_sense(name: str, value: str, sentence: str) -> None:
    with pytest.raises(Problem, match=sentence):
        read_installation({name: value})


def test_a_taken_port_offers_another() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Problem, match=f"Port {port} is taken .* make run PORT={port + 1}"):
            require_free_port("127.0.0.1", port)


@pytest.mark.parametrize("cause", [psycopg.OperationalError("gone"), psycopg.errors.AdminShutdown("stopping")])
def test_a_database_that_stops_in_the_middle(cause: Exception) -> None:
    with pytest.raises(Problem, match="stopped answering: start it"), answering():
        raise OperationalError from cause


def test_what_else_a_database_refuses_is_no_sentence_about_its_end() -> None:
    with pytest.raises(OperationalError), answering():
        raise OperationalError from psycopg.errors.LockNotAvailable("waits")


def test_a_full_disk_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=62_000_000))
    with pytest.raises(Problem, match=r"The disk is full: .* needs 500 MB .* has 62 MB free. Free some space"):
        require_space(tmp_path / "not" / "there", 500_000_000, "a new database")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "The disk is full: free at least 500 MB"),
        (errno.EROFS, "/data/var cannot be written or read by this user"),
        (errno.EACCES, "/data/var cannot be written or read by this user"),
        (errno.ENOTDIR, "/data/var is a file where a folder is needed"),
    ],
)
def test_a_file_system_that_refuses(number: int, sentence: str) -> None:
    assert sentence in str(explain(OSError(number, "refused", "/data/var")))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("Retrying: NewConnectionError: Temporary failure in name resolution", "registry cannot be reached"),
        ("npm error code EAI_AGAIN", "registry cannot be reached"),
        ("ERROR: [Errno 28] No space left on device", "The disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "nothing was installed"),
        ("ERROR: no wheel for this platform", "no wheel for this platform"),
    ],
)
def test_a_fetch_that_fails(said: str, sentence: str) -> None:
    assert sentence in explain_failure("The Python packages", said, Path("setup.log"))


def test_a_second_run_is_told_of_the_first(installation: Installation) -> None:
    with (
        only_one(installation),
        pytest.raises(Problem, match=r"already runs .*http://localhost:8000"),
        only_one(installation),
    ):
        pass


def test_the_gate_parses_on_an_old_python() -> None:
    ast.parse(_GATE.read_text(), feature_version=(3, 4))


def test_an_old_python_gets_one_sentence() -> None:
    pretend = (
        "import os, runpy, sys\n"
        "def absent(*ignored): raise FileNotFoundError\n"
        "os.execvp, sys.version_info = absent, (3, 6, 9)\n"
        f"runpy.run_path({str(_GATE)!r})"
    )
    done = subprocess.run([sys.executable, "-c", pretend], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "Commonweal needs Python 3.11 or newer and this is 3.6.9: install one, or name it: make run PYTHON=..."
    )


def test_a_command_ends_with_the_sentence_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "eight")
    assert main(["doctor"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_dotenv_adds_what_is_not_set(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# a note\nPORT=9000\nexport COMMONWEAL_DEMO='0'\n\nCOMMONWEAL_HOSTS=a,b\n")
    environment = {"PORT": "8001"}
    load_dotenv(tmp_path / ".env", environment)
    assert environment == {"PORT": "8001", "COMMONWEAL_DEMO": "0", "COMMONWEAL_HOSTS": "a,b"}


def test_dotenv_names_the_line_that_is_wrong(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=9000\nport 9001\n")
    with pytest.raises(Problem, match=r"\.env, line 2: write NAME=value"):
        load_dotenv(tmp_path / ".env", {})
