"""A letter from an organisation to a person, as PDF/UA-1 and PDF/A-2a, in English or Welsh, in large print if asked."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst
from babel.dates import format_date
from django.conf import settings

from commonweal.foundations.documents.markdown import parse

_STANDARDS: list[Any] = ["a-2a", "ua-1"]
_TEMPLATE = Path(__file__).parent / "templates" / "letter.typ"
_WORDS = {
    "en": {"reference": "Our reference", "date": "Date", "contact": "How to contact us", "page": "Page", "of": "of"},
    "cy": {
        "reference": "Ein cyfeirnod",
        "date": "Dyddiad",
        "contact": "Sut i gysylltu â ni",
        "page": "Tudalen",
        "of": "o",
    },
}
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Control characters, and those that turn the direction of what follows: none belongs in a letter."""


class NotPrintable(Exception):
    """The letter cannot be set: it holds characters that no font at hand has. Says how many, never which."""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What stands in a letter. `title` is its heading and the document's title: of the template, never about a person.

    `address` are the lines behind the envelope's window, `contact` those at the end; `body` is Markdown of the small
    kind (see `markdown`).
    """

    organisation: str
    address: tuple[str, ...]
    reference: str
    on: date
    title: str
    body: str
    contact: tuple[str, ...] = ()
    language: Literal["en", "cy"] = "en"
    is_large_print: bool = False


def letter(content: Letter) -> bytes:
    """The letter as PDF; the same letter gives the same bytes. Raises NotPrintable."""
    try:
        return typst.compile(
            _template(),
            format="pdf",
            font_paths=_fonts(),
            pdf_standards=_STANDARDS,
            sys_inputs={"letter": json.dumps(_as_data(content), ensure_ascii=False)},
            timestamp=datetime(content.on.year, content.on.month, content.on.day, tzinfo=UTC),
        )
    except typst.TypstError as error:
        # What the typesetter says may quote the letter.
        raise NotPrintable(_reason(str(error))) from None


def _as_data(content: Letter) -> dict[str, Any]:
    words = _WORDS[content.language]
    return {
        "organisation": _clean(content.organisation),
        "address": [_clean(line) for line in content.address if line.strip()],
        "reference": _clean(content.reference),
        "date": format_date(content.on, "d MMMM y", locale=content.language),
        "on": [content.on.year, content.on.month, content.on.day],
        "title": _clean(content.title),
        "body": [block.as_data() for block in parse(_clean(content.body))],
        "contact": [_clean(line) for line in content.contact if line.strip()],
        "language": content.language,
        "is_large_print": content.is_large_print,
        "words": words,
    }


def _clean(text: str) -> str:
    return _UNSEEN.sub("", text.replace("\r\n", "\n"))


def _reason(said: str) -> str:
    if "could not be displayed" in said:
        return "The letter holds characters that no font at hand has."
    return "The letter could not be set."


@lru_cache(maxsize=1)
def _template() -> bytes:
    return _TEMPLATE.read_bytes()


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The package's fonts and those the settings name, never the machine's own: all set the same letter."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(settings.FONTS)] if settings.FONTS else [])
