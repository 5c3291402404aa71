"""One embedded PostgreSQL server as a child process of ours."""

import os
import signal
import subprocess
import time
from pathlib import Path

import psycopg

from commonweal.frontends.cli.children import dies_with_parent
from commonweal.frontends.cli.locks import Lock
from commonweal.frontends.cli.postgres.accounts import Lent
from commonweal.frontends.cli.postgres.binaries import reachable_programs
from commonweal.frontends.cli.postgres.configuring import PORT, arguments
from commonweal.frontends.cli.postgres.initialising import clean_environment, initialise
from commonweal.frontends.cli.postgres.leftovers import clear_leftovers, is_ready
from commonweal.frontends.cli.postgres.logins import DATABASE, NAMES, Login, keep_passwords, make_logins, read_passwords
from commonweal.frontends.cli.postgres.places import Place, find_place
from commonweal.frontends.cli.postgres.urls import Address
from commonweal.frontends.cli.postgres.words import gravest
from commonweal.frontends.cli.problems import Problem
from commonweal.frontends.cli.progress import Say, say


class Server:
    """A database folder and the server that serves it; start and stop may alternate.

    `is_durable=False` trades safety after a power cut for speed: for tests only.
    """

    def __init__(self, home: Path, *, version: int, log: Path, is_durable: bool = True, tell: Say = say) -> None:
        self.home = home
        self.version = version
        self.log = log
        self._is_durable = is_durable
        self._tell = tell
        self._lock = Lock(home / "lock")
        self._place: Place | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def has_data(self) -> bool:
        """Whether a database was made here before."""
        return (self.place.data / "PG_VERSION").exists()

    @property
    def place(self) -> Place:
        if self._place is None:
            self._place = find_place(self.home, self._tell)
        return self._place

    def url(self, login: Login, database: str = DATABASE) -> str:
        """The URL under which one of the three logins reaches a database of this server."""
        password = read_passwords(self.place.passwords).of[login]
        return Address(NAMES[login], password, database, str(self.place.socket), PORT).url()

    def start(self, *, purpose: str = "", patience: float = 0) -> None:
        """Start the server, making the database first where there is none, and return when it takes connections.

        Waits up to `patience` seconds for another command that has the database. Raises Held when that is not enough,
        and Problem when the server does not start.
        """
        place = self.place
        self._lock.take(f"process {os.getpid()} {purpose}".strip(), patience=patience)
        try:
            programs = reachable_programs(self.version, place.account, place.shelf, self._tell)
            self._require_whole_folder()
            clear_leftovers(place.data)
            is_new = not self.has_data
            if is_new:
                passwords = keep_passwords(place.passwords).of["superuser"]
                self._tell("Database: making a new one")
                initialise(place, programs, version=self.version, password=passwords, is_durable=self._is_durable)
            place.make_socket_folder()
            self._launch_until_ready(programs / "postgres")
            self._make_logins()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End every connection and stop, as after a clean shutdown; at most half a minute."""
        self._end(signal.SIGINT, signal.SIGQUIT, signal.SIGKILL)
        self._lock.release()

    def kill(self) -> None:
        """Kill the server as a crash would; the next start recovers. For fault tests."""
        self._end(signal.SIGKILL)
        self._lock.release()

    def restart(self) -> None:
        """Stop and start again; open connections are lost."""
        self.stop()
        self.start()

    def _end(self, *signals: signal.Signals) -> None:
        for number in signals:
            if self._process is None:
                return
            self._process.send_signal(number)
            try:
                self._process.wait(15)
            except subprocess.TimeoutExpired:
                continue
            self._process = None

    def _require_whole_folder(self) -> None:
        data = self.place.data
        if not data.exists():
            return
        found = (data / "PG_VERSION").read_text().strip() if self.has_data else ""
        if found != str(self.version):
            reason = f"it is of PostgreSQL {found}, not {self.version}" if found else "its file PG_VERSION is missing"
            raise Problem(self._broken(reason))

    def _launch(self, program: Path) -> None:
        settings = arguments(self.place.socket, is_durable=self._is_durable)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [str(program), "-D", str(self.place.data), *settings],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=clean_environment(),
                start_new_session=True,
                preexec_fn=dies_with_parent(signal.SIGINT),
                **(self.place.account.lend() if self.place.account else Lent()),
            )

    def _launch_until_ready(self, program: Path) -> None:
        """Launch, and again while processes of a server that crashed are still on their way out."""
        deadline = time.monotonic() + 30
        while True:
            begin = self.log.stat().st_size if self.log.exists() else 0
            self._launch(program)
            if self._becomes_ready():
                return
            words = self._last_words(begin)
            if "shared memory block" not in words or time.monotonic() > deadline:
                raise Problem(self._broken(words))
            time.sleep(0.2)

    def _becomes_ready(self) -> bool:
        """Recovery after a crash takes as long as it takes: wait while the server lives."""
        began = told = time.monotonic()
        while self._process is not None and self._process.poll() is None:
            if is_ready(self.place.data, self._process.pid):
                return True
            if time.monotonic() - told > 10:
                told = time.monotonic()
                self._tell(
                    f"Database: still starting after {told - began:.0f} s (recovery after a crash may take minutes)"
                )
            time.sleep(0.02)
        return False

    def _make_logins(self) -> None:
        passwords = read_passwords(self.place.passwords)
        try:
            with psycopg.connect(self.url("superuser", "postgres"), autocommit=True) as connection:
                make_logins(connection, passwords)
        except psycopg.OperationalError as error:
            raise Problem(self._broken(gravest(str(error)))) from None

    def _last_words(self, begin: int) -> str:
        with self.log.open("rb") as log:
            log.seek(begin)
            return gravest(log.read().decode(errors="replace"))

    def _broken(self, reason: str) -> str:
        if "No space left" in reason:
            return f"The disk is full: free at least 500 MB where {self.place.shelf} lies, then run again."
        return (
            f"The database in {self.place.data} does not start ({reason}): restore that folder from a backup, or move "
            f"{self.home} away for a fresh start without its data. What the server said is in {self.log}."
        )
