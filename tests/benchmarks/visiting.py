"""Browsers for the benchmarks: Django's test client, signed in as a person of the demonstration."""

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.test import Client


def signed_in(email: str) -> Client:
    """A client whose session was opened with a second factor."""
    browser = Client()
    account = get_user_model().objects.get(email=email)
    browser.force_login(account)
    request = HttpRequest()
    request.session, request.user = browser.session, account
    record_authentication(request, account, method="mfa", type="totp")
    request.session.save()
    return browser
