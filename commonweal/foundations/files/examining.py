"""Examine a file by its content: accept it, redraw it, describe it in facts, or refuse it with a helpful sentence."""

import re
import threading
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.errors import Words
from commonweal.foundations.files import archives, images
from commonweal.foundations.files.errors import NotAccepted
from commonweal.foundations.files.kinds import IMAGES, Kind, has_foreign_beginning, is_archive, kind_of
from commonweal.foundations.texts.encodings import decoded

_AT_ONCE = threading.BoundedSemaphore(2)
"""Drawing and expanding take memory: two at a time in each process."""
_TAIL = 4096
_SCRIPTS = (b"/JavaScript", b"/JS ", b"/JS(", b"/Launch", b"/OpenAction", b"/AA ", b"/AA<")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")

_SENTENCES: dict[str, Words] = {
    "empty": _("The file is empty. Choose another file."),
    "type": _(
        "We cannot take this type of file. Save it as a PDF, a photo (JPG, PNG, WebP or HEIC), a Word (.docx), Excel "
        "(.xlsx), OpenDocument (.odt), text or CSV file and choose it again."
    ),
    "damaged": _("The file is damaged and cannot be opened. Save it again and choose it again."),
    "pixels": _("The picture has too many pixels. Make it smaller and choose it again."),
    "archive": _("We cannot read this file. Save it as a PDF and choose it again."),
    "polyglot": _("The file seems to be two kinds of file in one. Save it as a PDF and choose it again."),
    "virus": _("The file contains a virus, so we did not keep it. Check your device, then choose another file."),
}


@dataclass(frozen=True)
class Examined:
    """The result of an examination: the content to keep (a photo is redrawn), its kind, and yes-or-no facts."""

    content: bytes = field(repr=False)
    kind: Kind
    facts: dict[str, bool] = field(default_factory=dict)


def examine(content: bytes, *, is_table: bool = False) -> Examined:
    """Examine a whole file; for plain text, `is_table` says that it is meant as CSV. Raises NotAccepted."""
    with _AT_ONCE:
        return _examine(content, is_table)


def refused(reason: str) -> NotAccepted:
    """The refusal for a reason's code."""
    return NotAccepted(reason, _SENTENCES[reason])


def _examine(content: bytes, is_table: bool) -> Examined:
    if not content:
        raise refused("empty")
    kind = kind_of(content)
    if is_archive(content):
        return _examine_archive(content)
    if kind is None:
        return _examine_text(content, is_table)
    if has_foreign_beginning(content) or _has_archive(content):
        raise refused("polyglot")
    if kind in IMAGES:
        return _examine_image(content, kind)
    return _examine_pdf(content)


def _examine_image(content: bytes, kind: Kind) -> Examined:
    try:
        drawn, kept = images.draw_anew(content, kind)
    except images.TooManyPixels:
        raise refused("pixels") from None
    except images.Damaged:
        raise refused("damaged") from None
    return Examined(drawn, kept)


def _examine_archive(content: bytes) -> Examined:
    try:
        kind, facts = archives.examine_archive(content)
    except archives.Suspicious:
        raise refused("archive") from None
    except archives.NotOffice:
        raise refused("type") from None
    return Examined(content, kind, facts)


def _examine_pdf(content: bytes) -> Examined:
    """Looked at and not run: what lies in compressed parts is not seen, so the facts say what there is at least."""
    if b"%%EOF" not in content[-_TAIL:]:
        raise refused("damaged")
    facts = {
        "has_scripts": any(mark in content for mark in _SCRIPTS),
        "has_embedded": b"/EmbeddedFile" in content,
        "is_locked": b"/Encrypt" in content,
    }
    return Examined(content, Kind.PDF, facts)


def _examine_text(content: bytes, is_table: bool) -> Examined:
    text = decoded(content)
    if text is None or _CONTROLS.search(text):
        raise refused("type")
    if has_foreign_beginning(content) or has_foreign_beginning(text[:_TAIL].lstrip().encode()):
        raise refused("type")
    return Examined(content, Kind.CSV if is_table else Kind.TEXT, {"has_formulas": is_table and _has_formulas(text)})


def _has_formulas(text: str) -> bool:
    """Cells that a spreadsheet would reckon with when it opens the table (CSV injection)."""
    cells = (cell.strip(' "\t') for line in text.splitlines() for cell in line.replace(";", ",").split(","))
    return any(cell[:1] in {"=", "@"} or (cell[:1] in {"+", "-"} and not _is_number(cell)) for cell in cells if cell)


def _is_number(cell: str) -> bool:
    return cell[1:].replace(".", "").replace(" ", "").isdecimal()


def _has_archive(content: bytes) -> bool:
    """Whether an archive's reader, which begins at the end, would open it as well."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            return bool(archive.infolist())
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return False
