"""The reading copy of a pack, as PDF/UA-1: bounded, since the complete data lie beside it in CSV and JSON."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Literal

from commonweal.foundations.documents.typesetting import WORDS, Write, typeset

LONGEST = 2000
"""Characters of one value; what is longer is cut, and stands whole in the data."""

_TEMPLATE = Path(__file__).parent / "templates" / "pack.typ"


@dataclass(frozen=True)
class Row:
    """One row: its heading, and each field with its value."""

    title: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Section:
    """One table or part: what it is, and its first rows."""

    title: str
    lines: tuple[str, ...]
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Pack:
    """What stands in the reading copy."""

    author: str
    title: str
    on: date
    lines: tuple[str, ...]
    sections: tuple[Section, ...]
    language: Literal["en", "cy"] = "en"


def pack_pdf(content: Pack, *, own_fonts: Path | None) -> bytes:
    """The reading copy as PDF, with the fonts of a folder beside the package's. Raises NotPrintable.

    Where a character is in no font, each that may be is shown by a mark: it stands whole in the data.
    """
    return typeset(_template(), "pack", partial(_as_data, content), on=content.on, own_fonts=own_fonts)


def _as_data(content: Pack, write: Write) -> dict[str, Any]:
    return {
        "author": write(content.author),
        "title": write(content.title),
        "on": [content.on.year, content.on.month, content.on.day],
        "lines": [write(line) for line in content.lines],
        "language": content.language,
        "words": WORDS[content.language],
        "sections": [
            {
                "title": write(section.title),
                "lines": [write(line) for line in section.lines],
                "rows": [_row(row, write) for row in section.rows],
            }
            for section in content.sections
        ],
    }


def _row(row: Row, write: Write) -> dict[str, Any]:
    fields = [[write(name), _cut(write(value))] for name, value in row.fields]
    return {"title": write(row.title), "fields": fields}


def _cut(value: str) -> str:
    return value if len(value) <= LONGEST else f"{value[:LONGEST]} …"


@lru_cache(maxsize=1)
def _template() -> bytes:
    return _TEMPLATE.read_bytes()
