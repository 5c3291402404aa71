"""What a check finds: the place and a sentence."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Protocol

from commonweal.foundations.declaring.yaml_lines import Loc

Found = Iterator[tuple[Loc, str]]


class Keyed(Protocol):
    @property
    def key(self) -> str: ...


def repeated(items: Sequence[Keyed], loc: Loc) -> Found:
    """Keys that two of a list share."""
    seen: set[str] = set()
    for number, item in enumerate(items):
        if item.key in seen:
            yield (*loc, number, "key"), f"{item.key} is used twice here."
        seen.add(item.key)


def unknown(named: Iterable[str], known: Collection[str], loc: Loc, what: str) -> Found:
    """Names that nothing has."""
    for name in named:
        if name not in known:
            yield loc, f"There is no {what} {name}."
