"""How a text could lie about: as it is, folded, encoded, and as part of something encoded."""

import base64
import binascii
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from urllib.parse import quote, quote_plus

_SHORTEST = 6


@cache
def forms_of(text: str) -> dict[str, bytes]:
    """Every form a text is looked for in, by what it is called."""
    found: dict[str, bytes] = {}
    for case, spelt in {"as it is": text, "lower": text.lower(), "upper": text.upper()}.items():
        for name, form in _encoded(spelt):
            if len(form) >= _SHORTEST and form not in found.values():
                found[f"{name}, {case}"] = form
    return found


def find(haystack: bytes, canaries: Iterable[str]) -> list[str]:
    """Which canaries are in the haystack, and how they were written."""
    folded = _without_breaks(haystack)
    return [
        f"{canary} ({name})"
        for canary in canaries
        for name, form in forms_of(canary).items()
        if form in haystack or form in folded
    ]


def find_unbroken(haystack: bytes, canaries: Iterable[str]) -> list[str]:
    """As `find`, but for what was broken into lines: quick enough for what is large and has no lines."""
    return [f"{canary} ({name})" for canary in canaries for name, form in forms_of(canary).items() if form in haystack]


def _encoded(text: str) -> Iterator[tuple[str, bytes]]:
    plain = text.encode()
    yield "plain", plain
    yield "ascii", json.dumps(text)[1:-1].encode()
    yield "hex", binascii.hexlify(plain)
    yield "HEX", binascii.hexlify(plain).upper()
    yield "url", quote(text, safe="").encode()
    yield "url with plus", quote_plus(text).encode()
    for name in ("utf-16-le", "utf-16-be"):
        yield name, text.encode(name)
        yield f"hex of {name}", binascii.hexlify(text.encode(name))
    for offset in range(3):
        yield f"base64 from {offset}", _inside_base64(plain, offset)
        yield f"base64url from {offset}", _inside_base64(plain, offset).translate(bytes.maketrans(b"+/", b"-_"))


def _inside_base64(plain: bytes, offset: int) -> bytes:
    """What of the base64 of a longer text is sure to be there when this text begins at `offset` of a group of three."""
    encoded = base64.b64encode(b"\0" * offset + plain)
    begin = (0, 2, 3)[offset]
    end = len(encoded) if (offset + len(plain)) % 3 == 0 else len(encoded) - 4 + (offset + len(plain)) % 3
    return encoded[begin:end]


def _without_breaks(haystack: bytes) -> bytes:
    """Encoders break long lines."""
    return re.sub(rb"\\n|[\r\n]", b"", haystack)
