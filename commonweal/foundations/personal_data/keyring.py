"""The key-encryption keys, kept apart from the data: a file, or the environment.

The file is JSON: `{"current": ID, "keys": {ID: base64 of 32 bytes}}`, readable by its owner only. The same text in the
environment variable `COMMONWEAL_KEYRING_KEYS` serves where there are no files.
"""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings


class KeyringError(Exception):
    """The keyring is missing or unreadable: nothing sealed can be opened or written."""


@dataclass(frozen=True)
class Keyring:
    """Wraps data keys under the current key-encryption key and unwraps those under any it still holds."""

    current: str
    keys: dict[str, bytes]

    def wrap(self, key: bytes, *, key_id: UUID) -> bytes:
        nonce = os.urandom(12)
        return nonce + AESGCM(self.keys[self.current]).encrypt(nonce, key, key_id.bytes)

    def unwrap(self, wrapped: bytes, *, key_id: UUID, wrapped_by: str) -> bytes:
        """Raises KeyringError when the key-encryption key is gone: then the data key is gone for ever."""
        try:
            return AESGCM(self.keys[wrapped_by]).decrypt(wrapped[:12], wrapped[12:], key_id.bytes)
        except (KeyError, InvalidTag):
            raise KeyringError("The keyring does not hold the key that this data key was wrapped by.") from None


def create(path: Path) -> None:
    """Write a new keyring with one random key. Never overwrites: raises FileExistsError."""
    name = secrets.token_hex(4)
    text = json.dumps({"current": name, "keys": {name: base64.b64encode(secrets.token_bytes(32)).decode()}})
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def parse(text: str) -> Keyring:
    """Read the text of a keyring. Raises KeyringError with a sentence that holds no key."""
    try:
        document = json.loads(text)
        keys = {str(name): base64.b64decode(value, validate=True) for name, value in document["keys"].items()}
        current = str(document["current"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise KeyringError("The keyring cannot be read: restore it from where it is kept safe.") from None
    if current not in keys or any(len(key) != 32 for key in keys.values()):
        raise KeyringError("The keyring is incomplete: restore it from where it is kept safe.")
    return Keyring(current, keys)


@lru_cache(maxsize=1)
def keyring() -> Keyring:
    """The keyring of this process. Raises KeyringError when there is none."""
    if settings.KEYRING_KEYS:
        return parse(settings.KEYRING_KEYS)
    path = Path(settings.KEYRING)
    try:
        return parse(path.read_text())
    except FileNotFoundError:
        raise KeyringError(
            f"The keyring {path} is missing. Restore it from where it is kept safe: without it nothing sealed opens."
        ) from None
