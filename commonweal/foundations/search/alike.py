"""Names that stand for each other, read from `names_alike.txt` beside this module. Pure once read."""

from functools import cache
from pathlib import Path

from commonweal.foundations.search.spelling import plain


def names_like(word: str) -> frozenset[str]:
    """The other names a word in normal form may stand for: Bob for Robert, and Robert for Bob. Mostly none."""
    return _groups().get(word, frozenset())


@cache
def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in Path(__file__).with_name("names_alike.txt").read_text(encoding="utf-8").splitlines():
        group = [] if line.startswith("#") else [plain(word).replace("-", "") for word in line.split()]
        for word in group:
            found.setdefault(word, set()).update(group)
    return {word: frozenset(group - {word}) for word, group in found.items()}
