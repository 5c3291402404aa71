"""The sign-in package's forms, where they must not tell who has an account."""

from typing import Any

from allauth.account import forms as account
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest

from commonweal.capabilities.identity.errors import AccountExists


class SignupForm(account.SignupForm):  # type: ignore[misc]
    """A new account."""

    account_already_exists: bool

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        # The field of a form takes longer addresses than a database column of the same kind.
        longest = get_user_model()._meta.get_field("email").max_length
        self.fields["email"].validators.append(MaxLengthValidator(longest))

    def try_save(self, request: HttpRequest) -> Any:
        """Save it or write to whoever has the address: the password is hashed either way, which takes longest."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
            return super().try_save(request)
        try:
            return super().try_save(request)
        except AccountExists:
            # Of two that are sent at once the second would tell that the first had opened an account.
            self.account_already_exists = True
            return super().try_save(request)
