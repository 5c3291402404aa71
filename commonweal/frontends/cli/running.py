"""`commonweal run`: the database, the web server and the worker, kept up until told to stop."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack

from commonweal.frontends.cli import maintaining
from commonweal.frontends.cli.children import Child, dies_with_parent
from commonweal.frontends.cli.databases import Database, environment_for, open_database
from commonweal.frontends.cli.installation import ROOT, Installation
from commonweal.frontends.cli.keyrings import require_keyring, require_matching_keyring, require_newest_keys
from commonweal.frontends.cli.occupancy import only_one
from commonweal.frontends.cli.ports import answers_healthy, require_free_port
from commonweal.frontends.cli.problems import ENOUGH_TO_START, Problem, require_space
from commonweal.frontends.cli.progress import say
from commonweal.frontends.cli.stopping import Stopped, Terminal, stoppable
from commonweal.frontends.cli.supervising import Daily, supervise

WEB_PROCESSES = 2
SECONDS_TO_STOP = 8


def run(installation: Installation) -> int:
    """Serve until interrupted. Raises Problem when something stands in the way."""
    with stoppable(), ExitStack() as stack:
        try:
            serve(installation, stack)
        except Stopped:
            say("Stopping ...")
            stack.close()
            say("Stopped. The data is kept: `make run` brings it back.")
    return 0


def serve(installation: Installation, stack: ExitStack) -> None:
    """Bring everything up in order; `stack` takes it down in the other."""
    require_space(installation.var, ENOUGH_TO_START, "a start")
    installation.make_folders()
    stack.enter_context(only_one(installation))
    require_free_port(installation.address, installation.port)
    database = stack.enter_context(open_database(installation, say, purpose="run", is_exclusive=True))
    say("Database: ready")
    require_keyring(installation, database, say)
    require_newest_keys(installation, database)
    require_matching_keyring(installation, database)
    sign_ins = prepare(installation, database)
    children = [web_child(installation, database), worker_child(installation, database)]
    daily = Daily(maintenance_child(installation, database))
    stack.callback(stop_together, [*children, daily.child])
    for child in children:
        child.start()
    wait_until_healthy(installation, children[0])
    say(f"\nCommonweal is at http://localhost:{installation.port} (Ctrl-C stops it)")
    for line in sign_ins:
        say(f"  {line}")
    supervise(children, database.server, chores=[daily, Terminal()])


def prepare(installation: Installation, database: Database, *, is_anew: bool = False) -> list[str]:
    """Migrate and load in a process of its own; returns the demo sign-ins. Raises Problem."""
    command = [sys.executable, "-m", "commonweal.frontends.cli.preparing", *(["--anew"] if is_anew else [])]
    environment = environment_for(installation, database, as_owner=True)
    sign_ins, problem = [], ""
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=dies_with_parent(signal.SIGTERM),
    ) as process:
        try:
            for line in process.stdout or ():
                kind, text = _read_line(line)
                if kind == "told":
                    say(text)
                elif kind == "sign_in":
                    sign_ins.append(text)
                elif kind == "problem":
                    problem = text
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        raise Problem(problem or "The database could not be prepared; what went wrong is told above.")
    return sign_ins


def web_child(installation: Installation, database: Database) -> Child:
    """The web server; its log is var/log/web.log."""
    environment = environment_for(installation, database, as_owner=False)
    return Child("web server", web_command(installation), log=installation.logs / "web.log", environment=environment)


def web_command(installation: Installation) -> list[str]:
    """The command of the web server, with as many threads as each process has database connections."""
    threads = os.environ.get("COMMONWEAL_CONNECTIONS") or "8"
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"),
        *("--host", installation.address, "--port", str(installation.port), "--workers", str(WEB_PROCESSES)),
        *("--blocking-threads", threads, "--workers-kill-timeout", "5", "--respawn-failed-workers"),
        *("--working-dir", str(ROOT), "commonweal.config.wsgi:application"),
    ]


def worker_child(installation: Installation, database: Database) -> Child:
    """The worker; its log is var/log/worker.log."""
    environment = environment_for(installation, database, as_owner=True)
    return Child("worker", worker_command(), log=installation.logs / "worker.log", environment=environment)


def maintenance_child(installation: Installation, database: Database) -> Child:
    """What keeps the months of the trace, as the owner; its log is var/log/maintenance.log."""
    environment = environment_for(installation, database, as_owner=True)
    return Child("maintenance", maintaining.COMMAND, log=installation.logs / "maintenance.log", environment=environment)


def worker_command() -> list[str]:
    """The command of the worker."""
    return [sys.executable, "-m", "commonweal.frontends.cli.working"]


def stop_together(children: list[Child]) -> None:
    """Ask all to stop, then see to it that they have."""
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + SECONDS_TO_STOP
    for child in children:
        child.finish(deadline)


def wait_until_healthy(installation: Installation, web: Child, *, patience: float = 60) -> None:
    """Return when the site answers. Raises Problem when the web server ends or says nothing for `patience` seconds."""
    deadline = time.monotonic() + patience
    while not answers_healthy(installation.address, installation.port):
        if not web.is_alive:
            raise Problem(f"The web server ended while starting: what it said is in {web.log}.")
        if time.monotonic() > deadline:
            raise Problem(f"The site does not answer after {patience:.0f} s: what the web server said is in {web.log}.")
        time.sleep(0.05)


def _read_line(line: str) -> tuple[str, str]:
    try:
        ((kind, text),) = json.loads(line).items()
    except (ValueError, AttributeError):
        return "told", line.rstrip()
    return str(kind), str(text)
