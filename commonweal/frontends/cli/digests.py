"""Whether something made from files is still up to date."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path


def digest(paths: Iterable[Path], *extras: str) -> str:
    """A fingerprint of files, and of all files in folders, by name and content."""
    total = hashlib.sha256("\0".join(extras).encode())
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                total.update(str(file.relative_to(path.parent)).encode() + b"\0")
                total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


class Stamps:
    """Notes of what was made last, in a file beside what was made."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def has(self, name: str, fingerprint: str) -> bool:
        """Whether `name` was last made from what has this fingerprint."""
        return self._read().get(name) == fingerprint

    def note(self, name: str, fingerprint: str) -> None:
        """Remember what `name` was made from."""
        self.path.write_text(json.dumps(self._read() | {name: fingerprint}))

    def _read(self) -> dict[str, str]:
        try:
            found = json.loads(self.path.read_text())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}
