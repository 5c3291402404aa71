"""Sessions kept enciphered: while a code is waited for, the sign-in package keeps it there with its address."""

from typing import Any

from cryptography.fernet import InvalidToken
from django.contrib.sessions.backends import db

from commonweal.frontends.website.accounts.ciphers import cipher_for


class SessionStore(db.SessionStore):
    """The sessions of the database, as a dump of it does not show them."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        """What is stored of a session."""
        return cipher_for("session").encrypt(super().encode(session_dict).encode()).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Counterpart of `encode`; what does not open is an empty session, so whoever had it signs in again."""
        try:
            plain = cipher_for("session").decrypt(session_data)
        except InvalidToken:
            return {}
        return super().decode(plain.decode())
