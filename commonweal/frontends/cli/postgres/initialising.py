"""Making the folder of a new database, whole or not at all."""

import locale
import os
import shutil
import subprocess
from pathlib import Path

from commonweal.frontends.cli.postgres.accounts import Account, Lent, nobody
from commonweal.frontends.cli.postgres.places import Place
from commonweal.frontends.cli.problems import ENOUGH_TO_INSTALL, Problem, require_space


def initialise(place: Place, programs: Path, *, version: int, password: str, is_durable: bool) -> None:
    """Make the data folder: UTF-8, checksums, scram passwords for every login. Raises Problem."""
    require_space(place.shelf, ENOUGH_TO_INSTALL, "a new database")
    half = place.shelf / "data.half"
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    # initdb looks its user up by name, so it runs as `nobody`; the folder then goes to the account of the server.
    maker = nobody() if place.account else None
    secret = _write_secret(place.shelf / "password.half", password, maker)
    try:
        _run_initdb(half, programs, secret, version=version, maker=maker, is_durable=is_durable)
    finally:
        secret.unlink()
    (half / "pg_hba.conf").write_text("local all all scram-sha-256\n")
    if place.account:
        place.account.take_over(half)
    half.rename(place.data)


def clean_environment() -> dict[str, str]:
    """What PostgreSQL's own programs see: nothing of ours, above all no password and no PGPORT."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LD_LIBRARY_PATH", "TMPDIR")}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}


def _run_initdb(
    half: Path, programs: Path, secret: Path, *, version: int, maker: Account | None, is_durable: bool
) -> None:
    if maker:
        maker.take_over(half)
    command = [str(programs / "initdb"), f"--pgdata={half}", "--username=postgres", f"--pwfile={secret}"]
    command += ["--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums", *_collation(version)]
    command += [] if is_durable else ["--no-sync"]
    lent = maker.lend() if maker else Lent()
    done = subprocess.run(command, env=clean_environment(), capture_output=True, text=True, check=False, **lent)
    if done.returncode:
        shutil.rmtree(half, ignore_errors=True)
        words = (done.stderr.strip() or done.stdout.strip() or f"exit code {done.returncode}").splitlines()
        cause = next((line for line in words if "error" in line.lower() or "could not" in line), words[-1])
        if "No space left" in done.stderr:
            raise Problem(
                f"The disk is full: free at least 500 MB where {half.parent} lies, then run the same command again."
            )
        raise Problem(
            f"The new database could not be made in {half.parent} ({cause.strip()}): put that right, then run again."
        )


def _collation(version: int) -> list[str]:
    if version >= 17:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return ["--locale=C"]
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return ["--locale=C.UTF-8"]


def _write_secret(path: Path, password: str, reader: Account | None) -> Path:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(password)
    if reader:
        os.chown(path, reader.uid, reader.gid)
    return path
