"""A crowd of made-up people with names as frequent as in Britain, and the ways in which others ask for them."""

import random
from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml

_NAMES: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("crowd.yaml").read_text(encoding="utf-8"))
_FLATTENING_FIRST, _FLATTENING_LAST = 12, 6
"""Added to a name's place in the list: one in fifty is then called David, and one in a hundred Smith."""
_ACCENTS = {"a": "àáâä", "e": "èéêë", "i": "ìíîï", "o": "òóôö", "u": "ùúûü", "n": "ñ", "c": "ç", "w": "ŵ", "y": "ŷ"}
_PAIRS = "ph f,ck k,y i,ie ei,ee ea,tt t,ll l,ss s,ai ay,k c,s z,ou ow,v w,oo u,gh g,nn n"
_HEARD = [tuple(pair.split()) for pair in _PAIRS.split(",")]


@dataclass(frozen=True)
class Somebody:
    """A made-up person; `former` is a last name they had, empty for most."""

    first: str
    middle: str
    last: str
    former: str
    day: str

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.first, self.middle, self.last) if part)


class _Drawn:
    """Names of one group of people, drawn by their frequency."""

    def __init__(self, group: dict[str, Any]) -> None:
        self.first, self.last = group["first"], group["last"]
        self.tail, self.ends = group.get("tail", 0.0), group.get("ends", [[], []])
        self.between = group.get("between", [""])
        self._firsts = list(accumulate(1 / (place + _FLATTENING_FIRST) for place in range(len(self.first))))
        self._lasts = list(accumulate(1 / (place + _FLATTENING_LAST) for place in range(len(self.last))))

    def a_first(self, chance: random.Random) -> str:
        return str(self.first[bisect(self._firsts, chance.random() * self._firsts[-1])])

    def a_last(self, chance: random.Random) -> str:
        if chance.random() < self.tail:
            middle = chance.choice(self.between) if chance.random() < 0.5 else ""
            return str(chance.choice(self.ends[0]) + middle + chance.choice(self.ends[1]))
        last = str(self.last[bisect(self._lasts, chance.random() * self._lasts[-1])])
        return f"{last}-{chance.choice(self.last)}" if chance.random() < 0.02 else last


def draw(count: int, chance: random.Random) -> Iterator[Somebody]:
    """So many people, the same ones for the same chance."""
    groups = [_Drawn(group) for group in _NAMES["groups"]]
    shares = [group["share"] for group in _NAMES["groups"]]
    for group in chance.choices(groups, shares, k=count):
        middle = group.a_first(chance) if chance.random() < 0.25 else ""
        former = group.a_last(chance) if chance.random() < 0.15 else ""
        day = f"{chance.randint(1935, 2008)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        yield Somebody(group.a_first(chance), middle, group.a_last(chance), former, day)


def ask_misspelt(who: Somebody, chance: random.Random) -> str:
    """One mistake in the last name, and in two of five questions another in the first."""
    first = _misspell(who.first, chance) if chance.random() < 0.4 else who.first
    return f"{first} {_misspell(who.last, chance)}"


def ask_shortened(who: Somebody, chance: random.Random) -> str:
    """By a short form where there is one, else by the initial; a long last name is cut off in one of four."""
    shorter = _NAMES["shortened"].get(who.first)
    first = chance.choice(shorter) if shorter else who.first[0]
    is_cut = shorter and len(who.last) > 8 and chance.random() < 0.25
    return f"{first} {who.last[:6] if is_cut else who.last}"


def ask_accented(who: Somebody, chance: random.Random) -> str:
    """With an accent that they have not, in capitals, and without their apostrophes and hyphens."""
    name = f"{who.first} {who.last}".replace("'", chance.choice(["", " ", "’"])).replace("-", chance.choice(["", " "]))
    places = [place for place, letter in enumerate(name) if letter in _ACCENTS]
    if places:
        place = chance.choice(places)
        name = name[:place] + chance.choice(_ACCENTS[name[place]]) + name[place + 1 :]
    return name.upper() if chance.random() < 0.5 else name


def ask_reordered(who: Somebody, chance: random.Random) -> str:
    """The last name first, as lists have it."""
    rest = f"{who.first} {who.middle}" if who.middle and chance.random() < 0.5 else who.first
    return f"{who.last}, {rest}" if chance.random() < 0.5 else f"{who.last} {rest}"


def ask_former(who: Somebody, chance: random.Random) -> str:
    """By the last name that they had."""
    return f"{who.first} {who.former}"


WAYS: dict[str, Callable[[Somebody, random.Random], str]] = {
    "misspelt": ask_misspelt,
    "shortened": ask_shortened,
    "accented": ask_accented,
    "reordered": ask_reordered,
    "former": ask_former,
}


def _misspell(word: str, chance: random.Random) -> str:
    """One mistake: misheard, or two letters swapped, one dropped, doubled or hit wrongly. One in twenty is in front."""
    lower = word.lower()
    heard = [pair for pair in _HEARD if pair[0] in lower[1:]]
    if heard and chance.random() < 0.4:
        old, new = chance.choice(heard)
        return word[0] + word[1:].replace(old, new, 1)
    at = 0 if chance.random() < 0.05 else chance.randint(1, max(1, len(word) - 2))
    wrong = chance.choice("aeioustrnl")
    return chance.choice(
        [
            word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[: at + 1] + word[at:],
            word[:at] + wrong + word[at + 1 :],
        ]
    )
