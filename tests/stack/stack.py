"""A running Commonweal of one's own: database, web server and worker as real processes."""

import os
import shutil
import signal
import socket
import time
from pathlib import Path

from commonweal.frontends.cli import running
from commonweal.frontends.cli.children import Child
from commonweal.frontends.cli.databases import Database
from tests.stack.database import StackDatabase
from tests.stack.seed import copy_seed, installation_in, server_in


class Stack:
    """What `make run` runs, on a free port, with the means to break each part of it."""

    def __init__(self, seed: Path, folder: Path) -> None:
        copy_seed(seed, folder)
        self.folder = folder
        self.installation = installation_in(folder, port=free_port())
        self.address = f"http://127.0.0.1:{self.installation.port}"
        self.server = server_in(folder)
        self.database = StackDatabase(self.server)
        self.server.start(purpose="stack")
        urls = Database(self.server.url("owner"), self.server.url("application"), self.server)
        self.web = _as_in_production(running.web_child(self.installation, urls))
        self.worker = _as_in_production(running.worker_child(self.installation, urls))

    def start(self) -> "Stack":
        """Bring everything up, and return when the site answers."""
        self.web.start()
        self.worker.start()
        running.wait_until_healthy(self.installation, self.web)
        return self

    def stop(self) -> None:
        """Take everything down and remove what it kept."""
        running.stop_together([self.web, self.worker])
        self.server.stop()
        remove_stack(self.folder)

    def kill_worker(self) -> None:
        """Kill the worker as the kernel would when memory runs out: it gets no chance to finish anything."""
        assert self.worker.pid is not None
        os.kill(self.worker.pid, signal.SIGKILL)
        self.worker.finish(time.monotonic() + 5)

    def pause_worker(self) -> None:
        """The worker does nothing from here on, though it lives."""
        assert self.worker.pid is not None
        os.kill(self.worker.pid, signal.SIGSTOP)

    def start_worker(self) -> None:
        """Start the worker again after it was killed."""
        self.worker.start()

    def logs(self) -> dict[str, bytes]:
        """What each process wrote, by the name of its log."""
        return {path.name: path.read_bytes() for path in sorted(self.installation.logs.iterdir())}


def remove_stack(folder: Path) -> None:
    """Remove all that a stack kept, also where its database had to be put elsewhere."""
    place = server_in(folder).place
    for kept in (place.socket, place.shelf, folder):
        shutil.rmtree(kept, ignore_errors=True)


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as_in_production(child: Child) -> Child:
    """The suite turns the pool of connections off for itself; a stack is the real thing."""
    child.environment["COMMONWEAL_POOL"] = "1"
    return child
