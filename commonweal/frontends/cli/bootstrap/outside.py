"""Programs that fetch things: quiet while they work, and one sentence when they fail."""

import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from commonweal.frontends.cli.problems import Problem
from commonweal.frontends.cli.progress import say

_NO_NETWORK = (
    "Temporary failure in name resolution",
    "Name or service not known",
    "NewConnectionError",
    "ConnectTimeoutError",
    "Network is unreachable",
    "Connection refused",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ETIMEDOUT",
    "ENETUNREACH",
    "No address associated with hostname",
    "nodename nor servname",
    "ReadTimeoutError",
    "ProxyError",
    "ECONNRESET",
)
_NO_SPACE = ("No space left on device", "ENOSPC", "Disk quota exceeded")


def fetch(what: str, command: Sequence[str], *, log: Path, cwd: Path, environment: Mapping[str, str]) -> None:
    """Run a program with its words in `log`, showing every ten seconds that it works. Raises Problem when it fails."""
    with log.open("w") as file:
        process = subprocess.Popen(
            command, cwd=cwd, env=dict(environment), stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT
        )
        began = time.monotonic()
        try:
            while True:
                try:
                    code = process.wait(10)
                    break
                except subprocess.TimeoutExpired:
                    say(f"  still at it ({time.monotonic() - began:.0f} s)")
        except BaseException:
            process.terminate()
            process.wait()
            raise
    if code:
        raise Problem(explain_failure(what, log.read_text(errors="replace"), log))


def explain_failure(what: str, words: str, log: Path) -> str:
    """The sentence for what a failing program said."""
    if any(sign in words for sign in _NO_SPACE):
        return "The disk is full: free at least 500 MB, then run the same command again."
    if any(sign in words for sign in _NO_NETWORK):
        return (
            f"{what} could not be fetched because the package registry cannot be reached: connect this machine to the "
            f"network, or set its proxy, then run the same command again (details in {log})."
        )
    if "DO NOT MATCH THE HASHES" in words or "EINTEGRITY" in words:
        return f"{what}: what the registry gave differs from the lock, so nothing was installed: see {log} and tell us."
    last = [line.strip() for line in words.splitlines() if "error" in line.lower()] or ["no reason given"]
    return (
        f"{what} could not be installed ({last[-1][:200]}): put that right and run the same command again; see {log}."
    )
