"""How we ask for what the sign-in package's forms need, and how we say what is wrong."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.design.parts import Kind, Words

_WRONG_CODE: Words = _("This code is not right. Check it, or use a newer one")
_WAIT: Words = _("Too many attempts. Wait a few minutes, then try again")

ERRORS: dict[str, Words] = {
    "account_inactive": _("This account is closed"),
    "email_password_mismatch": _("The email address or the password is not right"),
    "email_taken": _("There is already an account with this email address"),
    "enter_current_password": _("This is not your current password"),
    "incorrect_code": _WRONG_CODE,
    "incorrect_password": _("This is not your password"),
    "invalid_login": _("The email address or the password is not right"),
    "rate_limited": _WAIT,
    "too_many_login_attempts": _WAIT,
}
SECOND_FACTOR_ERRORS: dict[str, Words] = {
    "cannot_delete_authenticator": _("The second step cannot be removed from this account"),
    "cannot_generate_recovery_codes": _("Recovery codes come with a second step: add that first"),
    "incorrect_code": _WRONG_CODE,
    "unverified_email": _("Confirm your email address before you add a second step"),
}


@dataclass(frozen=True)
class Asked:
    """A field of a form in our words; `missing` is said when nothing was entered."""

    label: Words
    missing: Words
    kind: Kind = Kind.TEXT
    hint: Words = ""
    autocomplete: str = ""
    width: int | None = None


_NEW_PASSWORD_HINT: Words = _("At least 10 characters. Three unrelated words are easy to remember and hard to guess")

_EMAIL = Asked(_("Email address"), _("Enter your email address"), Kind.EMAIL, autocomplete="username")
_PASSWORD = Asked(_("Password"), _("Enter your password"), Kind.PASSWORD, autocomplete="current-password")
_CODE = Asked(_("Code"), _("Enter the code"), autocomplete="one-time-code", width=10)

ASKED: dict[str, Asked] = {
    "login": _EMAIL,
    "email": _EMAIL,
    "password": _PASSWORD,
    "oldpassword": Asked(
        _("Current password"), _("Enter your current password"), Kind.PASSWORD, autocomplete="current-password"
    ),
    "password1": Asked(
        _("New password"), _("Enter a new password"), Kind.PASSWORD, _NEW_PASSWORD_HINT, autocomplete="new-password"
    ),
    "password2": Asked(
        _("New password again"),
        _("Enter the new password a second time"),
        Kind.PASSWORD,
        autocomplete="new-password",
    ),
    "code": _CODE,
}

WRONG: dict[str, Words] = {
    "invalid": _("Enter an email address like name@example.com"),
    "max_length": _("This is too long"),
    "password_too_short": _("Use at least 10 characters"),
    "password_too_common": _("Too many people use this password. Choose another"),
    "password_too_similar": _("This is too close to your email address. Choose another"),
}
"""What is wrong, by the code Django's own checks give it."""
