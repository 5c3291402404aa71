"""The search for canaries finds what it must find."""

import base64
import binascii
import urllib.parse

import pytest

from tests.canaries.encodings import find

CANARY = "Zephyrine Quillfeather-Ŵyn"


@pytest.mark.parametrize("before", [b"", b"x", b"xy", b"xyz"])
@pytest.mark.parametrize("after", [b"", b"x", b"xy"])
def test_base64_is_found_wherever_the_canary_begins(before: bytes, after: bytes) -> None:
    assert find(b"a " + base64.b64encode(before + CANARY.encode() + after) + b" b", [CANARY])
    assert find(b"a " + base64.urlsafe_b64encode(before + CANARY.encode() + after) + b" b", [CANARY])


def test_base64_in_lines_is_found() -> None:
    assert find(base64.encodebytes(b"x" * 50 + CANARY.encode() + b"y" * 50), [CANARY])


@pytest.mark.parametrize(
    "written",
    [
        CANARY.encode(),
        CANARY.lower().encode(),
        CANARY.upper().encode(),
        binascii.hexlify(CANARY.encode()),
        binascii.hexlify(CANARY.lower().encode()).upper(),
        urllib.parse.quote(CANARY).encode(),
        urllib.parse.quote_plus(CANARY).encode(),
        CANARY.encode("utf-16"),
        CANARY.encode("utf-16-be"),
        CANARY.encode("unicode-escape"),
    ],
)
def test_every_way_of_writing_is_found(written: bytes) -> None:
    assert find(b"before" + written + b"after", [CANARY])


def test_nothing_is_found_where_there_is_nothing() -> None:
    assert find(b"Zephyrine of another feather" * 100, [CANARY]) == []
