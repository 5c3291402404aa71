"""Where this installation lives and how it is set, read from the environment and from `.env`."""

import os
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path

from commonweal.frontends.cli.problems import Problem, explain

ROOT = Path(__file__).resolve().parents[3]
POSTGRES_VERSIONS = (16, 18)
_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")


@dataclass(frozen=True)
class Installation:
    """The settings that commands need before Django is there."""

    var: Path
    keyring: Path
    address: str
    port: int
    postgres: int
    is_demo: bool

    @property
    def logs(self) -> Path:
        return self.var / "log"

    def make_folders(self) -> None:
        """Make the folder for everything made at run time. Raises Problem when it cannot be written.

        As root it may be passed through (not listed), since the database then runs as another user.
        """
        try:
            self.var.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
            self.logs.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise explain(error) from None
        if not os.access(self.var, os.W_OK | os.X_OK):
            raise Problem(
                f"{self.var} belongs to another user: run the command as that user, "
                "or set COMMONWEAL_VAR to a folder of your own."
            )


def read_installation(environment: Mapping[str, str], *, is_demo: bool = False) -> Installation:
    """Read the settings. Raises Problem naming the first one that makes no sense."""
    var = Path(environment.get("COMMONWEAL_VAR") or ROOT / "var").expanduser().absolute()
    return Installation(
        var=var,
        keyring=Path(environment.get("COMMONWEAL_KEYRING") or var / "keyring" / "keyring.json").expanduser().absolute(),
        address=environment.get("COMMONWEAL_ADDRESS") or "127.0.0.1",
        port=_read_port(environment.get("PORT") or "8000"),
        postgres=_read_version(environment.get("COMMONWEAL_POSTGRES") or str(POSTGRES_VERSIONS[-1])),
        is_demo=_read_truth("COMMONWEAL_DEMO", environment.get("COMMONWEAL_DEMO", "1" if is_demo else "0")),
    )


def load_dotenv(path: Path, environment: MutableMapping[str, str]) -> None:
    """Add the `NAME=value` lines of a file to the environment; what is already set wins. Raises Problem."""
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        name, equals, value = text.removeprefix("export ").partition("=")
        if not equals or not name.strip().isidentifier():
            raise Problem(f"{path}, line {number}: write NAME=value, or begin the line with # to make it a comment.")
        environment.setdefault(name.strip(), value.strip().strip("\"'"))


def _read_port(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= 65535:
        return int(text)
    raise Problem(f"PORT is {text!r}: set it to a number from 1 to 65535, such as PORT=8000.")


def _read_version(text: str) -> int:
    if text.isdecimal() and int(text) in POSTGRES_VERSIONS:
        return int(text)
    offered = " or ".join(map(str, POSTGRES_VERSIONS))
    raise Problem(f"COMMONWEAL_POSTGRES is {text!r}: set it to {offered}, or set DATABASE_URL to a server of your own.")


def _read_truth(name: str, text: str) -> bool:
    if text.lower() in _TRUE:
        return True
    if text.lower() in _FALSE:
        return False
    raise Problem(f"{name} is {text!r}: set it to 1 or 0.")
