"""The kinds of files that are taken, told by their first bytes and never by their name."""

from enum import Enum

_ZIP = b"PK\x03\x04"
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1"}
_FOREIGN = (b"%PDF-", b"<!doctype", b"<html", b"<script", b"<svg", b"<?php", b"<?xml", b"mz\x90", b"\x7felf", b"#!/")
"""What must not be met near the beginning of another kind, in lower case where it is text."""
_NEAR = 1024


class Kind(Enum):
    """Media type (IANA) and the ending a downloaded file is given."""

    PDF = "application/pdf", "pdf"
    JPEG = "image/jpeg", "jpg"
    PNG = "image/png", "png"
    WEBP = "image/webp", "webp"
    HEIC = "image/heic", "heic"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"
    ODT = "application/vnd.oasis.opendocument.text", "odt"
    TEXT = "text/plain", "txt"
    CSV = "text/csv", "csv"

    @property
    def media_type(self) -> str:
        return self.value[0]

    @property
    def ending(self) -> str:
        return self.value[1]


IMAGES = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP, Kind.HEIC})


def ending_of(media_type: str) -> str:
    """The ending of a kind that was stored; empty when it is none of these."""
    return next((kind.ending for kind in Kind if kind.media_type == media_type), "")


def kind_of(data: bytes) -> Kind | None:
    """The kind that the first bytes say; archives and text are told apart later. None when nothing is recognised."""
    if data.startswith(b"%PDF-"):
        return Kind.PDF
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Kind.WEBP
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        return Kind.HEIC
    return None


def is_archive(data: bytes) -> bool:
    return data.startswith(_ZIP)


def has_foreign_beginning(data: bytes) -> bool:
    """Whether another kind begins within what the first one may skip: a file that two readers take for two things."""
    near = data[:_NEAR].lower()
    return any(foreign.lower() in near[1:] for foreign in _FOREIGN) or near.startswith(_FOREIGN[1:])
