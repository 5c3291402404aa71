"""Which strings are taken out of a copy, by what others are known: the suggestion a person then decides on. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from commonweal.foundations.documents.redaction.removals import Removals, folded

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "rev", "cllr", "the", "and"})
_DIGITS = 9
"""The digits that a phone number ends with, however it begins: 01632 ..., +44 1632 ..., 0044 (0)1632 ..."""
_DIGIT = re.compile(r"\d")
_LIKELY = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w+])(?:\+44|0044|\(?0)[\d\s()-]{8,16}\d"
    r"|\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Cllr)\.? +(?P<name>[^\W\d_][\w’'-]+(?: +[^\W\d_a-z][\w’'-]+)?)"
)
"""What is likely to be somebody's: an e-mail, a telephone number, a name behind a title."""


class Known(Protocol):
    """By what somebody is known."""

    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def email(self) -> str: ...
    @property
    def phone(self) -> str: ...


def strings_of(
    own: Iterable[Known], others: Iterable[Known], own_lines: Iterable[str], other_lines: Iterable[str]
) -> tuple[str, ...]:
    """What identifies the others and not the person themselves: names and each part of them, contacts, addresses.

    A surname or an address that is the person's own as well says nothing of others by itself. `lines` are addresses and
    the like, one part on each line: a town alone names nobody.
    """
    theirs = {folded(text) for one in own for text in _of(one)} | {folded(text) for text in _addresses(own_lines)}
    wanted = [*(text for one in others for text in _of(one)), *_addresses(other_lines)]
    return tuple(dict.fromkeys(text for text in wanted if len(folded(text)) > 1 and folded(text) not in theirs))


@dataclass(frozen=True)
class Suggesting:
    """What is suggested to be taken out: what is known of others, and what is likely to be somebody else's."""

    others: tuple[str, ...]
    own: Removals

    def of(self, text: str, *, is_ours: bool) -> Removals:
        """The suggestions for one text. In what the organisation wrote itself its own contacts are no finding."""
        likely = () if is_ours else tuple(each for each in _likely(text) if not self.own.found_in(each))
        return Removals([*self.others, *likely])


def _likely(text: str) -> Iterator[str]:
    for found in _LIKELY.finditer(text):
        yield (found["name"] or found[0]).strip()


def own_strings(own: Iterable[Known], own_lines: Iterable[str]) -> tuple[str, ...]:
    """By what the person themselves would be known."""
    return (*(text for one in own for text in _of(one)), *_addresses(own_lines))


def _of(one: Known) -> Iterator[str]:
    for name in one.names:
        yield name.strip()
        parts = re.findall(r"[^\W\d_][\w’'\-]*", name)
        yield from (part for part in parts if folded(part) not in _TITLES)
    yield from (text for text in (one.email.strip(), _phone(one.phone)) if text)


def _phone(phone: str) -> str:
    digits = "".join(letter for letter in phone if letter.isdecimal())
    return digits[-_DIGITS:] if len(digits) >= _DIGITS else ""


def _addresses(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        lines = [line.strip() for line in re.split(r"[\n,]", text) if line.strip()]
        for number, line in enumerate(lines):
            if number == 0 or _DIGIT.search(line):
                yield line
