"""What every answer carries, also one that was given before any page was reached."""

import pytest
from django.conf import settings as real
from django.test import Client
from pytest_django import Settings

from commonweal.conftest import Cast

EARLY = [
    ("/privacy", {}, 301),
    ("/privacy/", {"host": "evil.example"}, 400),
    ("/nowhere/at/all/", {}, 404),
]


@pytest.fixture(autouse=True)
def demonstration(settings: Settings, cast: Cast) -> None:
    """Only a demonstration is kept from search engines."""
    settings.DEMO = True


@pytest.mark.parametrize(("path", "headers", "status"), EARLY)
def test_an_early_answer_is_kept_by_nobody(path: str, headers: dict[str, str], status: int, client: Client) -> None:
    answer = client.get(path, headers=headers)
    assert answer.status_code == status
    _check(dict(answer.headers))


def test_an_old_form_is_kept_by_nobody() -> None:
    answer = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "rosa@people.example"})
    assert answer.status_code == 403
    _check(dict(answer.headers))


def test_public_pages_may_still_be_kept(client: Client) -> None:
    assert client.get("/privacy/")["Cache-Control"] == "private, no-cache"
    assert client.get("/account/login/")["Cache-Control"] == "no-store"


def test_static_files_answer_before_what_forbids_keeping() -> None:
    order = [name.rpartition(".")[2] for name in real.MIDDLEWARE]
    assert order.index("WhiteNoiseMiddleware") < order.index("NoStoreMiddleware")


def _check(headers: dict[str, str]) -> None:
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Robots-Tag"] == "noindex"
    assert "camera=()" in headers["Permissions-Policy"]
