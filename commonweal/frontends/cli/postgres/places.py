"""Where one embedded database keeps its files: also under a private home, as root, and at the end of a long path."""

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from commonweal.frontends.cli.postgres.accounts import Account, account_for
from commonweal.frontends.cli.progress import Say

# A socket's path has 107 bytes on Linux and 103 elsewhere, with the file's own name in it.
_LONGEST_SOCKET_FOLDER = 103 - len("/.s.PGSQL.5432.lock")
_SHELVES = Path("/var/lib")


@dataclass(frozen=True)
class Place:
    """The folders of one database. `home` is ours; `shelf` is what the user who runs PostgreSQL must reach."""

    home: Path
    shelf: Path
    account: Account | None

    @property
    def data(self) -> Path:
        return self.shelf / "data"

    @property
    def passwords(self) -> Path:
        return self.home / "logins.json"

    @property
    def socket(self) -> Path:
        """The folder of the socket, as `make_socket_folder` left it."""
        note = self.home / "socket-folder"
        return Path(note.read_text()) if note.exists() else self.shelf / "socket"

    def make_socket_folder(self) -> None:
        """Make the private folder of the socket; in the temporary folder when the path would be too long for one."""
        folder = self.socket
        if len(os.fsencode(self.shelf / "socket")) > _LONGEST_SOCKET_FOLDER and not self._is_ours(folder):
            folder = Path(tempfile.mkdtemp(prefix="commonweal-", dir=_short_temporary_folder()))
            (self.home / "socket-folder").write_text(str(folder))
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        if self.account:
            self.account.take_over(folder)

    def _is_ours(self, folder: Path) -> bool:
        try:
            found = folder.lstat()
        except OSError:
            return False
        owner = self.account.uid if self.account else os.geteuid()
        return stat.S_ISDIR(found.st_mode) and found.st_uid == owner and stat.S_IMODE(found.st_mode) == 0o700


def find_place(home: Path, tell: Say) -> Place:
    """Make the folders of the database whose home is `home`, elsewhere when its server's user could not reach them."""
    home.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
    pointer = home / "elsewhere"
    shelf = Path(pointer.read_text()) if pointer.exists() else home
    account = account_for(shelf / "data")
    if account and shelf == home and not account.can_enter(home):
        name = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
        shelf = _SHELVES / f"commonweal-{name}"
        tell(
            f"Database: {home.parent} lies in a private folder that PostgreSQL may not enter, so it is kept in {shelf}"
        )
        account = account_for(shelf / "data")
    shelf.mkdir(mode=0o711, exist_ok=True)
    if shelf != home:
        pointer.write_text(str(shelf))
    return Place(home, shelf, account)


def _short_temporary_folder() -> str:
    chosen = tempfile.gettempdir()
    return chosen if len(os.fsencode(chosen)) + len("/commonweal-12345678") <= _LONGEST_SOCKET_FOLDER else "/tmp"  # noqa: S108
