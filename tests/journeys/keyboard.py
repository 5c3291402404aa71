"""Somebody who uses no mouse: Tab, Enter, Space, arrows and letters reach everything, and the focus is seen."""

from playwright.sync_api import Page

_FOCUSED = """() => {
    const here = document.activeElement
    const label = here.labels?.length ? here.labels[0] : here
    return [(label.innerText || here.getAttribute('aria-label') || '').trim().replace(/\\s+/g, ' '), here.tagName]
}"""
_SHOWS_FOCUS = """() => {
    const shown = getComputedStyle(document.activeElement)
    return shown.outlineStyle != 'none' && shown.outlineWidth != '0px' || shown.boxShadow != 'none'
}"""
_LONGEST_WAY = 140


class Keyboard:
    """A keyboard at a page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def goes_to(self, text: str) -> None:
        """Press Tab until what reads `text` has the focus. Raises AssertionError when it is not reached."""
        passed = []
        for _press in range(_LONGEST_WAY):
            self.page.keyboard.press("Tab")
            found, tag = self.page.evaluate(_FOCUSED)
            if tag != "BODY":
                assert self.page.evaluate(_SHOWS_FOCUS), (
                    f"{found!r} on {self.page.url} does not show that it has the focus"
                )
            if found == text:
                return
            passed.append(found)
        raise AssertionError(f"Tab does not reach {text!r} on {self.page.url}, only {passed}")

    def types_into(self, label: str, text: str) -> None:
        """Go to a field and fill it in."""
        self.goes_to(label)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def chooses(self, first: str, downwards: int) -> None:
        """Go to the first of several choices, and as many further down as said."""
        self.goes_to(first)
        self.page.keyboard.press("Space")
        for _press in range(downwards):
            self.page.keyboard.press("ArrowDown")

    def follows(self, text: str) -> None:
        """Go to a link or a button and press Enter."""
        self.goes_to(text)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def presses(self, text: str) -> None:
        """Go to a button and press Space."""
        self.goes_to(text)
        with self.page.expect_navigation():
            self.page.keyboard.press("Space")
