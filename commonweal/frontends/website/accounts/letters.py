"""What we write to people about signing in, in the language of the page they are on."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.errors import Words


@dataclass(frozen=True)
class Letter:
    """A subject and a body, which may name `%(code)s` and `%(address)s` (of the account page)."""

    subject: Words
    body: Words

    def write(self, *, code: str, address: str) -> tuple[str, str]:
        """Subject and body with what they name filled in."""
        return str(self.subject), str(self.body) % {"code": code, "address": address}


_CONFIRM = Letter(
    _("Your code to confirm your email address"),
    _(
        "Your code is: %(code)s\n\nEnter it on the page you have open. It works for 15 minutes.\n\n"
        "If you did not ask for it, ignore this message: without the code nothing happens."
    ),
)
_CHANGED_PASSWORD = Letter(
    _("Your password was changed"),
    _(
        "The password of your account was changed just now.\n\n"
        "If it was not you, set a new password at once: go to %(address)s and choose “Forgotten your password?”."
    ),
)

LETTERS: dict[str, Letter] = {
    "email_confirmation": _CONFIRM,
    "email_confirmation_signup": _CONFIRM,
    "account_already_exists": Letter(
        _("You already have an account"),
        _(
            "Someone, probably you, tried to create an account with this email address. You already have one.\n\n"
            "Sign in with it at %(address)s. There you can also set a new password.\n\n"
            "If it was not you, you do not need to do anything."
        ),
    ),
    "password_reset_code": Letter(
        _("Your code to set a new password"),
        _(
            "Your code is: %(code)s\n\nEnter it on the page you have open. It works for 15 minutes.\n\n"
            "If you did not ask for it, ignore this message: your password stays as it is."
        ),
    ),
    "password_changed": _CHANGED_PASSWORD,
    "password_reset": _CHANGED_PASSWORD,
    "totp_activated": Letter(
        _("A second step was added to your sign-in"),
        _(
            "From now on you need a code from your authenticator app to sign in.\n\n"
            "If it was not you, set a new password at %(address)s and tell us."
        ),
    ),
    "totp_deactivated": Letter(
        _("The second step was removed from your sign-in"),
        _(
            "You no longer need a code from an authenticator app to sign in.\n\n"
            "If it was not you, set a new password at %(address)s and tell us."
        ),
    ),
    "recovery_codes_generated": Letter(
        _("New recovery codes were made for your account"),
        _(
            "Your old recovery codes no longer work.\n\n"
            "If it was not you, set a new password at %(address)s and tell us."
        ),
    ),
}
