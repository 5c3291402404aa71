"""Files of every kind, made here: sound ones, and such as somebody would send who means harm."""

from base64 import b64decode
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image
from PIL.PngImagePlugin import PngInfo

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/x.xml" ContentType="application/vnd.openxmlformats-officedocument.{main}.main+xml"/></Types>'
)
_BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets><sheet name="Rounds"/>'
    "{hidden}</sheets></workbook>"
)
HIDDEN = '<sheet name="Addresses" state="veryHidden"/>'
RELATED = (
    '<Relationships><Relationship Type="http://schemas/attachedTemplate" TargetMode="External" Target="http://a.example/"/>'
    "</Relationships>"
)
PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
HEIC = b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAcdtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA"
    "ADRpbG9jAAAAAERAAAIAAQAAAAAB6wABAAAAAAAAACoAAgAAAAACFQABAAAAAAAAADoAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAA"
    "AAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAABBmlwcnAAAADlaXBjbwAAAHVodmNDAQNwAAAA"
    "kAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQApQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq"
    "rprm4CGgwIAAAAyAAAADAIRiAAEABkQBwXPBiQAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABAAAAAQAAAAChjbGFw"
    "AAAAEAAAAAEAAAAMAAAAAf///9AAAAAC////zAAAAAIAAAAQcGl4aQAAAAADCAgIAAAACWlyb3QDAAAAGWlwbWEAAAAAAAAAAQAB"
    "BoECAwWEhgAAABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAAAbG1kYXQAAAAmKAGvGSFeQkDvXaW//34+/1mF/iVbfKZKppcE14iZ"
    "CwOBgI2RnTgAAAAGRXhpZgAATU0AKgAAAAgAAgEPAAIAAAAKAAAAJgESAAMAAAABAAYAAAAAAABTZWNyZXRDYW0A"
)
"""A red picture of 16 by 12 that lies on its side and was taken by a "SecretCam"."""


def archive(entries: Mapping[str, str | bytes]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return written.getvalue()


def docx(**more: str | bytes) -> bytes:
    """A Word document, with more entries (their names with a dot for each double underline)."""
    entries = {name.replace("__", "."): content for name, content in more.items()}
    return archive({"[Content_Types].xml": _TYPES.format(main="wordprocessingml.document"), **entries})


def xlsx(hidden: str = "") -> bytes:
    types = _TYPES.format(main="spreadsheetml.sheet")
    return archive({"[Content_Types].xml": types, "xl/workbook.xml": _BOOK.format(hidden=hidden)})


def odt(**more: str) -> bytes:
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>", **more})


def photo(kind: str = "JPEG", size: tuple[int, int] = (40, 20)) -> bytes:
    """A picture, red on the left and blue on the right, lying on its side, that tells where it was taken."""
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((20, 20, 200), (size[0] // 2, 0, *size))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "SecretCam"
    exif.get_ifd(0x8825)[2] = (53.0, 48.0, 1.0)
    written = BytesIO()
    notes = PngInfo()
    notes.add_text("Comment", "SecretCam")
    more = {"pnginfo": notes} if kind == "PNG" else {"comment": b"SecretCam"} if kind == "JPEG" else {}
    image.save(written, kind, exif=exif.tobytes(), **more)
    return written.getvalue()


def plain_photo(colour: str = "green", **saved: object) -> bytes:
    """A photo of one colour."""
    written = BytesIO()
    Image.new("RGB", (40, 30), colour).save(written, "JPEG", **saved)
    return written.getvalue()
