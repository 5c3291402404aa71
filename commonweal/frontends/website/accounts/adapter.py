"""Where the sign-in package meets ours: its questions are answered by our actions, its letters sent by our messages."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.core import context as current
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse

from commonweal.capabilities.identity.actions import accounts as identity
from commonweal.capabilities.identity.queries import accounts as identities
from commonweal.capabilities.identity.queries.colleagues import memberships
from commonweal.capabilities.messages import actions as messages
from commonweal.foundations.scope.actors import Resident
from commonweal.frontends import who
from commonweal.frontends.website.accounts.letters import LETTERS
from commonweal.frontends.website.accounts.words import ERRORS

STAFF_HOME = "/workspace/"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """The sign-in package's questions about accounts, answered by our actions."""

    error_messages = DefaultAccountAdapter.error_messages | ERRORS

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the letter in our words and hand it to our messages; nothing is sent to who has no account."""
        request = current.request
        account = identities.account_with_email(who.visitor(request), email=email)
        if account is None:
            return
        name = template_prefix.rsplit("/", 1)[-1]
        # Not the host of the request: whoever sends it may name any that we answer to.
        address = f"{settings.ADDRESS}{reverse('account')}"
        subject, body = LETTERS[name].write(code=context.get("code", ""), address=address)
        messages.write_to_account(
            who.visitor_or_resident(request), account=account, email=email, template=name, subject=subject, body=body
        )

    def save_user(
        self, request: HttpRequest, user: AbstractBaseUser, form: BaseForm, commit: bool = True
    ) -> AbstractBaseUser:
        """Open the account. Raises AccountExists when the address got one since the form was checked."""
        email, password = form.cleaned_data["email"], form.cleaned_data["password1"]
        user.pk = identity.open_account(who.visitor(request), email=email, password=password)
        user.refresh_from_db()
        return user

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Set a password that the person chose."""
        actor = who.visitor_or_resident(current.request)
        identity.change_password(actor, account=user.pk, password=password)
        user.refresh_from_db(fields=["password"])

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in, and keep of how it was done no more than the method and the time: no address in the session."""
        super().login(request, user)
        records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        for record in records:
            record.pop("email", None)
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = records

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff go to their desk, everyone else to their account; a page that was asked for comes before both."""
        account = who.account_of(request)
        is_staff = bool(memberships(Resident(account=account), account=account))
        return STAFF_HOME if is_staff else reverse("account")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """Where one is after signing up, when no page was asked for."""
        return reverse("account")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Where one is after changing the password."""
        return f"{reverse('account')}?changed=password"
