"""A page of a PDF as a picture in which the places of some strings are painted over, if all of them are known."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import ImageDraw
from pypdfium2 import raw

from commonweal.foundations.documents.redaction.pdfium import text_of
from commonweal.foundations.documents.redaction.removals import Removals

_SCALE = 130 / 72
_QUALITY = 82
_MARGIN = 2
_MOST_PIXELS = 12_000_000
_MOSTLY = 0.4
"""A picture that covers this share of a page is what the page shows, and cannot be searched."""

Box = tuple[float, float, float, float]


def draw(page: pdfium.PdfPage, text: pdfium.PdfTextPage, removals: Removals, *, to: Path) -> bool:
    """Draw the page to a JPEG with the strings and all pictures on it painted over.

    False, and nothing is drawn, when a string or a letter of the page cannot be found by its position, or when the page
    is mostly a picture: then nobody can say what it shows.
    """
    pictures = [found.get_bounds() for found in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])]
    width, height = page.get_size()
    if width * height * _SCALE**2 > _MOST_PIXELS or any(_area(box) > _MOSTLY * width * height for box in pictures):
        return False
    boxes = _boxes(text, removals)
    if boxes is None or not _is_readable(text):
        return False
    bitmap = page.render(scale=_SCALE, draw_annots=False, may_draw_forms=False)
    image, places = bitmap.to_pil().convert("RGB"), bitmap.get_posconv(page)
    brush = ImageDraw.Draw(image)
    for box in pictures:
        brush.rectangle(_on(places, box), fill="#c8c8c8")
    for box in boxes:
        brush.rectangle(_on(places, box), fill="black")
    image.save(to, "JPEG", quality=_QUALITY)
    return True


def _boxes(text: pdfium.PdfTextPage, removals: Removals) -> list[Box] | None:
    """The boxes of every character of every string; None when one of them has no place on the page."""
    whole = text_of(text)
    wanted = [place for found in removals.places(whole) for place in range(found.start, found.end)]
    boxes = [text.get_charbox(place, loose=True) for place in wanted if whole[place].isalnum()]
    return None if any(_area(box) <= 0 for box in boxes) else boxes


def _is_readable(text: pdfium.PdfTextPage) -> bool:
    """Whether each letter of the page is known: one whose meaning the font does not say cannot be searched for."""
    codes = range(text.count_chars())
    return bool(codes) and not any(raw.FPDFText_HasUnicodeMapError(text, place) == 1 for place in codes)


def _area(box: Iterable[float]) -> float:
    left, bottom, right, top = box
    return max(0.0, right - left) * max(0.0, top - bottom)


def _on(places: Any, box: Box) -> tuple[float, float, float, float]:
    """The box on the picture, a little wider, whichever way the page is turned."""
    left, bottom, right, top = box
    xs, ys = zip(places.to_bitmap(left, bottom), places.to_bitmap(right, top), strict=True)
    return min(xs) - _MARGIN, min(ys) - _MARGIN, max(xs) + _MARGIN, max(ys) + _MARGIN
