"""Remove strings from a PDF: draw its pages as pictures, paint over them, and set them again with real text.

Only what the pictures show and the text says is kept: no metadata, notes, forms or attachments.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copyfile
from typing import Any, Literal

import pypdfium2 as pdfium
import typst

from commonweal.foundations.documents.redaction.pdfium import NotOpened, opened, text_of
from commonweal.foundations.documents.redaction.pictures import draw
from commonweal.foundations.documents.redaction.removals import Removals
from commonweal.foundations.documents.redaction.texts import redacted
from commonweal.foundations.documents.typesetting import STANDARDS, NotPrintable, clean, fonts, printable
from commonweal.foundations.documents.working import working_folder

MOST_PAGES = 200

_TEMPLATE = Path(__file__).parent.parent / "templates" / "redacted.typ"


class TooManyPages(Exception):
    """More pages than are set anew at once."""


@dataclass(frozen=True)
class Redacted:
    """A PDF made anew; `left_out` are the numbers of the pages that are there as text alone."""

    content: bytes
    pages: int
    left_out: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What is said on the pages: `page` and `text_of_page` take number and count, `left_out` explains a missing one."""

    title: str
    word: str
    page: str
    text_of_page: str
    left_out: str
    language: Literal["en", "cy"] = "en"


def redact_pdf(data: bytes, removals: Removals, *, wording: Wording, on: date, own_fonts: Path | None) -> Redacted:
    """Rebuild a PDF without the strings. Raises NotOpened, TooManyPages, NotPrintable."""
    with working_folder() as folder:
        pages = list(_drawn(data, removals, wording, folder))
        content = _set(pages, wording, on, folder, own_fonts)
    left_out = tuple(page["number"] for page in pages if not page["picture"])
    return Redacted(content, len(pages), left_out)


def without_metadata(data: bytes) -> bytes:
    """The pages of a PDF in a new file: no metadata, attachments or outline of the first. Raises NotOpened."""
    with opened(data) as first, working_folder() as folder:
        made = pdfium.PdfDocument.new()
        try:
            made.import_pages(first)
            path = folder / "made.pdf"
            made.save(str(path))
        except pdfium.PdfiumError:
            raise NotOpened from None
        finally:
            made.close()
        return path.read_bytes()


def _drawn(data: bytes, removals: Removals, wording: Wording, folder: Path) -> Iterator[dict[str, Any]]:
    with opened(data) as document:
        count = len(document)
        if count > MOST_PAGES:
            raise TooManyPages
        for place in range(count):
            page = document[place]
            text = page.get_textpage()
            name = f"{place + 1}.jpg"
            is_drawn = draw(page, text, removals, to=folder / name)
            said = {"number": place + 1, "count": count}
            yield {
                "number": place + 1,
                "picture": name if is_drawn else "",
                "heading": wording.page % said,
                "text_heading": wording.text_of_page % said,
                "lines": _lines(redacted(_as_text(text), removals, word=wording.word)),
            }
            text.close()
            page.close()


def _as_text(text: pdfium.PdfTextPage) -> str:
    return text_of(text).replace("\r\n", "\n").replace("\r", "\n")


def _lines(text: str) -> list[str]:
    return [printable(clean(line)) for line in text.split("\n") if line.strip()]


def _set(pages: list[dict[str, Any]], wording: Wording, on: date, folder: Path, own_fonts: Path | None) -> bytes:
    told = {
        "title": printable(clean(wording.title)),
        "language": wording.language,
        "on": [on.year, on.month, on.day],
        "left_out": wording.left_out,
        "pages": pages,
    }
    (folder / "pages.json").write_text(json.dumps(told, ensure_ascii=False))
    copyfile(_TEMPLATE, folder / _TEMPLATE.name)
    try:
        return typst.compile(
            str(folder / _TEMPLATE.name),
            root=str(folder),
            format="pdf",
            font_paths=fonts(own_fonts),
            pdf_standards=STANDARDS,
            timestamp=datetime(on.year, on.month, on.day, tzinfo=UTC),
        )
    except typst.TypstError:
        # What the typesetter says may quote the page.
        raise NotPrintable("The pages hold characters that no font at hand has.") from None
