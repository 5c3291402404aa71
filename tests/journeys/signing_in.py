"""Signing in at a browser, once a person: a one-time code works once, as it should."""

from playwright.sync_api import Browser, StorageState

from commonweal.frontends.demo_people import PASSWORD
from tests.journeys.acting import Person
from tests.stack.people import code_of, demo_person


class SignIns:
    """What each person's browser holds after they signed in."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._held: dict[str, StorageState] = {}

    def of(self, email: str) -> StorageState:
        """The cookies of a person of the demonstration; they sign in when they have not yet."""
        if email not in self._held:
            with self._browser.new_context(locale="en-GB") as context:
                sign_in(Person(context.new_page(), self._address), email)
                self._held[email] = context.storage_state()
        return self._held[email]


def sign_in(someone: Person, email: str) -> None:
    """Sign in with the password and, as staff, with the code of this moment."""
    who = demo_person(email)
    someone.opens("/account/login/")
    someone.fills("Email address", who.email)
    someone.fills("Password", PASSWORD)
    someone.presses("Sign in")
    if who.is_staff:
        someone.fills("Code", code_of(who))
        someone.presses("Sign in")
    assert someone.status == 200, f"{who.name} could not sign in:\n{someone.text}"
    someone.sees("Sign out")
