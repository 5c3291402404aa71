"""Gives the tests a database server and an installation of their own, before Django reads its settings.

With DATABASE_URL set, alone or with DATABASE_OWNER_URL, that server is used instead, whose owner must be allowed to
create databases. COMMONWEAL_POSTGRES=16 chooses the older embedded server.
"""

import json
import os
import secrets
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from commonweal.frontends.cli.bootstrap.chromium import find_chromium
from commonweal.frontends.cli.installation import ROOT, read_installation
from commonweal.frontends.cli.locks import Held
from commonweal.frontends.cli.postgres.given import given_logins
from commonweal.frontends.cli.postgres.server import Server
from commonweal.frontends.cli.problems import Problem

# What one session starts and ends with: the server, and the folder for all that the tests write.
_server: Server | None = None
_folder: tempfile.TemporaryDirectory[str] | None = None


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    """Runs before pytest-django looks for its settings; workers of xdist inherit what the first process set."""
    if "COMMONWEAL_TESTS" not in os.environ:
        try:
            _prepare_installation()
            _prepare_database()
        except Problem as problem:
            raise pytest.UsageError(str(problem)) from None
    yield


def pytest_unconfigure() -> None:
    """Stop what this process started; workers started nothing."""
    if _server:
        _server.stop()
    if _folder:
        _folder.cleanup()


def _prepare_installation() -> None:
    global _folder  # noqa: PLW0603 pytest gives a plugin no other place before its configuration exists
    _folder = tempfile.TemporaryDirectory(prefix="commonweal-tests-")
    keyring = Path(_folder.name) / "keyring.json"
    keyring.write_text(json.dumps({"current": "test", "keys": {"test": b64encode(secrets.token_bytes(32)).decode()}}))
    os.environ |= {
        "COMMONWEAL_TESTS": "1",
        "COMMONWEAL_VAR": _folder.name,
        "COMMONWEAL_KEYRING": str(keyring),
        "COMMONWEAL_SECRET_KEY": secrets.token_urlsafe(50),
        "COMMONWEAL_DEMO": "1",
        "COMMONWEAL_POOL": "0",
        "DJANGO_SETTINGS_MODULE": "commonweal.config.settings",
    }
    if chromium := find_chromium():
        os.environ["COMMONWEAL_CHROMIUM"] = chromium


def _prepare_database() -> None:
    global _server  # noqa: PLW0603 as above
    var = ROOT / "var"
    var.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, exist_ok=True)
    if given := os.environ.get("DATABASE_URL"):
        owner, application = given_logins(given, os.environ.get("DATABASE_OWNER_URL", ""), var, needs_owner=True)
    else:
        _server = _start_free_server(var, read_installation(os.environ).postgres)
        owner, application = _server.url("owner"), _server.url("application")
    os.environ |= {"DATABASE_OWNER_URL": owner, "DATABASE_URL": application}


def _start_free_server(var: Path, version: int) -> Server:
    """Sessions at the same time get servers of their own: they would drop each other's test database."""
    for number in range(1, 20):
        name = f"test-postgres-{version}" + (f"-{number}" if number > 1 else "")
        server = Server(var / name, version=version, log=var / f"{name}.log", is_durable=False, tell=lambda text: None)
        try:
            server.start(purpose="tests")
        except Held:
            continue
        return server
    raise Problem(f"Twenty test sessions have the servers under {var}: wait for one of them to end.")
