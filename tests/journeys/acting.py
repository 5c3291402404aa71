"""Somebody at a browser: what they do, in the words one would tell it in, and what they see."""

import re
from collections.abc import Callable
from typing import Self
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, Response, expect

from tests.journeys.accessibility import require_accessible


class Person:
    """Somebody with a browser window of their own. Each page they arrive at is checked as they see it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.status = 0
        self.checks: list[Callable[[Page], None]] = [require_accessible]
        """What must hold on every page they arrive at."""
        page.on("pageerror", lambda error: self._errors.append(str(error)))
        page.on(
            "console", lambda message: self._errors.append(message.text) if "Content Security" in message.text else None
        )
        self._errors: list[str] = []

    # -- what they do ------------------------------------------------------------------------------------------------

    def opens(self, path: str) -> None:
        """They type an address, or follow a bookmark."""
        self._arrive(self.page.goto(self.address + path))

    def follows(self, text: str) -> None:
        """They follow the link that reads `text`."""
        self._go(self.page.get_by_role("link", name=text, exact=True).first)

    def presses(self, text: str) -> None:
        """They press the button that reads `text`."""
        self._go(self.page.get_by_role("button", name=text, exact=True).first)

    def presses_if_asked(self, text: str) -> None:
        """Should the page ask once more, they press that button again."""
        if self.page.locator("main").get_by_role("button", name=text, exact=True).count():
            self._go(self.page.locator("main").get_by_role("button", name=text, exact=True))

    def fills(self, label: str, text: str) -> None:
        """They type `text` where the page asks for `label`."""
        self._field(label).fill(text)

    def chooses(self, label: str) -> None:
        """They choose what reads `label`."""
        self.page.get_by_label(label, exact=True).check()

    def goes_back(self) -> None:
        """They use the browser's Back button."""
        self._arrive(self.page.go_back())

    def reloads(self) -> None:
        """They reload the page."""
        self._arrive(self.page.reload())

    def in_another_tab(self) -> Self:
        """The same person, at the same page, in a second tab."""
        other = type(self)(self.page.context.new_page(), self.address)
        other.opens(self.path)
        return other

    # -- what they see -----------------------------------------------------------------------------------------------

    @property
    def path(self) -> str:
        """Where they are."""
        parts = urlsplit(self.page.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    @property
    def source(self) -> str:
        """The page as it was sent, with all that is not shown."""
        return self.page.content()

    @property
    def text(self) -> str:
        """All that can be read on the page, with its white space evened out."""
        return re.sub(r"\s+", " ", self.page.locator("body").inner_text())

    def sees(self, *texts: str) -> None:
        """Each of the texts can be read on the page."""
        for text in texts:
            assert text in self.text, f"{text!r} is not on {self.path}:\n{self.text}"

    def does_not_see(self, *texts: str) -> None:
        """None of the texts can be read on the page."""
        for text in texts:
            assert text not in self.text, f"{text!r} is on {self.path}:\n{self.text}"

    def sees_nowhere(self, *texts: str) -> None:
        """None of the texts stands anywhere in the page as words of their own, not even where it is not shown."""
        for text in texts:
            assert not re.search(rf"\b{re.escape(text)}\b", self.source), f"{text!r} is in the source of {self.path}"

    def reads_in_a_row(self, *texts: str) -> None:
        """One row of the list they look at holds all of the texts."""
        rows = self.page.locator("tbody tr").all_inner_texts()
        assert any(all(text in row for text in texts) for row in rows), f"no row has {texts}:\n" + "\n".join(rows)

    def counts_rows(self, text: str) -> int:
        """In how many rows of the list they look at `text` stands."""
        return sum(text in row for row in self.page.locator("tbody tr").all_inner_texts())

    def sees_filled_in(self, label: str, text: str) -> None:
        """The field `label` holds `text`."""
        expect(self._field(label)).to_have_value(text)

    def sees_heading(self, text: str) -> None:
        """The page is about `text`."""
        expect(self.page.locator("h1")).to_contain_text(text)

    # -- how -----------------------------------------------------------------------------------------------------------

    def _field(self, label: str) -> Locator:
        return self.page.get_by_label(label, exact=True).and_(self.page.locator("input, textarea, select"))

    def _go(self, target: Locator) -> None:
        with self.page.expect_navigation() as arrival:
            target.click()
        self._arrive(arrival.value)

    def _arrive(self, response: Response | None) -> None:
        self.status = response.status if response else 0
        self.page.wait_for_load_state()
        assert not self._errors, f"{self.path} has errors of its own: {self._errors}"
        for check in self.checks:
            check(self.page)
