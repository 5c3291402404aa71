"""Runs the unit tests of what differs from origin/main here, and of what imports it: for `make touched`."""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[2]
_HOUSE = "commonweal"


def main() -> int:
    """Run them; returns what pytest returns, and 0 when nothing was touched."""
    wanted = unit_tests_of(changed_files(), grimp.build_graph(_HOUSE, cache_dir=None))
    if not wanted:
        sys.stderr.write("Nothing of commonweal/ differs from origin/main.\n")
        return 0
    sys.stderr.write("".join(f"{path}\n" for path in wanted))
    return subprocess.run([sys.executable, "-m", "pytest", "-q", "-n", "2", *wanted], cwd=ROOT, check=False).returncode


def changed_files() -> list[str]:
    """What differs from where this branch left origin/main, committed or not, from the root."""
    return [
        *_git("diff", "--name-only", "--merge-base", "origin/main"),
        *_git("ls-files", "--others", "--exclude-standard"),
    ]


def unit_tests_of(files: Iterable[str], graph: grimp.ImportGraph) -> list[str]:
    """The tests beside each file, and beside each module that imports it; a test stands for itself."""
    found = {path for file in files if file.startswith(f"{_HOUSE}/") for path in _of_file(Path(file), graph)}
    return sorted(str(path) for path in found if not found & set(path.parents))


def _of_file(path: Path, graph: grimp.ImportGraph) -> Iterator[Path]:
    if path == Path(_HOUSE, "conftest.py"):
        yield Path(_HOUSE)
        return
    yield from _beside(path)
    module = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    if path.suffix == ".py" and module in graph.modules:
        for user in graph.find_modules_that_directly_import(module):
            yield from _beside(Path(*user.split(".")).with_suffix(".py"))


def _beside(path: Path) -> Iterator[Path]:
    if path.name.startswith("test_"):
        if (ROOT / path).exists():
            yield path
        return
    folders = [parent if parent.name == "tests" else parent / "tests" for parent in path.parents]
    yield from [folder for folder in folders if (ROOT / folder).is_dir() and folder != Path("tests")][:1]


def _git(*arguments: str) -> list[str]:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()


if __name__ == "__main__":
    raise SystemExit(main())
