"""What every stack begins with, made once a session and then copied: it takes seconds, a copy does not."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from commonweal.frontends.cli.databases import Database, environment_for
from commonweal.frontends.cli.installation import ROOT, Installation, read_installation
from commonweal.frontends.cli.keyrings import make_keyring
from commonweal.frontends.cli.locks import Lock
from commonweal.frontends.cli.postgres.places import find_place
from commonweal.frontends.cli.postgres.server import Server

CASES_EACH = 4
STORIES_EACH = 1
_LONGEST_MAKING = 900


def installation_in(folder: Path, *, port: int) -> Installation:
    """An installation of the demonstration that keeps everything in `folder`."""
    return Installation(
        var=folder,
        keyring=folder / "keyring" / "keyring.json",
        address="127.0.0.1",
        port=port,
        postgres=read_installation(os.environ).postgres,
        is_demo=True,
    )


def server_in(folder: Path, *, is_durable: bool = True) -> Server:
    """The database server of the installation in `folder`."""
    installation = installation_in(folder, port=1)
    home = folder / f"postgres-{installation.postgres}"
    log = installation.logs / f"{home.name}.log"
    return Server(home, version=installation.postgres, log=log, is_durable=is_durable, tell=lambda text: None)


def shared_seed(base: Path) -> Path:
    """The seed of this session under `base`, made by whoever comes first; the other processes wait for it."""
    base.chmod(0o711 if os.geteuid() == 0 else 0o700)
    with _locked(base / "seed.lock"):
        folder, ready = base / "seed", base / "seed-is-ready"
        if not ready.exists():
            shutil.rmtree(folder, ignore_errors=True)
            _make(folder)
            ready.touch()
        return folder


def copy_seed(seed: Path, folder: Path) -> None:
    """Make `folder` an installation with the seed's data, keys and assets."""
    installation_in(folder, port=1).make_folders()
    for name in ("keyring", "static"):
        shutil.copytree(seed / name, folder / name)
    source, server = server_in(seed).place, server_in(folder)
    target = find_place(server.home, lambda text: None)
    # The data belong to the user that runs the server, which a copy must keep.
    subprocess.run(["cp", "-a", str(source.data), str(target.data)], check=True)
    shutil.copy2(source.passwords, target.passwords)


def _make(folder: Path) -> None:
    installation = installation_in(folder, port=1)
    installation.make_folders()
    make_keyring(installation.keyring)
    server = server_in(folder, is_durable=False)
    server.start(purpose="seed")
    try:
        database = Database(server.url("owner"), server.url("application"), server)
        environment = environment_for(installation, database, as_owner=True)
        command = [sys.executable, "-m", "tests.stack.filling", str(CASES_EACH), str(STORIES_EACH)]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=_LONGEST_MAKING)
    finally:
        server.stop()


def _locked(path: Path) -> Lock:
    lock = Lock(path)
    lock.take(f"process {os.getpid()} makes the seed", patience=_LONGEST_MAKING)
    return lock
