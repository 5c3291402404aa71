"""Strings that must not be in anything released, however they are written.

Letters and digits alone are compared, without case, accents, ligatures or whatever stands between them: white space,
hyphens, line breaks, brackets. Short strings are whole words (Dai is not in "daily"), with or without a possessive s;
long ones are found anywhere.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

ANYWHERE = 8
"""Letters from which a string is found inside of others: an address or a number has no second meaning."""

_SHORTEST = 2
_WORDS = (
    " an art bill dean dawn drew faith frank grace grant gray green guy hall hill hope iris ivy jack jean joy june king"
    " lane law lily long mark may miles miller more pat penny price rich rob rose ruby short sky small smart sue summer"
    " sunny van violet wade ward west white will wise wood wright young "
)
"""Names that are words as well: found with a capital letter alone."""

_MONTHS = frozenset({"april", "august", "june", "mai", "march", "may"})
_DAY, _YEAR = re.compile(r"\b[0-3]?[0-9]\s$"), re.compile(r"\s(?:19|20)[0-9]{2}\b")


class _Folding(dict[int, str]):
    """Each character as the letters and digits that are compared of it; learnt as they are met."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKD", chr(code)).casefold()
        self[code] = found = "".join(_plain(letter) for letter in folded)
        return found


def _plain(letter: str) -> str:
    """A digit of any script as ours; nothing for what only marks a letter, as one of the apostrophes does."""
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    return letter if letter.isalnum() and unicodedata.category(letter) != "Lm" else ""


_FOLDING = _Folding()


def folded(text: str) -> str:
    """The letters and digits of a text, as they are compared."""
    return text.translate(_FOLDING)


@dataclass(frozen=True)
class Place:
    """Where in a text a string stands: `start` and `end` of its characters, and which string it was."""

    start: int
    end: int
    of: str


class Removals:
    """What is to be removed, once for all texts of a request."""

    def __init__(self, strings: Iterable[str]) -> None:
        kept = {folded(string): string for string in sorted(strings)}
        self._wanted = {fold: string for fold, string in kept.items() if len(fold) >= _SHORTEST}
        self.strings = tuple(sorted(self._wanted.values()))

    def __bool__(self) -> bool:
        return bool(self._wanted)

    def places(self, text: str) -> list[Place]:
        """Where any of the strings stands in a text, first to last; those that touch are one."""
        plain = folded(text)
        wanted = [fold for fold in self._wanted if fold in plain]
        if not wanted:
            return []
        origin = [place for place, letter in enumerate(text) for _part in _FOLDING[ord(letter)]]
        found = [place for fold in wanted for place in self._of_one(fold, text, plain, origin)]
        return list(_merged(sorted(found, key=lambda place: (place.start, -place.end))))

    def found_in(self, text: str) -> tuple[str, ...]:
        """Which of the strings a text holds."""
        return tuple(dict.fromkeys(place.of for place in self.places(text)))

    def _of_one(self, fold: str, text: str, plain: str, origin: list[int]) -> Iterator[Place]:
        at = plain.find(fold)
        while at >= 0:
            last = at + len(fold) - 1
            start, end = origin[at], origin[last] + 1
            if len(fold) >= ANYWHERE:
                yield Place(start, end, self._wanted[fold])
            elif (whole := _whole_word(text, start, end)) and not _is_another(fold, text, start, end):
                yield Place(start, whole, self._wanted[fold])
            at = plain.find(fold, at + 1)


def _whole_word(text: str, start: int, end: int) -> int:
    """Where the word ends, its possessive s among it, when it begins and ends there; else 0."""
    if start and _goes_on(text[start - 1], text[start]):
        return 0
    for stop in (end, end + 1):
        if stop > end and text[end : end + 1] not in ("s", "S"):
            return 0
        if stop >= len(text) or not _goes_on(text[stop - 1], text[stop]):
            return min(stop, len(text))
    return 0


def _goes_on(before: str, after: str) -> bool:
    """Whether two neighbouring characters are of one word: "DaiEvans" and "Dai2" are two."""
    if unicodedata.combining(after):
        return False
    if not (folded(before) and folded(after)):
        return False
    return not (before.islower() and after.isupper()) and before.isalpha() == after.isalpha()


def _is_another(fold: str, text: str, start: int, end: int) -> bool:
    """Whether a name is here a word that is no name: "will", or May in "12 May 2026"."""
    if f" {fold} " in _WORDS and not text[start].isupper():
        return True
    return fold in _MONTHS and bool(_DAY.search(text, max(0, start - 4), start)) and bool(_YEAR.match(text, end))


def _merged(places: Iterable[Place]) -> Iterator[Place]:
    held: Place | None = None
    for place in places:
        if held is None or place.start >= held.end:
            if held is not None:
                yield held
            held = place
        else:
            held = Place(held.start, max(held.end, place.end), held.of)
    if held is not None:
        yield held
