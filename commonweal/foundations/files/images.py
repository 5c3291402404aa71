"""Redraw photos from their pixels, so that only the picture is kept: no place, no device, nothing appended."""

from contextlib import suppress
from io import BytesIO

import pi_heif
from PIL import Image, ImageCms, ImageOps
from PIL.Image import DecompressionBombError

from commonweal.foundations.files.kinds import Kind

MOST_PIXELS = 64_000_000
_SIDE = 65_000
_FORMATS = {Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.WEBP: "WEBP", Kind.HEIC: "HEIF"}
_QUALITY = 90

pi_heif.register_heif_opener()


class Damaged(Exception):
    """It cannot be drawn to its end."""


class TooManyPixels(Exception):
    """Drawing it would take more memory than a photo does."""


def draw_anew(data: bytes, kind: Kind) -> tuple[bytes, Kind]:
    """The same picture, upright, without metadata. A HEIC photo becomes a JPEG, which every desk can open.

    Raises Damaged, TooManyPixels. Of several frames the first is kept.
    """
    try:
        with Image.open(BytesIO(data), formats=[_FORMATS[kind]]) as found:
            if found.width * found.height > MOST_PIXELS or max(found.size) > _SIDE:
                raise TooManyPixels
            upright = ImageOps.exif_transpose(found)
            return _write(_in_plain_colours(upright), Kind.JPEG if kind is Kind.HEIC else kind)
    except (DecompressionBombError, MemoryError):
        raise TooManyPixels from None
    except TooManyPixels:
        raise
    except Exception as error:  # each decoder has errors of its own
        raise Damaged(type(error).__name__) from None


def _in_plain_colours(image: Image.Image) -> Image.Image:
    """The pixels alone, in sRGB, in a mode that all three formats know."""
    is_translucent = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    profile = image.info.get("icc_profile")
    mode = "RGBA" if is_translucent else "L" if image.mode in {"1", "L"} else "RGB"
    if profile and image.mode in {"RGB", "RGBA", "CMYK"}:
        # A profile that cannot be read says nothing: the colours stay as they are.
        with suppress(ImageCms.PyCMSError, OSError):
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            drawn = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGBA" if image.mode == "RGBA" else "RGB"
            )
            image = drawn or image
    plain = image.convert(mode)
    clean = Image.new(mode, plain.size)
    clean.paste(plain)
    return clean


def _write(image: Image.Image, kind: Kind) -> tuple[bytes, Kind]:
    written = BytesIO()
    if kind is Kind.PNG:
        image.save(written, "PNG")
    elif kind is Kind.WEBP:
        image.save(written, "WEBP", quality=_QUALITY)
    else:
        image.convert("L" if image.mode == "L" else "RGB").save(written, "JPEG", quality=_QUALITY, progressive=True)
    return written.getvalue(), kind
