"""A complete submission and a page of a form, each beside a bare Django view that does the same without any of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from unittest import mock

from django.db import connection, connections, models
from django.http import HttpRequest, HttpResponse
from django.template.backends.jinja2 import Template
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.forms.models import Answer, Submission
from commonweal.capabilities.people.models import Person
from commonweal.foundations.audit.models import Entry
from commonweal.foundations.events.models import Outgoing
from commonweal.foundations.personal_data.models import DataKey, SearchToken, Trace
from tests.benchmarks import floors
from tests.benchmarks.figures import Figure, per_second, per_second_at_once

_N = 200
_RESIDENTS, _ROUNDS = 100, 5
_THREADS = 7
"""A web process has 8, and as many connections to the database, of which whoever measures holds one."""

_WRITTEN: tuple[type[models.Model], ...] = (
    Person, SearchToken, DataKey, Submission, Answer, Case, Trace, Entry, Outgoing,
)  # fmt: skip
_BARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
_TODAY = timezone.localdate()
_PAGES = [
    {"bin": "general"},
    {"due-day": str(_TODAY.day), "due-month": str(_TODAY.month), "due-year": str(_TODAY.year)},
    {"place-address": "14 Mill Lane", "place-postcode": "LS99 1AA", "left_at": "By the blue gate"},
    {"name": "Siân Davies", "email": "sian@people.example", "phone": "07700 900123"},
]
_START = "/leeds/missed-collection/apply/"


def figures() -> list[Figure]:
    """submit.per_second, form.page.per_second and the latter with a hundred people at once."""
    return [_submits(), _pages(), _pages_of_a_hundred()]


def _submits() -> Figure:
    _copy_what_a_submit_writes()
    bare, drafts = _bare_browser(), iter([_filled_in() for _number in range(_N + 10)])
    return per_second(
        "submit.per_second",
        lambda: _send(*next(drafts)),
        lambda: _expect(bare.post("/bare/submit/", {"send": "send"}), 302),
        n=_N,
    )


def _pages() -> Figure:
    browser, page = _filled_in(_PAGES[:-1])
    with _rendered() as parts, CaptureQueriesContext(connection) as queries:
        _expect(browser.get(page), 200)
    # Statements that set or write are left out: the bare page would run them outside any transaction.
    reads = [query["sql"] for query in queries if query["sql"].lower().startswith("select")]
    floors.use_page(parts, ["select 1"] * len(reads))
    bare = _bare_browser()
    return per_second(
        "form.page.per_second",
        lambda: _expect(browser.get(page), 200),
        lambda: _expect(bare.get("/bare/page/"), 200),
        n=_N,
    )


def _pages_of_a_hundred() -> Figure:
    """After `_pages`, which says what the bare page is."""
    residents = [_filled_in(_PAGES[:-1]) for _number in range(_RESIDENTS)]
    bare = [_bare_browser() for _number in range(_RESIDENTS)]
    return per_second_at_once(
        "form.page.at_once",
        [partial(_look, browser, page) for browser, page in residents],
        [partial(_look, browser, "/bare/page/") for browser in bare],
        threads=_THREADS,
        n=_ROUNDS,
    )


def _filled_in(pages: list[dict[str, str]] = _PAGES) -> tuple[Client, str]:
    """A browser with a draft whose pages are answered, and the address of the next: the last look when all are."""
    browser = Client()
    address = browser.get(_START).headers["Location"]
    for given in pages:
        address = _expect(browser.post(address, given), 302).headers["Location"]
    return browser, address


def _look(browser: Client, address: str) -> None:
    _expect(browser.get(address), 200)


def _send(browser: Client, address: str) -> None:
    _expect(browser.post(address, {"send": "send"}), 302)


def _copy_what_a_submit_writes() -> None:
    """Send one for real, and have the bare view write the same rows."""
    browser, address = _filled_in()
    with connections["owner"].cursor() as cursor:
        cursor.execute("select pg_current_xact_id()::text::bigint")
        (first,) = cursor.fetchone()
    _send(browser, address)
    floors.use_rows(
        [
            (copy, values)
            for model in _WRITTEN
            for copy in [floors.bare_copy(model)]
            for values in floors.rows_since(model, first)
        ]
    )


def _bare_browser() -> Client:
    """A browser of an application with Django's usual middleware and nothing of ours."""
    browser = Client()
    with override_settings(MIDDLEWARE=_BARE):
        browser.handler.load_middleware()
    return browser


@contextmanager
def _rendered() -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """The templates rendered meanwhile, with what they were given."""
    seen: list[tuple[str, dict[str, Any]]] = []
    render = Template.render

    def note(self: Template, context: dict[str, Any] | None = None, request: HttpRequest | None = None) -> str:
        seen.append((str(self.template.name), dict(context or {})))
        return render(self, context, request)

    with mock.patch.object(Template, "render", note):
        yield seen


def _expect(response: Any, status: int) -> HttpResponse:
    """Raises RuntimeError when the page is not what is measured."""
    if response.status_code != status:
        raise RuntimeError(f"{response.request['PATH_INFO']} answered {response.status_code}, not {status}.")
    return response  # type: ignore[no-any-return]
