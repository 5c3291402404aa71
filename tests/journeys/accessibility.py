"""What axe-core finds on a page. Nothing is excused: every rule it has, on every page."""

from functools import cache
from typing import Any

from playwright.sync_api import Page

from commonweal.frontends.cli.installation import ROOT


@cache
def _axe() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()


def violations(page: Page) -> list[str]:
    """A sentence for each violation, with the elements it was found on."""
    page.evaluate(_axe())
    found: list[dict[str, Any]] = page.evaluate("async () => (await axe.run(document)).violations")
    return [
        f"{each['id']}: {each['help']} ({'; '.join(' '.join(map(str, node['target'])) for node in each['nodes'])})"
        for each in found
    ]
