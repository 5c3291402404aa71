"""What tests send and see at the desk."""

import html
import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

LEEDS = "/workspace/leeds/"


def text_of(page: Any) -> str:
    """The words of a page, without its tags."""
    shown = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", page.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(shown).split())


def references_in(page: Any) -> list[str]:
    """The references of a listing's rows, in order."""
    return re.findall(r'<tr [^>]*id="([0-9A-Z-]+)"', page.content.decode())


def search(client: Client, words: str, body: str = LEEDS) -> Any:
    """Type words into the search box and come to what was found."""
    return client.post(f"{body}find/", {"q": words}, follow=True)


def case_at(reference: str) -> str:
    """The address of a case in Leeds."""
    return f"{LEEDS}cases/{reference}/"


def hidden_fields(page: Any) -> dict[str, str]:
    """The hidden fields of a page's first form that carries a case."""
    form = page.content.decode().split('name="case"')[1]
    return dict(
        re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', f'<input type="hidden" name="case"{form}')
    )


def press(client: Client, reference: str, button: str, **more: str) -> HttpResponse:
    """Open a case and press one of its buttons."""
    fields = hidden_fields(client.get(case_at(reference)))
    return client.post(case_at(reference), {**fields, "do": button, **more})  # type: ignore[return-value]


def next_page(page: Any) -> str:
    """The address of the page that follows; empty on the last."""
    following = re.search(r'href="([^"]+)" rel="next"', page.content.decode())
    return html.unescape(following[1]) if following else ""
