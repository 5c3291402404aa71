"""Sealed streams: chunks of AES-256-GCM, each bound to its place, its number and whether it is the last.

Layout: version (1 byte), key id (16), then chunks of `SIZE` bytes of content with a tag (16) each; the last may be
shorter. Cut short, continued, reordered, or put in another file's place, a stream does not open. The key is used for
one stream alone, so the number of the chunk serves as nonce.
"""

import hmac
import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SIZE = 256 * 1024
_TAG = 16
_VERSION = b"\x01"
_HEAD = 17


class Readable(Protocol):
    """A file of bytes, as far as a stream needs one; remote storages give fewer bytes than were asked for."""

    def read(self, size: int, /) -> bytes: ...


class Altered(Exception):
    """The stored content is not what was sealed here: it was cut, altered or moved, or has another key."""


def new_key() -> bytes:
    """A random key for one stream."""
    return os.urandom(32)


def derive_key(key: bytes, place: bytes) -> bytes:
    """The key of one stream whose place (a random id in it) is never used twice."""
    return hmac.new(key, b"files.stream\x00" + place, sha256).digest()


def seal_stream(content: Iterable[bytes], *, key: bytes, key_id: UUID, place: bytes) -> Iterator[bytes]:
    """Seal content that comes in pieces of any size; `key_id` names the data key by which `key` is found."""
    cipher, head = AESGCM(key), _VERSION + key_id.bytes
    yield head
    number, held = 0, None
    for chunk in _regular(content):
        if held is not None:
            yield _seal(cipher, held, head + place, number, is_last=False)
            number += 1
        held = chunk
    yield _seal(cipher, held or b"", head + place, number, is_last=True)


def open_stream(stream: Readable, *, key: bytes, key_id: UUID, place: bytes) -> Iterator[bytes]:
    """The content in chunks, each proven before it is given out. Raises Altered, with later chunks unread."""
    head = stream.read(_HEAD)
    if head != _VERSION + key_id.bytes:
        raise Altered("The stored content does not begin as it was sealed.")
    cipher, number = AESGCM(key), 0
    sealed = _read(stream)
    while True:
        following = _read(stream)
        is_last = not following
        try:
            yield cipher.decrypt(_nonce(number, is_last), sealed, _bind(head + place, number, is_last))
        except InvalidTag:
            raise Altered(f"Chunk {number} of the stored content is not as it was sealed.") from None
        if is_last:
            return
        sealed, number = following, number + 1


def _seal(cipher: AESGCM, chunk: bytes, place: bytes, number: int, *, is_last: bool) -> bytes:
    return cipher.encrypt(_nonce(number, is_last), chunk, _bind(place, number, is_last))


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _bind(place: bytes, number: int, is_last: bool) -> bytes:
    return place + number.to_bytes(8, "big") + bytes([is_last])


def _regular(content: Iterable[bytes]) -> Iterator[bytes]:
    """The same content in pieces of `SIZE`, the last one shorter."""
    waiting = bytearray()
    for piece in content:
        for start in range(0, len(piece), SIZE):
            waiting += piece[start : start + SIZE]
            if len(waiting) >= SIZE:
                yield bytes(waiting[:SIZE])
                del waiting[:SIZE]
    if waiting:
        yield bytes(waiting)


def _read(stream: Readable) -> bytes:
    """A whole sealed chunk, or what is left."""
    parts, missing = [], SIZE + _TAG
    while missing and (part := stream.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
