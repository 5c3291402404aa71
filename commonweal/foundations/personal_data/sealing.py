"""The sealed value: AES-256-GCM, naming its own key, bound to its place.

Layout: version (1 byte), key id (16), nonce (12), ciphertext, tag (16). The associated data are the frozen label of the
field and the id of the row, so that a value moved to another place does not open. 45 bytes longer than the plaintext.
"""

import os
from collections.abc import Mapping
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.errors import Refusal, Words

_VERSION = b"\x01"
_KEY_ID = slice(1, 17)
_NONCE = slice(17, 29)
_CIPHERTEXT = slice(29, None)


class CannotOpen(Refusal):
    """The value was altered, moved or sealed under another key: nothing of it is shown."""

    status = 500
    code = "damaged"
    title: Words = _("This information is damaged")
    message: Words = _(
        "It has changed since it was stored, so we cannot show it. Tell the people who run this service. Their log "
        "says which part it is."
    )


def seal(plaintext: str, *, key_id: UUID, key: bytes, label: str, row: UUID) -> bytes:
    """Seal `plaintext` under `key` (32 bytes) for one field of one row."""
    nonce = os.urandom(12)
    ciphertext = AESGCM(key).encrypt(nonce, plaintext.encode(), _place(label, row))
    return _VERSION + key_id.bytes + nonce + ciphertext


def open_sealed(value: bytes, *, key: bytes, label: str, row: UUID) -> str:
    """The plaintext of a sealed value. Raises CannotOpen when key, label or row are not those it was sealed with."""
    if value[:1] != _VERSION:
        raise CannotOpen
    try:
        return AESGCM(key).decrypt(value[_NONCE], value[_CIPHERTEXT], _place(label, row)).decode()
    except InvalidTag:
        raise CannotOpen from None


def key_named_by(value: bytes) -> UUID:
    """The id of the key that a sealed value names."""
    return UUID(bytes=value[_KEY_ID])


ERASED = "erased"
"""Stands in a copy where the key of a value was destroyed."""


class Opener:
    """Opens many values of one column: `keys` by the 16 bytes with which a value names its own."""

    def __init__(self, keys: Mapping[bytes, bytes], *, label: str) -> None:
        self._ciphers = {name: AESGCM(key) for name, key in keys.items()}
        self._place = label.encode() + b"\x00"

    def open(self, value: bytes, row: UUID | str) -> str:
        """The plaintext, or ERASED when its key is not among the keys; `row` may be written. Raises CannotOpen."""
        cipher = self._ciphers.get(value[1:17])
        if value[:1] != _VERSION:
            raise CannotOpen
        if cipher is None:
            return ERASED
        place = self._place + (bytes.fromhex(row.replace("-", "")) if isinstance(row, str) else row.bytes)
        try:
            return cipher.decrypt(value[17:29], value[29:], place).decode()
        except InvalidTag:
            raise CannotOpen from None


def _place(label: str, row: UUID) -> bytes:
    return label.encode() + b"\x00" + row.bytes
