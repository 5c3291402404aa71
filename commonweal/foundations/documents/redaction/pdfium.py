"""PDF opened with pdfium, which is not made for two threads at once: one at a time in each process."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import pypdfium2 as pdfium
from pypdfium2 import raw

_ONE_AT_A_TIME = Lock()


class NotOpened(Exception):
    """The PDF cannot be opened: it is damaged, or closed with a password."""


@contextmanager
def opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """The document, closed at the end. Raises NotOpened."""
    with _ONE_AT_A_TIME:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError:
            raise NotOpened from None
        try:
            yield document
        finally:
            document.close()


def text_of(page: pdfium.PdfTextPage) -> str:
    """The text of a page, one character for each position that pdfium knows, so that places can be found by it."""
    codes = (raw.FPDFText_GetUnicode(page, place) for place in range(page.count_chars()))
    return "".join(_letter(code) for code in codes)


def _letter(code: int) -> str:
    """Hyphens at the end of a line come as control characters, what has no meaning as none."""
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF or code in (0x0A, 0x0D) else " "
