"""Examine office files, which are archives: open them within limits and describe them in facts."""

import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from commonweal.foundations.files.kinds import Kind

MOST_ENTRIES = 5_000
MOST_BYTES = 250 * 1024 * 1024
MOST_RATIO = 200
_SMALL = 1024 * 1024
_MOST_XML = 16 * 1024 * 1024
_STEP = 256 * 1024
_IS_ENCRYPTED = 0x1
_END, _LOCAL = 22, 30

_MAIN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": Kind.DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": Kind.XLSX,
}
_ODT = Kind.ODT.media_type.encode()
_SHEETS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"


class Suspicious(Exception):
    """The archive expands far too much, hides something beside its entries, or breaks its own rules."""


class NotOffice(Exception):
    """A valid archive that is not a document of an accepted kind."""


def examine_archive(data: bytes) -> tuple[Kind, dict[str, bool]]:
    """The kind of office file, and facts about it: has_macros, has_hidden_sheets, has_links_outside, has_embedded.

    Raises Suspicious and NotOffice. Every entry is expanded once, within the limits, and nothing is kept of it.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _refuse_odd(entries, data, archive)
            for entry in entries:
                _expand(archive, entry)
            return _describe(archive, {entry.filename for entry in entries})
    except (BadZipFile, zlib.error, ParseError, DefusedXmlException, NotImplementedError, RuntimeError, OSError):
        raise Suspicious from None
    except (ValueError, KeyError, LookupError, EOFError):
        raise Suspicious from None


def _refuse_odd(entries: list[ZipInfo], data: bytes, archive: ZipFile) -> None:
    names = [entry.filename for entry in entries]
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or total > MOST_BYTES or len(set(names)) < len(names):
        raise Suspicious
    for entry in entries:
        if entry.flag_bits & _IS_ENCRYPTED or entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise Suspicious
        if entry.filename.startswith(("/", "\\")) or ".." in entry.filename.replace("\\", "/").split("/"):
            raise Suspicious
        if entry.file_size > _SMALL and entry.file_size > MOST_RATIO * max(1, entry.compress_size):
            raise Suspicious
    _refuse_overlaps(entries, archive.start_dir)
    if len(data) != data.rfind(b"PK\x05\x06") + _END + len(archive.comment):
        raise Suspicious


def _refuse_overlaps(entries: list[ZipInfo], end: int) -> None:
    """Entries that share their bytes expand to more than any ratio shows."""
    places = sorted((entry.header_offset, entry.compress_size) for entry in entries)
    if not places or places[0][0] != 0:
        raise Suspicious
    following = [start for start, _size in places[1:]] + [end]
    for (start, size), after in zip(places, following, strict=True):
        if start + _LOCAL + size > after:
            raise Suspicious


def _expand(archive: ZipFile, entry: ZipInfo) -> None:
    """What an entry says of its size is not believed: it is read to its end, where its checksum must hold."""
    read = 0
    with archive.open(entry) as file:
        while chunk := file.read(_STEP):
            read += len(chunk)
            if read > entry.file_size:
                raise Suspicious


def _describe(archive: ZipFile, names: set[str]) -> tuple[Kind, dict[str, bool]]:
    if "mimetype" in names:
        if archive.getinfo("mimetype").file_size > 100 or archive.read("mimetype").strip() != _ODT:
            raise NotOffice
        kind = Kind.ODT
    elif "[Content_Types].xml" in names:
        kind = _main_kind(archive)
    else:
        raise NotOffice
    lower = {name.lower() for name in names}
    facts = {
        "has_macros": any("vbaproject" in name or name.startswith(("basic/", "scripts/")) for name in lower),
        "has_hidden_sheets": kind is Kind.XLSX and _has_hidden_sheets(archive, names),
        "has_links_outside": any(_has_links_outside(archive, name) for name in names if name.endswith(".rels")),
        "has_embedded": any("/embeddings/" in name or name.startswith("object ") for name in lower),
    }
    return kind, facts


def _main_kind(archive: ZipFile) -> Kind:
    for element in _parse(archive, "[Content_Types].xml"):
        if (kind := _MAIN.get(element.get("ContentType", ""))) is not None:
            return kind
    raise NotOffice


def _has_hidden_sheets(archive: ZipFile, names: set[str]) -> bool:
    books = [name for name in names if name.lower().endswith("workbook.xml")]
    return any(
        element.tag == _SHEETS and element.get("state", "visible") != "visible"
        for book in books
        for element in _parse(archive, book)
    )


def _has_links_outside(archive: ZipFile, name: str) -> bool:
    """Templates, pictures and data fetched from elsewhere when it is opened; a link to click on is none."""
    return any(
        element.get("TargetMode") == "External" and not element.get("Type", "").endswith("/hyperlink")
        for element in _parse(archive, name)
    )


def _parse(archive: ZipFile, name: str) -> Iterator[Element]:
    if archive.getinfo(name).file_size > _MOST_XML:
        raise Suspicious
    yield from fromstring(archive.read(name), forbid_dtd=True).iter()
