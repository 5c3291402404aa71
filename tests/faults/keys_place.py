"""An installation of its own for tests that break the keeping of keys: real commands, a scratch database, a keyring."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from commonweal.foundations.personal_data.stores import FileStore
from commonweal.foundations.personal_data.wrapping import Keyring, KeyringError
from commonweal.frontends.cli.databases import Database, environment_for
from commonweal.frontends.cli.installation import ROOT
from commonweal.frontends.cli.keys_drill import Drill
from commonweal.frontends.cli.keys_scratch import scratch_database
from tests.stack.seed import installation_in
from tests.stack.stack import free_port

_LONGEST = 120
_HERE = {
    "COMMONWEAL_KEYRING_KEYS": "",
    "COMMONWEAL_KEYRING_COMMAND": "",
    "COMMONWEAL_KEY_EXPORTS": "",
    "COMMONWEAL_POOL": "0",
}

Done = subprocess.CompletedProcess[str]


@dataclass(frozen=True)
class Place(Drill):
    """What the drill works on, with the means to break it."""

    @property
    def store(self) -> FileStore:
        return FileStore(self.installation.keyring)

    @property
    def ring(self) -> Keyring:
        return self.store.load()

    def begin(self, *arguments: str, module: str = "commonweal.frontends.cli.main") -> "subprocess.Popen[str]":
        """Start a command; what it says is kept."""
        environment = {**environment_for(self.installation, self.database, as_owner=True), **_HERE}
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def attempt(self, *arguments: str, module: str = "commonweal.frontends.cli.main") -> Done:
        """Run a command that may fail."""
        with self.begin(*arguments, module=module) as process:
            out, err = process.communicate(timeout=_LONGEST)
        return Done(arguments, process.returncode, out, err)

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database.owner_url, autocommit=True) as connection:
            return connection.execute(statement).fetchall()

    def wrappers(self) -> dict[str, int]:
        """How many keys are wrapped by which key-encryption key."""
        return dict(self.rows("select wrapped_by, count(*) from personal_data_datakey group by 1"))

    def unopened(self) -> list[UUID]:
        """The data keys that the keyring as it lies there does not unwrap."""
        ring, failed = self.ring, []
        for key_id, wrapped, wrapped_by in self.rows("select id, wrapped, wrapped_by from personal_data_datakey"):
            try:
                ring.unwrap(bytes(wrapped), key_id=key_id, wrapped_by=wrapped_by)
            except KeyringError:
                failed.append(key_id)
        return failed


@contextmanager
def new_place(folder: Path, database: Database) -> Iterator[Place]:
    """An installation in `folder`, in a scratch database on the server of `database`; no tables yet."""
    with scratch_database(database) as scratch:
        yield Place(installation_in(folder, port=free_port()), scratch)
