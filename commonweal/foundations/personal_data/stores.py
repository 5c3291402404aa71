"""Where a keyring is kept: a file, the environment, or a secret manager reached through its own command.

One small interface: `load` gives the keyring, `save` replaces it whole or not at all.
"""

import os
import shlex
import stat
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from commonweal.foundations.personal_data.wrapping import Keyring, KeyringError, parse

_LONGEST_COMMAND = 30
_READ_AGAIN_AFTER = 0.05


class KeyringMissing(KeyringError):
    """There is no keyring where it should be."""


class KeyringNotWritten(KeyringError):
    """The keyring could not be replaced; the one before it is whole."""


class Store(Protocol):
    """Keeps one keyring."""

    is_remote: bool
    """Whether loading calls another machine or program: then never inside a transaction."""

    @property
    def can_save(self) -> bool:
        """Whether this process may replace the keyring."""

    def load(self) -> Keyring:
        """The keyring as it is kept now. Raises KeyringError."""

    def save(self, ring: Keyring) -> None:
        """Replace the keyring; returns when that is durable. Raises KeyringNotWritten."""

    def __str__(self) -> str:
        """Where the keyring is kept, in words for whoever runs this."""


@dataclass(frozen=True)
class FileStore:
    """A file of mode 0600. It is replaced by a whole new file, and what the old one held is overwritten."""

    path: Path
    is_remote = False

    @property
    def can_save(self) -> bool:
        place = self._place()
        return os.access(place.parent, os.W_OK | os.X_OK) and (os.geteuid() in {0, place.stat().st_uid})

    def load(self) -> Keyring:
        try:
            return parse(self._read())
        except FileNotFoundError:
            raise KeyringMissing(
                f"The keyring {self.path} is missing. Restore it from where it is kept safe: without it nothing sealed "
                "opens."
            ) from None
        except OSError as error:
            raise KeyringError(f"The keyring {self.path} cannot be read ({error.strerror}).") from None
        except KeyringError:
            # Read in the very moment of being replaced: the next look finds the new file.
            time.sleep(_READ_AGAIN_AFTER)
            return parse(self._read())

    def save(self, ring: Keyring) -> None:
        place = self._place()
        half = place.with_name(f".{place.name}.half")
        try:
            before = parse(place.read_text())
            owner = place.stat()
            half.unlink(missing_ok=True)
            _write_durably(half, ring.text())
            if os.geteuid() == 0:
                os.chown(half, owner.st_uid, owner.st_gid)
            with place.open("r+b") as replaced:
                half.rename(place)
                sync_folder(place.parent)
                if before.keys.keys() - ring.keys.keys():
                    _overwrite(replaced.fileno())
        except OSError as error:
            half.unlink(missing_ok=True)
            raise KeyringNotWritten(
                f"The keyring {self.path} could not be replaced ({error.strerror}): put that right, then run again."
            ) from None

    def create(self, ring: Keyring) -> None:
        """Write a keyring where there is none. Raises FileExistsError."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_durably(self.path, ring.text())
        sync_folder(self.path.parent)

    def __str__(self) -> str:
        return f"the file {self.path}"

    def _read(self) -> str:
        return self.path.read_text()

    def _place(self) -> Path:
        return self.path.resolve()


@dataclass(frozen=True)
class EnvironmentStore:
    """The text of a keyring in an environment variable: read at the start, replaced by whoever runs the platform."""

    text: str = field(repr=False)
    is_remote = False
    can_save = False

    def load(self) -> Keyring:
        return parse(self.text)

    def save(self, ring: Keyring) -> None:
        raise KeyringNotWritten(
            "The keyring in COMMONWEAL_KEYRING_KEYS is replaced by whoever sets that variable, not from here."
        )

    def __str__(self) -> str:
        return "the variable COMMONWEAL_KEYRING_KEYS"


@dataclass(frozen=True)
class CommandStore:
    """A command in front of a key management service: with `load` it prints the keyring, with `store` it reads one.

    The command is run as it is, without a shell; what it says of an error is not repeated, since it may hold a key.
    """

    command: str = field(repr=False)
    is_remote = True
    can_save = True

    def load(self) -> Keyring:
        text = self._run("load", "")
        if not text.strip():
            raise KeyringMissing("COMMONWEAL_KEYRING_COMMAND gave none: `commonweal keyring create` makes a keyring.")
        return parse(text)

    def save(self, ring: Keyring) -> None:
        try:
            self._run("store", ring.text())
        except KeyringError as error:
            raise KeyringNotWritten(str(error)) from None

    def __str__(self) -> str:
        return "the command in COMMONWEAL_KEYRING_COMMAND"

    def _run(self, verb: str, given: str) -> str:
        try:
            done = subprocess.run(  # noqa: S603 the operator's own command, from their environment
                [*shlex.split(self.command), verb],
                input=given,
                capture_output=True,
                text=True,
                timeout=_LONGEST_COMMAND,
                check=False,
            )
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            raise KeyringError(f"COMMONWEAL_KEYRING_COMMAND could not be run ({type(error).__name__}).") from None
        if done.returncode:
            raise KeyringError(f"COMMONWEAL_KEYRING_COMMAND {verb} failed with exit code {done.returncode}.")
        return done.stdout


def choose_store(*, keys: str, command: str, path: Path) -> Store:
    """The store that the settings name: the environment before a command before a file."""
    if keys:
        return EnvironmentStore(keys)
    return CommandStore(command) if command else FileStore(path)


def _write_durably(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """A name that was made or changed in the folder survives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _overwrite(descriptor: int) -> None:
    """Nothing of a destroyed key stays in the blocks of the old file, as far as the file system writes in place."""
    found = os.fstat(descriptor)
    if found.st_nlink == 0:
        os.pwrite(descriptor, bytes(found.st_size), 0)
        os.fsync(descriptor)
