"""A keyring as a value: key-encryption keys by name, one of them current, which wrap the data keys.

As text it is JSON: `{"current": NAME, "keys": {NAME: base64 of 32 bytes}, "made": {NAME: when, in ISO 8601}}`.
"""

import base64
import json
import os
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_EARLY = timedelta(days=1)
"""A rotation begins a day before its time: people are told the date on which it will be over."""


class KeyringError(Exception):
    """The keyring is missing, unreadable or lacks a key: what that key wrapped can be neither opened nor sealed."""


@dataclass(frozen=True)
class Keyring:
    """Wraps data keys under the current key-encryption key and unwraps those under any it still holds.

    `made` says when each was made; a keyring written by hand may leave that out.
    """

    current: str
    keys: dict[str, bytes] = field(repr=False)
    made: dict[str, datetime] = field(default_factory=dict)

    @property
    def old(self) -> list[str]:
        """The names of the keys that are held only until nothing is wrapped by them."""
        return sorted(self.keys.keys() - {self.current})

    def wrap(self, key: bytes, *, key_id: UUID) -> bytes:
        nonce = os.urandom(12)
        return nonce + self._ciphers[self.current].encrypt(nonce, key, key_id.bytes)

    def unwrap(self, wrapped: bytes, *, key_id: UUID, wrapped_by: str) -> bytes:
        """Raises KeyringError when the key-encryption key is gone: then the data key is gone for ever."""
        try:
            return self._ciphers[wrapped_by].decrypt(wrapped[:12], wrapped[12:], key_id.bytes)
        except (KeyError, InvalidTag):
            raise KeyringError("The keyring does not hold the key that this data key was wrapped by.") from None

    def is_due(self, moment: datetime, *, days: int) -> bool:
        """Whether the current key has lived its `days`, or has no date or a wrong one (the clock was set back)."""
        made = self.made.get(self.current)
        return made is None or made > moment + _EARLY or moment - made >= timedelta(days=days) - _EARLY

    def is_overdue(self, moment: datetime, *, days: int) -> bool:
        """Whether the date has passed by which the current key should have been destroyed."""
        made = self.made.get(self.current)
        return made is None or made > moment + _EARLY or moment - made > timedelta(days=days)

    def with_new_key(self, moment: datetime) -> "Keyring":
        """The same keyring with one random key more, which is the current one from here on."""
        name = secrets.token_hex(4)
        return Keyring(name, {**self.keys, name: secrets.token_bytes(32)}, {**self.made, name: moment})

    def without(self, name: str) -> "Keyring":
        """The same keyring without one of its old keys."""
        return Keyring(
            self.current,
            {held: key for held, key in self.keys.items() if held != name or held == self.current},
            {held: moment for held, moment in self.made.items() if held != name or held == self.current},
        )

    def text(self) -> str:
        """The keyring as it is kept: holds every key, so it is written to where keyrings are kept and nowhere else."""
        return json.dumps(
            {
                "current": self.current,
                "keys": {name: base64.b64encode(key).decode() for name, key in self.keys.items()},
                "made": {name: moment.isoformat() for name, moment in self.made.items()},
            }
        )

    @cached_property
    def _ciphers(self) -> dict[str, AESGCM]:
        return {name: AESGCM(key) for name, key in self.keys.items()}


def new_keyring(moment: datetime) -> Keyring:
    """A keyring with one random key."""
    return Keyring("", {}, {}).with_new_key(moment)


def parse(text: str) -> Keyring:
    """Read the text of a keyring. Raises KeyringError with a sentence that holds no key."""
    try:
        document = json.loads(text)
        keys = {str(name): base64.b64decode(value, validate=True) for name, value in document["keys"].items()}
        made = {str(name): _moment(value) for name, value in document.get("made", {}).items()}
        current = str(document["current"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise KeyringError("The keyring cannot be read: restore it from where it is kept safe.") from None
    if current not in keys or any(len(key) != 32 for key in keys.values()):
        raise KeyringError("The keyring is incomplete: restore it from where it is kept safe.")
    return Keyring(current, keys, {name: moment for name, moment in made.items() if name in keys})


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.utcoffset() is None:
        raise ValueError("A moment needs a time zone.")
    return moment
