"""The ways in which a sealed value may be found: each gives the normal forms that become its keyed tokens. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Protocol

from commonweal.foundations.search.names import forms_of_name
from commonweal.foundations.search.spelling import plain

_NOT_PHONE = re.compile(r"[\s().\-‐‑/]")


class Findable(Protocol):
    """A way of being found: `kind` goes into the token, so equal text of two kinds gives two tokens."""

    kind: ClassVar[str]

    def forms(self, value: str) -> list[str]:
        """The normal forms of a stored value; empty when nothing can be found by it."""


@dataclass(frozen=True)
class Names:
    """A person's name: found by its words, how they sound, their first letters, and misspelt (`names`, `asking`)."""

    kind: ClassVar[str] = "name"

    def forms(self, value: str) -> list[str]:
        return forms_of_name(value)


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
class Phone:
    """Found by the whole number, as a UK number is dialled at home, whatever the spaces and the country code."""

    kind: ClassVar[str] = "phone"

    def forms(self, value: str) -> list[str]:
        number = _NOT_PHONE.sub("", value.replace("(0)", ""))
        number = re.sub(r"^(\+|00)?44(?=\d{9,10}$)", "0", number)
        number = re.sub(r"^00(?=[1-9])", "+", number)
        if re.fullmatch(r"[1-37]\d{9}", number):
            number = f"0{number}"
        return [number] if re.fullmatch(r"\+?[0-9]{7,15}", number) else []
