"""A browser without a screen, for tests that care about answers and not about looks: real HTTP, cookies, forms."""

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_PATIENCE = 60


@dataclass(frozen=True)
class Answer:
    """What came back, after redirects."""

    status: int
    path: str
    html: str = field(repr=False)

    @property
    def text(self) -> str:
        """What can be read, roughly: the page without its tags."""
        shown = re.sub(r"<(style|script)\b.*?</\1>", " ", self.html, flags=re.DOTALL)
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", shown)))


class Visitor:
    """Somebody's browser: it keeps cookies and the page it is at."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.at = Answer(0, "/", "")
        self._cookies = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self._cookies))

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._send(path)

    def post(self, given: Mapping[str, str], path: str | None = None) -> Answer:
        """Send the form of the page one is at, there or to `path`. Raises OSError when no answer comes."""
        token = _TOKEN.search(self.at.html)
        form = {"csrfmiddlewaretoken": token.group(1) if token else "", **given}
        return self._send(path or self.at.path, urlencode(form).encode())

    @property
    def cookies(self) -> str:
        """What it would send with a request, as a header."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._cookies)

    def twin(self) -> "Visitor":
        """The same browser at the same page, to be used at the same time."""
        other = Visitor(self.address)
        other.at = self.at
        for cookie in self._cookies:
            other._cookies.set_cookie(copy.copy(cookie))
        return other

    def _send(self, path: str, body: bytes | None = None) -> Answer:
        request = Request(self.address + path, body)  # noqa: S310 the address is the stack's own
        try:
            response: HTTPResponse = self._opener.open(request, timeout=_PATIENCE)
        except HTTPError as error:
            with error:
                answer = Answer(error.code, _path(error.url), error.read().decode())
        else:
            with response:
                answer = Answer(response.status, _path(response.url), response.read().decode())
        if answer.status < 500:
            self.at = answer
        return answer


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")
