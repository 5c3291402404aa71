"""What axe-core finds on a page. Nothing is excused: every rule it has, on every page."""

from functools import cache
from typing import Any

from playwright.sync_api import Page

from commonweal.frontends.cli.installation import ROOT

_ELEMENTS = """() => [...document.querySelectorAll('*')].map(
    each => [each.tagName, each.id, each.className, each.getAttribute('aria-label') ? 'named' : ''].join()).join(' ')"""
_seen: set[tuple[str, str]] = set()


def require_accessible(page: Page) -> None:
    """Raises AssertionError with a sentence for each violation. A page of the same elements is looked at once."""
    key = (page.title(), str(page.evaluate(_ELEMENTS)))
    if key in _seen:
        return
    found = _violations(page)
    assert not found, f"{page.url} is not accessible:\n" + "\n".join(found)
    _seen.add(key)


@cache
def _axe() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()


def _violations(page: Page) -> list[str]:
    page.evaluate(_axe())
    found: list[dict[str, Any]] = page.evaluate("async () => (await axe.run(document)).violations")
    return [
        f"{each['id']}: {each['help']} ({'; '.join(' '.join(map(str, node['target'])) for node in each['nodes'])})"
        for each in found
    ]
