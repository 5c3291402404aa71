"""Normal forms of names, dates, postcodes and exact values."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Protocol

_NOT_WORD = re.compile(r"[^\w]+")
_JOINING = str.maketrans("", "", "'’`-‐‑")


class Findable(Protocol):
    """A way of being found: `kind` goes into the token, so equal text of two kinds gives two tokens."""

    kind: ClassVar[str]

    def forms(self, value: str) -> list[str]:
        """The normal forms of a stored value, or of what someone typed; empty when nothing can be found by it."""


def plain(text: str) -> str:
    """Case-folded, without accents, in one normal form: `Siân` and `SIAN` are equal."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(mark for mark in decomposed if not unicodedata.combining(mark)))


@dataclass(frozen=True)
class Words:
    """Found by any of its words, in any order, whatever the case, accents, apostrophes and hyphens."""

    kind: ClassVar[str] = "word"

    def forms(self, value: str) -> list[str]:
        joined = plain(value).translate(_JOINING)
        parted = plain(value)
        words = _NOT_WORD.split(joined) + _NOT_WORD.split(parted)
        return sorted({word for word in words if word})


@dataclass(frozen=True)
class Exact:
    """Found by the whole value, whatever the case and the spaces."""

    kind: ClassVar[str] = "exact"

    def forms(self, value: str) -> list[str]:
        form = "".join(plain(value).split())
        return [form] if form else []


@dataclass(frozen=True)
class Day:
    """Found by a date in ISO form (a date of birth)."""

    kind: ClassVar[str] = "day"

    def forms(self, value: str) -> list[str]:
        try:
            return [date.fromisoformat(value.strip()).isoformat()]
        except ValueError:
            return []


@dataclass(frozen=True)
class Postcode:
    """Found by the whole postcode, whatever the spaces."""

    kind: ClassVar[str] = "postcode"

    def forms(self, value: str) -> list[str]:
        form = "".join(character for character in value.upper() if character.isascii() and character.isalnum())
        return [form] if 5 <= len(form) <= 7 else []
