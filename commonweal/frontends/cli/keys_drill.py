"""The drill: an older backup and the newest key export together open nothing that was erased, and all that was not.

Everything happens in two scratch databases on the same server, with a keyring of their own, by the real commands.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from commonweal.frontends.cli.databases import Database, environment_for
from commonweal.frontends.cli.installation import ROOT, Installation
from commonweal.frontends.cli.keys_scratch import back_up, put_back, scratch_database
from commonweal.frontends.cli.problems import Problem
from commonweal.frontends.cli.progress import Say, timed

_OF_THEIR_OWN = {"COMMONWEAL_KEYRING_KEYS": "", "COMMONWEAL_KEYRING_COMMAND": "", "COMMONWEAL_KEY_EXPORTS": ""}
_LONGEST_STEP = 300


@dataclass(frozen=True)
class Drill:
    """One scratch database, and the keyring and exports that belong to it."""

    installation: Installation
    database: Database

    def command(self, *arguments: str) -> None:
        """Run a command of ours on the scratch database. Raises Problem with what it said."""
        self._run("commonweal.frontends.cli.main", *arguments)

    def canaries(self, *arguments: str) -> dict[str, str]:
        """Make, erase or look for canaries; returns what was found."""
        found: dict[str, str] = json.loads(self._run("commonweal.frontends.cli.keys_canaries", *arguments))
        return found

    def _run(self, module: str, *arguments: str) -> str:
        environment = {
            **environment_for(self.installation, self.database, as_owner=True),
            **_OF_THEIR_OWN,
            "COMMONWEAL_POOL": "0",
        }
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=_LONGEST_STEP,
        )
        if done.returncode:
            words = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
            raise Problem(f"The drill broke off at {' '.join(arguments)}: {words[-1]}")
        return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


def run_drill(installation: Installation, database: Database, tell: Say) -> None:
    """Back up, erase, rotate, restore. Raises Problem naming the first thing that is not as promised."""
    with (
        tempfile.TemporaryDirectory(prefix="commonweal-drill-") as folder,
        scratch_database(database) as live,
        scratch_database(database) as restored,
    ):
        place = Installation(
            **{
                **vars(installation),
                "var": Path(folder),
                "keyring": Path(folder) / "keyring" / "keyring.json",
                "is_demo": False,
            }
        )
        _drill(Drill(place, live), Drill(place, restored), Path(folder), tell)


def _drill(live: Drill, restored: Drill, folder: Path, tell: Say) -> None:
    keyring, old_keyring, backup = live.installation.keyring, folder / "old-keyring.json", folder / "backup"
    with timed(tell, "Drill: making a scratch database with two people in it", "Drill: two people, both open"):
        live.command("migrate")
        made = live.canaries("make")
        erased, kept = made["erased"], made["kept"]
        _expect("both people open before", live.canaries("look", erased, kept), {erased: "opens", kept: "opens"})
    with timed(tell, "Drill: backing it up, then erasing one of them", "Drill: backed up; one is erased"):
        back_up(live.database, backup)
        shutil.copyfile(keyring, old_keyring)
        live.canaries("erase", erased)
        _expect("the erased one is gone", live.canaries("look", erased, kept), {erased: "erased", kept: "opens"})
    with timed(tell, "Drill: rotating the key-encryption key", "Drill: rotated, the old key is destroyed"):
        live.command("keys", "rotate")
        _expect("the other one still opens", live.canaries("look", erased, kept), {erased: "erased", kept: "opens"})
    with timed(tell, "Drill: restoring the old backup", "Drill: restored; it is not served like this"):
        put_back(restored.database, backup)
        _expect_restored(restored, old_keyring, erased, kept)
    with timed(tell, "Drill: taking the keys from the newest export", "Drill: the keys are the newest"):
        restored.command("keys", "restore")
        _expect("only the kept one opens", restored.canaries("look", erased, kept), {erased: "erased", kept: "opens"})
        _expect("nothing else opens", restored.canaries("pry", str(keyring)), {kept: "opens"})
    tell("Drill: passed. What was erased opens from no older backup; what was not, does.")


def _expect_restored(restored: Drill, old_keyring: Path, erased: str, kept: str) -> None:
    """The old keyring would open both, so the drill could fail; the keyring at hand opens nothing of the backup."""
    opened = restored.canaries("pry", str(old_keyring))
    _expect("the backup and the keyring of its time open both", opened, {erased: "opens", kept: "opens"})
    opened = restored.canaries("pry", str(restored.installation.keyring))
    _expect("the backup and the keyring at hand open nothing", opened, {})
    opened = restored.canaries("look", erased, kept)
    _expect("a restored backup is not served", opened, {erased: "not served", kept: "not served"})


def _expect(what: str, found: dict[str, str], wanted: dict[str, str]) -> None:
    if found != wanted:
        raise Problem(f"The drill failed: {what}, it should be, and it was not. Promise nothing about backups.")
