"""Signing in as somebody of the demonstration, whose secrets an installation derives from its own."""

import time

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from commonweal.frontends.demo_people import PASSWORD, PEOPLE, DemoPerson, totp_secret
from tests.stack.visiting import Visitor


def demo_person(email: str) -> DemoPerson:
    """The person of the demonstration with this address."""
    return next(person for person in PEOPLE if person.email == email)


def code_of(who: DemoPerson) -> str:
    """The code an authenticator app shows now, which is taken for half a minute at least. Each works once."""
    return str(format_hotp_value(hotp_value(totp_secret(who), int(time.time()) // app_settings.TOTP_PERIOD)))


def sign_in(visitor: Visitor, email: str) -> Visitor:
    """Sign in with the password and, as staff, with the code of this moment."""
    who = demo_person(email)
    visitor.get("/account/login/")
    answer = visitor.post({"login": who.email, "password": PASSWORD})
    if who.is_staff:
        answer = visitor.post({"code": code_of(who)})
    assert "Sign out" in answer.text, answer.text
    return visitor
