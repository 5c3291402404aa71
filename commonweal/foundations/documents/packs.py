"""The reading copy of a pack, as PDF/UA-1: bounded, since the complete data lie beside it in CSV and JSON."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst

from commonweal.foundations.documents.typesetting import STANDARDS, WORDS, NotPrintable, clean, fonts, printable

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
    try:
        return _set(content, own_fonts, clean)
    except NotPrintable:
        return _set(content, own_fonts, lambda text: printable(clean(text)))


def _set(content: Pack, own_fonts: Path | None, write: Callable[[str], str]) -> bytes:
    try:
        return typst.compile(
            _template(),
            format="pdf",
            font_paths=fonts(own_fonts),
            pdf_standards=STANDARDS,
            sys_inputs={"pack": json.dumps(_as_data(content, write), ensure_ascii=False)},
            timestamp=datetime(content.on.year, content.on.month, content.on.day, tzinfo=UTC),
        )
    except typst.TypstError:
        # What the typesetter says may quote the pack.
        raise NotPrintable("The pack holds characters that no font at hand has.") from None


def _as_data(content: Pack, write: Callable[[str], str]) -> dict[str, Any]:
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


def _row(row: Row, write: Callable[[str], str]) -> dict[str, Any]:
    fields = [[write(name), _cut(write(value))] for name, value in row.fields]
    return {"title": write(row.title), "fields": fields}


def _cut(value: str) -> str:
    return value if len(value) <= LONGEST else f"{value[:LONGEST]} …"


@lru_cache(maxsize=1)
def _template() -> bytes:
    return _TEMPLATE.read_bytes()
