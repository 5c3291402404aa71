"""Residents: they report a missed bin, and follow what comes of it."""

from collections.abc import Mapping
from datetime import timedelta

from commonweal.capabilities.cases.events import TAKEN_BACK_WITHIN
from tests.journeys.acting import Person
from tests.stack.reporting import MissedBin, Receipt


class Resident(Person):
    """Somebody who lives in Leeds."""

    council = "leeds"

    def begins_a_report(self) -> None:
        """They find the service at their council and begin."""
        self.opens(f"/{self.council}/")
        self.follows("Report a missed bin collection")
        self.starts()

    def starts(self) -> None:
        """They press the button of the start page."""
        self.presses("Start now")

    def says_which_bin(self, told: MissedBin) -> None:
        """They answer the first page."""
        self.chooses(told.bin)
        self.goes_on()

    def says_when(self, told: MissedBin) -> None:
        """They answer the second page."""
        for part, number in (("Day", told.due.day), ("Month", told.due.month), ("Year", told.due.year)):
            self.fills(part, str(number))
        self.goes_on()

    def says_where(self, told: MissedBin) -> None:
        """They answer the third page."""
        self.fills("Address the bin belongs to", told.address)
        self.fills("Postcode", told.postcode)
        self.fills("Where you left it (optional)", told.left_at)
        self.goes_on()

    def says_who(self, told: MissedBin) -> None:
        """They answer the fourth page."""
        self.fills("Full name", told.name)
        self.fills("Email address", told.email)
        self.fills("Phone number (optional)", told.phone)
        self.goes_on()

    def answers(self, typed: Mapping[str, str | list[str]]) -> None:
        """They fill in and choose, by the names of the fields."""
        for name, value in typed.items():
            controls = self.page.locator(f'[name="{name}"]')
            if controls.first.get_attribute("type") in {"radio", "checkbox"}:
                for each in value if isinstance(value, list) else [value]:
                    self.page.locator(f'[name="{name}"][value="{each}"]').check()
            else:
                controls.fill(str(value))

    def continues(self) -> None:
        """They press the button below the questions, whatever language it is in."""
        self._go(self.page.locator("main form button.govuk-button:not(.govuk-button--secondary)"))

    def applies(self, service: str, pages: Mapping[str, Mapping[str, str | list[str]]]) -> Receipt:
        """They fill in a service, page by page, and send it."""
        self.opens(f"/{self.council}/{service}/")
        self.starts()
        for page, typed in pages.items():
            assert self.path.endswith(f"/{page}/"), self.path
            self.answers(typed)
            self.continues()
        self.sees_heading("Check your answers")
        return self.sends_it()

    def waits_to_be_told(self) -> None:
        """They learn of a decision once nobody can take it back."""
        self.page.wait_for_timeout((TAKEN_BACK_WITHIN + timedelta(seconds=1)) / timedelta(milliseconds=1))

    def opens_the_application(self, reference: str) -> None:
        """Signed in, or after they asked with the secret code, they look at one application."""
        self.opens(f"/{self.council}/applications/{reference}/")

    def reads_the_letter(self) -> None:
        """From their application, they open the latest letter about it."""
        self._go(self.page.get_by_role("link", name="Letter of").first)

    def goes_on(self) -> None:
        """They press Continue."""
        self.presses("Continue")

    def answers_everything(self, told: MissedBin) -> None:
        """They answer page after page, up to the last look."""
        self.says_which_bin(told)
        self.says_when(told)
        self.says_where(told)
        self.says_who(told)
        self.sees_heading("Check your answers")

    def changes(self, answer: str) -> None:
        """At the last look, they change an answer."""
        self.follows(f"Change {answer}")

    def sends_it(self) -> Receipt:
        """They send what they checked, and write down the receipt."""
        self.presses("Send")
        return self.reads_the_receipt()

    def reads_the_receipt(self) -> Receipt:
        """They are at the last page, and write down reference and secret code."""
        self.sees_heading("We have it")
        reference, secret = self.page.locator("main .cw-code").all_inner_texts()[:2]
        return Receipt(reference, secret)

    def reports(self, told: MissedBin) -> Receipt:
        """They report a missed bin from beginning to end."""
        self.begins_a_report()
        self.answers_everything(told)
        return self.sends_it()

    def asks_how_far_it_is(self, receipt: Receipt) -> None:
        """They ask with reference and secret code how far it is."""
        self.opens(f"/{self.council}/status/")
        self.fills("Reference", receipt.reference)
        self.fills("Secret code", receipt.secret)
        self.presses("Show")

    def looks_at_their_applications(self) -> None:
        """Signed in, they look at what they have sent."""
        self.opens(f"/{self.council}/your/")

    def looks_at_who_opened_their_information(self) -> None:
        """Signed in, they look at their trace."""
        self.opens(f"/{self.council}/your/openings/")
