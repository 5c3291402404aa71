"""Search a finished file again for what was removed, before anyone gets it.

CSV by its cells, JSON by its strings, PDF by its text, its metadata and its streams, office files by the words of each
part and by where they lead to: a string that lies across two cells is none.
"""

import csv
import json
import re
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from html import unescape
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from commonweal.foundations.documents.redaction.pdfium import NotOpened, opened, text_of
from commonweal.foundations.documents.redaction.removals import ANYWHERE, Removals, folded
from commonweal.foundations.texts.encodings import decoded, encodings_of

_AT_ONCE = 1 << 16
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_MOST_STREAM = 32 * 1024 * 1024
_MOST_TEXT = 4 * _MOST_STREAM
"""Of all streams of a PDF together: some kilobytes may say that they are hundreds of megabytes."""

_BEGINNING = 4000
_PRINTABLE = 0.9
_XML = (".xml", ".rels")
_TAG = re.compile(r"<[^>]*>")
_NAMED = re.compile(r'\b(?:Target|href|name)="([^"]*)"')
_BLOCK = re.compile(r"</(?:[\w.-]+:)?(?:p|h|si|c|creator|title|subject|description|keywords|lastModifiedBy)>")


def search_file(path: Path, removals: Removals) -> tuple[str, ...]:
    """Which of the removed strings a file holds, by what it is (its ending). Raises NotOpened for a damaged file."""
    texts = _TEXTS.get(path.suffix.lower())
    if texts is None or not removals:
        return ()
    found: dict[str, None] = {}
    for text in texts(path):
        found.update(dict.fromkeys(removals.found_in(text)))
    if path.suffix.lower() == ".pdf":
        found.update(dict.fromkeys(_in_streams(path, removals)))
    return tuple(found)


def _cells(path: Path) -> Iterator[str]:
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding=_encoding_of(path), newline="") as file:
        for row in csv.reader(file):
            yield from row


def _encoding_of(path: Path) -> str:
    """By reading it to its end, a stretch at a time. Raises NotOpened for what is no text."""
    with path.open("rb") as beginning:
        encodings = encodings_of(beginning.read(_AT_ONCE))
    for encoding in encodings:
        with path.open(encoding=encoding) as file, suppress(UnicodeDecodeError):
            while file.read(_AT_ONCE):
                pass
            return encoding
    raise NotOpened


def _strings(path: Path) -> Iterator[str]:
    """The strings of a JSON file, a stretch of it at a time."""
    with path.open(encoding="utf-8") as file:
        held = ""
        while more := file.read(_AT_ONCE):
            held += more
            end = 0
            for found in _STRING.finditer(held):
                end = found.end()
                yield json.loads(found[0])
            held = held[end:]


def _lines(path: Path) -> Iterator[str]:
    yield _text_of(path.read_bytes())


def _text_of(content: bytes) -> str:
    text = decoded(content)
    if text is None:
        raise NotOpened
    return text


def _pages(path: Path) -> Iterator[str]:
    with opened(path.read_bytes()) as document:
        yield from document.get_metadata_dict(skip_empty=True).values()
        for place in range(len(document)):
            page = document[place]
            text = page.get_textpage()
            yield text_of(text)
            text.close()
            page.close()


def _parts(path: Path) -> Iterator[str]:
    """The words of each part of an office file, hidden sheets, notes and properties among them; names and links."""
    try:
        with ZipFile(path) as archive:
            for part in archive.infolist():
                if part.filename.endswith(_XML):
                    yield from _words_of(archive, part)
    except (BadZipFile, RuntimeError, zlib.error):
        raise NotOpened from None


def _words_of(archive: ZipFile, part: ZipInfo) -> Iterator[str]:
    """A paragraph, a cell or a property ends where its element does; the runs of a word are one."""
    if part.file_size > _MOST_STREAM:
        raise NotOpened
    text = _text_of(archive.read(part))
    yield from map(unescape, _NAMED.findall(text))
    yield from (unescape(_TAG.sub("", block)) for block in _BLOCK.split(text))


def _in_streams(path: Path, removals: Removals) -> Iterator[str]:
    """What stands in the streams as text: metadata, notes, file names. Short strings are chance there."""
    long = Removals(string for string in removals.strings if len(folded(string)) >= ANYWHERE)
    left = _MOST_TEXT
    for found in _STREAM.finditer(path.read_bytes()):
        beginning = _inflated(found[1], _BEGINNING).decode("latin-1")
        if not beginning or sum(map(str.isprintable, beginning)) <= _PRINTABLE * len(beginning):
            continue
        text = _inflated(found[1], _MOST_STREAM)
        left -= len(text)
        if left < 0:
            raise NotOpened
        yield from long.found_in(text.decode("utf-8", errors="replace"))


def _inflated(stream: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream, most)
    except zlib.error:
        return stream[:most]


_TEXTS: dict[str, Callable[[Path], Iterator[str]]] = {
    ".csv": _cells,
    ".json": _strings,
    ".txt": _lines,
    ".pdf": _pages,
    ".docx": _parts,
    ".xlsx": _parts,
    ".odt": _parts,
}
