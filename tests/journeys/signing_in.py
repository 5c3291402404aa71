"""Signing in as somebody of the demonstration, once: a one-time code works once, as it should."""

import time

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, StorageState

from commonweal.frontends.demo_people import PASSWORD, PEOPLE, DemoPerson, totp_secret
from tests.journeys.acting import Person
from tests.stack.waiting import wait_until

_SECONDS_TO_TYPE = 3


class SignIns:
    """What each person's browser holds after they signed in."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._held: dict[str, StorageState] = {}

    def of(self, email: str) -> StorageState:
        """The cookies of a person of the demonstration; they sign in when they have not yet."""
        if email not in self._held:
            with self._browser.new_context(locale="en-GB") as context:
                sign_in(Person(context.new_page(), self._address), demo_person(email))
                self._held[email] = context.storage_state()
        return self._held[email]


def demo_person(email: str) -> DemoPerson:
    """The person of the demonstration with this address."""
    return next(person for person in PEOPLE if person.email == email)


def sign_in(someone: Person, who: DemoPerson) -> None:
    """Sign in with the password and, as staff, with the code of this moment."""
    someone.opens("/account/login/")
    someone.fills("Email address", who.email)
    someone.fills("Password", PASSWORD)
    someone.presses("Sign in")
    if who.is_staff:
        someone.fills("Code", code_of(who))
        someone.presses("Sign in")
    assert someone.status == 200, f"{who.name} could not sign in:\n{someone.text}"
    someone.sees("Sign out")


def code_of(who: DemoPerson) -> str:
    """The code an authenticator app shows now, and for long enough to be typed."""
    period = app_settings.TOTP_PERIOD
    wait_until(lambda: time.time() % period < period - _SECONDS_TO_TYPE, "the next code", patience=_SECONDS_TO_TYPE * 2)
    return str(format_hotp_value(hotp_value(totp_secret(who), int(time.time()) // period)))
