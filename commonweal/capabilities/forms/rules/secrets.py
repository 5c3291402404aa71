"""The code with which somebody goes on with a draft on another device. Pure."""

import hmac
from hashlib import sha256
from uuid import UUID

from commonweal.foundations.references.references import characters_from

_CHARACTERS = 10


def secret_of_draft(key: bytes, draft: UUID) -> str:
    """48 bits derived from the draft's own key: stored nowhere, the same when shown again, and gone with the draft."""
    digest = hmac.new(key, b"forms.resume\x00" + draft.bytes, sha256).digest()
    body = characters_from(digest, _CHARACTERS)
    return f"{body[:5]}-{body[5:]}"


def is_same_secret(typed: str, secret: str) -> bool:
    """Whether someone typed the code, whatever the case and the hyphens; takes the same time either way."""
    kept = "".join(character for character in typed.upper() if character.isalnum())
    return hmac.compare_digest(kept.encode(), secret.replace("-", "").encode())
