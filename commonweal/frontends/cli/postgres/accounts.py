"""Which operating-system user runs PostgreSQL: it refuses to run as root, so root lends it an unused user id."""

import hashlib
import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from commonweal.frontends.cli.problems import Problem

# The range that systemd keeps for ids made up on the fly: no user of the machine has one.
_FIRST, _COUNT = 61184, 4336


class Lent(TypedDict, total=False):
    """The arguments with which `subprocess` starts a program as another user; none of them when we are that user."""

    user: int
    group: int
    extra_groups: list[int]
    cwd: str


@dataclass(frozen=True)
class Account:
    """A user id to start programs under, from root."""

    uid: int
    gid: int

    def can_enter(self, folder: Path) -> bool:
        """Whether this user may pass through every parent of `folder` and into it."""
        done = subprocess.run(
            ["/bin/sh", "-c", 'cd "$0"', str(folder)], **self.lend(), check=False, stderr=subprocess.DEVNULL
        )
        return done.returncode == 0

    def can_be_lent(self) -> bool:
        """Whether the kernel lets us become this user: a container may map few ids."""
        try:
            return subprocess.run(["/bin/true"], **self.lend(), check=False).returncode == 0
        except OSError:
            return False

    def lend(self) -> Lent:
        """The arguments with which `subprocess` starts a program as this user."""
        return Lent(user=self.uid, group=self.gid, extra_groups=[], cwd="/")

    def take_over(self, folder: Path) -> None:
        """Make this user the owner of a folder and all in it."""
        for place, _, files in os.walk(folder):
            os.chown(place, self.uid, self.gid)
            for name in files:
                os.chown(os.path.join(place, name), self.uid, self.gid, follow_symlinks=False)


def account_for(data: Path) -> Account | None:
    """The account that runs the database kept in `data`; None when we are an ordinary user and run it ourselves."""
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        return Account(data.stat().st_uid, data.stat().st_gid)
    number = int.from_bytes(hashlib.sha256(str(data).encode()).digest()[:4])
    free = (_FIRST + (number + step) % _COUNT for step in range(_COUNT))
    account = Account(*(next(uid for uid in free if not _is_known(uid)),) * 2)
    return account if account.can_be_lent() else nobody()


def nobody() -> Account:
    """The user of the machine that owns nothing; `initdb` wants one with a name. Raises Problem where there is none."""
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        raise Problem(
            "PostgreSQL does not run as root and this machine has no user called nobody: "
            "run the command as an ordinary user, or set DATABASE_URL."
        ) from None
    return Account(entry.pw_uid, entry.pw_gid)


def _is_known(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True
