"""A letter from an organisation to a person, as PDF/UA-1 and PDF/A-2a, in English or Welsh, in large print if asked."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst
from babel.dates import format_date
from django.conf import settings

from commonweal.foundations.documents.markdown import parse
from commonweal.foundations.documents.typesetting import STANDARDS, WORDS, NotPrintable, clean, fonts, printable

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
    try:
        return _set(content, clean)
    except NotPrintable:
        return _set(content, lambda text: printable(clean(text)))


def _set(content: Letter, write: Callable[[str], str]) -> bytes:
    try:
        return typst.compile(
            _template(),
            format="pdf",
            font_paths=fonts(settings.FONTS),
            pdf_standards=STANDARDS,
            sys_inputs={"letter": json.dumps(_as_data(content, write), ensure_ascii=False)},
            timestamp=datetime(content.on.year, content.on.month, content.on.day, tzinfo=UTC),
        )
    except typst.TypstError:
        # What the typesetter says may quote the letter.
        raise NotPrintable("The letter could not be set.") from None


def _as_data(content: Letter, write: Callable[[str], str]) -> dict[str, Any]:
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
