"""What stands in the way of a command, told in one sentence that says what to do."""

import errno
import shutil
from pathlib import Path

ENOUGH_TO_INSTALL = 500_000_000
ENOUGH_TO_START = 50_000_000


class Problem(Exception):
    """Something the person at the keyboard can put right; the text is one sentence that says how."""


def explain(error: OSError) -> Problem:
    """The sentence for a failure of the file system, whichever file it met."""
    place = error.filename or "this folder"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Problem("The disk is full: free at least 500 MB, then run the same command again.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Problem(
            f"{place} cannot be written or read by this user: give yourself access to it, "
            "or set COMMONWEAL_VAR to a folder of your own."
        )
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return Problem(f"{place} is a file where a folder is needed: move it away, or set COMMONWEAL_VAR to a folder.")
    return Problem(f"{place}: {error.strerror or error}. Put that right, then run the same command again.")


def require_space(folder: Path, needed: int, purpose: str) -> None:
    """Raise Problem when the disk that holds `folder` has fewer than `needed` bytes free."""
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    free = shutil.disk_usage(existing).free
    if free < needed:
        raise Problem(
            f"The disk is full: {purpose} needs {needed // 1_000_000} MB under {existing}, which has "
            f"{free // 1_000_000} MB free. Free some space, or set COMMONWEAL_VAR to a folder on another disk."
        )
