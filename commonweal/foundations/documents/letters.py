"""A letter from an organisation to a person, as PDF/UA-1 and PDF/A-2a, in English or Welsh, in large print if asked."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Literal

from babel.dates import format_date
from django.conf import settings

from commonweal.foundations.documents.markdown import parse
from commonweal.foundations.documents.typesetting import WORDS, Write, typeset

_TEMPLATE = Path(__file__).parent / "templates" / "letter.typ"


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
    """The letter as PDF; the same letter gives the same bytes. Raises NotPrintable.

    Where a character is in no font, each that may be is shown by a mark: nobody goes without a letter for their name.
    """
    own_fonts = Path(settings.FONTS) if settings.FONTS else None
    return typeset(_template(), "letter", partial(_as_data, content), on=content.on, own_fonts=own_fonts)


def _as_data(content: Letter, write: Write) -> dict[str, Any]:
    words = WORDS[content.language]
    return {
        "organisation": write(content.organisation),
        "address": [write(line) for line in content.address if line.strip()],
        "reference": write(content.reference),
        "date": format_date(content.on, "d MMMM y", locale=content.language),
        "on": [content.on.year, content.on.month, content.on.day],
        "title": write(content.title),
        "body": [block.as_data() for block in parse(write(content.body))],
        "contact": [write(line) for line in content.contact if line.strip()],
        "language": content.language,
        "is_large_print": content.is_large_print,
        "words": words,
    }


@lru_cache(maxsize=1)
def _template() -> bytes:
    return _TEMPLATE.read_bytes()
