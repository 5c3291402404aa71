"""What a reading gave for a pack, and what the person is told of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext

from commonweal.capabilities.protection.queries.openings import OpeningRow
from commonweal.capabilities.protection.queries.packs.supplementing import ServiceTold
from commonweal.foundations.documents.redaction.removals import Removals
from commonweal.foundations.files.opening import OpenedFile
from commonweal.foundations.personal_data.subjects.collecting import Collected


@dataclass(frozen=True)
class Given:
    """An item as it was decided; `path` and `sha256` of the file it became, where it is one that is given."""

    number: int
    kind: str
    label: str
    row: UUID
    column: str
    reference: str
    decision: str
    ground: str
    exemption: str
    is_silent: bool
    strings: tuple[str, ...] = field(repr=False)
    file: OpenedFile | None = field(default=None, repr=False)
    path: str = ""
    sha256: str = ""

    @property
    def title(self) -> str:
        return f"{self.number} ({self.label}{'.' if self.column else ''}{self.column})"


@dataclass(frozen=True)
class Contents:
    """What a reading gave for a pack."""

    reference: str
    organisation: str
    language: Literal["en", "cy"]
    word: str
    folder: Path
    gathered_at: datetime
    plan: str
    collected: tuple[Collected, ...]
    services: tuple[ServiceTold, ...]
    rights: tuple[str, ...]
    openings: tuple[OpeningRow, ...] = field(repr=False)
    given: tuple[Given, ...]
    removals: Removals
    subject: UUID


def told(given: Iterable[Given]) -> Iterator[Given]:
    """What the person is told of: what is told nowhere leaves no hole, nor does its number."""
    return (item for item in given if not item.is_silent)


def of_others() -> str:
    """The same in every pack: which rows about others are left out would tell who reported somebody, or is a party."""
    return gettext("Information about other people is left out unless the law lets us give it.")
