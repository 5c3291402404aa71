"""Secrets that are derived, never stored: read out, written down, and typed in again. Pure."""

import hmac
from hashlib import sha256
from uuid import UUID

from commonweal.foundations.references.references import characters_from

_CHARACTERS = 10


def derive_secret(key: bytes, purpose: bytes, subject: UUID) -> str:
    """48 bits that follow from the key, what they are for, and whom or what they belong to: the same each time."""
    body = characters_from(hmac.new(key, purpose + b"\x00" + subject.bytes, sha256).digest(), _CHARACTERS)
    return f"{body[:5]}-{body[5:]}"


def is_same_secret(typed: str, secret: str) -> bool:
    """Whether someone typed the secret, whatever the case and the hyphens; takes the same time either way."""
    kept = "".join(character for character in typed.upper() if character.isalnum())
    return hmac.compare_digest(kept.encode(), secret.replace("-", "").encode())
