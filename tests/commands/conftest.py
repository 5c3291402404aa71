"""What the tests of the commands share: a folder of their own and an embedded server in it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from commonweal.frontends.cli.installation import Installation, read_installation
from commonweal.frontends.cli.postgres.server import Server


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """An installation that was never started."""
    found = read_installation({"COMMONWEAL_VAR": str(tmp_path / "var"), **_version()})
    found.make_folders()
    return found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running server with nothing in it but the two logins."""
    folder = tmp_path_factory.mktemp("server")
    open_to_others(folder)
    made = make_server(folder)
    made.start()
    yield made
    made.stop()


def make_server(folder: Path) -> Server:
    """A server in this folder; not started."""
    version = read_installation(_version()).postgres
    return Server(
        folder / "postgres", version=version, log=folder / "postgres.log", is_durable=False, tell=lambda text: None
    )


def open_to_others(folder: Path) -> None:
    """pytest keeps its folders private; the user that runs PostgreSQL for root must pass through them."""
    for place in (folder, *folder.parents):
        if place.stat().st_uid == os.geteuid() and place.name.startswith(("pytest-", folder.name)):
            place.chmod(place.stat().st_mode | 0o011)


def _version() -> dict[str, str]:
    return {"COMMONWEAL_POSTGRES": os.environ.get("COMMONWEAL_POSTGRES", "")}
