"""Photos keep only the picture, upright; what cannot or should not be drawn is refused."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from commonweal.foundations.files.examining import examine
from commonweal.foundations.files.tests import made
from commonweal.foundations.files.tests.test_examining import reason_of


class TestPhotos:
    @pytest.mark.parametrize("content", [made.photo("JPEG"), made.photo("PNG"), made.photo("WEBP"), made.HEIC])
    def test_only_the_picture_is_kept(self, content: bytes) -> None:
        assert b"SecretCam" in content
        kept = examine(content).content
        assert b"SecretCam" not in kept
        with Image.open(BytesIO(kept)) as image:
            assert dict(image.getexif()) == {}
            assert not {"exif", "xmp", "icc_profile", "comment", "Comment"} & image.info.keys()

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_it_stands_upright_first(self, kind: str) -> None:
        with Image.open(BytesIO(examine(made.photo(kind)).content)) as image:
            assert image.size == (20, 40)
            red, blue = (image.convert("RGB").getpixel((10, y)) for y in (5, 35))
        assert isinstance(red, tuple)
        assert isinstance(blue, tuple)
        assert red[0] > 150 > blue[0]

    def test_what_follows_the_picture_is_dropped(self) -> None:
        assert b"and more" not in examine(made.photo() + b"and more").content

    def test_transparency_stays(self) -> None:
        written = BytesIO()
        Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(written, "PNG")
        with Image.open(BytesIO(examine(written.getvalue()).content)) as image:
            assert image.mode == "RGBA"

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_half_a_picture(self, kind: str) -> None:
        content = made.photo(kind, (400, 300))
        assert reason_of(content[: len(content) // 2]) == "damaged"

    def test_a_bomb_of_pixels_is_not_drawn(self) -> None:
        head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
        chunk = b"IHDR" + head
        bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
        data = b"IDAT" + zlib.compress(bytes(100_000))
        bomb += struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))
        assert reason_of(bomb) == "pixels"
