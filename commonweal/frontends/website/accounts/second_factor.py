"""The second factor's secrets are kept encrypted, and its picture fits into a page of ours."""

from allauth.mfa.adapter import DefaultMFAAdapter

from commonweal.frontends.website.accounts.ciphers import cipher_for
from commonweal.frontends.website.accounts.words import SECOND_FACTOR_ERRORS


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The sign-in package's questions about second factors."""

    error_messages = DefaultMFAAdapter.error_messages | SECOND_FACTOR_ERRORS

    def encrypt(self, text: str) -> str:
        """A thief of the database alone cannot make anybody's codes."""
        return cipher_for("second_factor").encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Counterpart of `encrypt`. InvalidToken when the secret key was changed and the old one is no fallback."""
        return cipher_for("second_factor").decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """The picture an authenticator app reads, without the declaration that only a file may begin with."""
        return str(super().build_totp_svg(url)).partition("?>")[2].strip()
