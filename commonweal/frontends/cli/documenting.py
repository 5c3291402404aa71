"""The documents that are made from the code: written, or checked to be fresh."""

from importlib import import_module
from pathlib import Path

import django

from commonweal.frontends.cli.problems import Problem
from commonweal.frontends.cli.progress import say

_FOLDER = Path("docs") / "generated"


def write_documents(root: Path) -> int:
    """Write every generated document, and remove those nothing generates any more."""
    folder = root / _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    documents = _generate()
    for path in folder.iterdir():
        if path.name not in documents:
            path.unlink()
    for name, text in documents.items():
        (folder / name).write_text(text)
        say(f"{_FOLDER / name}")
    return 0


def check_documents(root: Path) -> int:
    """Raise Problem when a generated document differs from what the code says now."""
    documents = _generate()
    found = {path.name: path.read_text() for path in (root / _FOLDER).glob("*")}
    stale = sorted(name for name in documents.keys() | found.keys() if documents.get(name) != found.get(name))
    if stale:
        raise Problem(f"Out of date in {_FOLDER}: {', '.join(stale)}. Run `make docs` and commit what it writes.")
    return 0


def _generate() -> dict[str, str]:
    django.setup()
    documents: dict[str, str] = import_module("commonweal.frontends.cli.documents").generate()
    return documents
