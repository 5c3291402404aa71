"""The one place where signals of signing in are met: what Django would write by itself, an action of ours writes."""

from allauth.mfa import signals as second_factor
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in

from commonweal.capabilities.identity.actions import accounts
from commonweal.foundations.scope.actors import Resident


def note_sign_in(sender: object, user: AbstractBaseUser, **_named: object) -> None:
    """Someone signed in."""
    accounts.note_sign_in(Resident(account=user.pk), account=user.pk)


def note_change(sender: object, user: AbstractBaseUser, **_named: object) -> None:
    """Someone added or removed a second step, or made new codes for it."""
    accounts.note_change(Resident(account=user.pk), account=user.pk)


user_logged_in.disconnect(dispatch_uid="update_last_login")
user_logged_in.connect(note_sign_in)
for changed in (
    second_factor.authenticator_added,
    second_factor.authenticator_removed,
    second_factor.authenticator_reset,
):
    changed.connect(note_change)
