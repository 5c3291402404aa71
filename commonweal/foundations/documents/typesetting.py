"""What all documents are set with: standards, fonts, a few words, and text without what cannot be seen."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

STANDARDS: list[Any] = ["a-2a", "ua-1"]
WORDS = {
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
_LATIN = 0x17F
_AT_HAND = frozenset("‘’‚“”„–—…•€ẁẃẅẀẂẄỳỲȘșȚț")
"""The fonts of the package have every letter up to `_LATIN` and these."""


class NotPrintable(Exception):
    """The document cannot be set. Says nothing of what stands in it."""


def clean(text: str) -> str:
    """The text without what cannot be seen."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n"))


def printable(text: str) -> str:
    """The text with a question mark for each character that the fonts at hand may lack: better than no document."""
    return "".join(
        letter if letter in "\n\t" or letter in _AT_HAND or ord(letter) <= _LATIN else "?" for letter in text
    )


Write = Callable[[str], str]


def typeset(
    template: bytes, name: str, data: Callable[[Write], dict[str, Any]], *, on: date, own_fonts: Path | None
) -> bytes:
    """A template's document as PDF, with the fonts of a folder beside the package's. Raises NotPrintable.

    `data` makes the template's input of this name and passes each text through what it is given. Where a character is
    in no font, each that may be is shown by a mark.
    """
    try:
        return _compiled(template, {name: data(clean)}, on, own_fonts)
    except NotPrintable:
        return _compiled(template, {name: data(lambda text: printable(clean(text)))}, on, own_fonts)


def _compiled(template: bytes, given: dict[str, dict[str, Any]], on: date, own_fonts: Path | None) -> bytes:
    try:
        return typst.compile(
            template,
            format="pdf",
            font_paths=fonts(own_fonts),
            pdf_standards=STANDARDS,
            sys_inputs={name: json.dumps(data, ensure_ascii=False) for name, data in given.items()},
            timestamp=datetime(on.year, on.month, on.day, tzinfo=UTC),
        )
    except typst.TypstError:
        # What the typesetter says may quote the document.
        raise NotPrintable("The document could not be set.") from None


@lru_cache(maxsize=2)
def fonts(folder: Path | None) -> typst.Fonts:
    """The package's fonts and those of `folder`, never the machine's own: all set the same document."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)] if folder else [])
