"""What an earlier server left in a data folder: a note of a process that is dead, dying, or still at work."""

import os
import signal
import subprocess
import time
from pathlib import Path

from commonweal.frontends.cli.problems import Problem


def clear_leftovers(data: Path, *, patience: float = 60) -> None:
    """Wait for a server whose supervisor was killed, after telling it to stop; forget a note of a dead one.

    The caller holds the lock on the folder, so no other supervisor is behind that server. Raises Problem when the
    server does not stop within `patience` seconds.
    """
    note = data / "postmaster.pid"
    deadline = time.monotonic() + patience
    told = False
    while (pid := _noted_pid(note)) and _is_postgres(pid):
        if not told:
            os.kill(pid, signal.SIGINT)
            told = True
        if time.monotonic() > deadline:
            raise Problem(
                f"PostgreSQL (process {pid}) still runs on {data} and does not stop: stop it, then run again."
            )
        time.sleep(0.1)
    note.unlink(missing_ok=True)


def is_ready(data: Path, pid: int) -> bool:
    """Whether the server with this process id says that it takes connections."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(lines) >= 8 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"


def _noted_pid(note: Path) -> int | None:
    try:
        first = note.read_text().partition("\n")[0].strip()
    except FileNotFoundError:
        return None
    return int(first) if first.isdecimal() else None


def _is_postgres(pid: int) -> bool:
    """Whether the process is a PostgreSQL: after a restart of the machine the id may be anybody's."""
    if Path("/proc/self").exists():
        try:
            return "postgres" in Path(f"/proc/{pid}/comm").read_text()
        except OSError:
            return False
    done = subprocess.run(["ps", "-p", str(pid), "-o", "comm="], capture_output=True, text=True, check=False)
    return "postgres" in done.stdout
