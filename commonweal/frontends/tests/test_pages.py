"""Refusals are told once and clearly; browsers keep nothing; unexpected errors give nothing away."""

import logging
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.urls import include, path
from django.views.decorators.http import require_POST
from pytest_django import Settings

from commonweal.foundations.design import headers
from commonweal.foundations.design.parts import Frame, Masthead
from commonweal.foundations.errors import Invalid, Missing
from commonweal.frontends import pages

pytestmark = pytest.mark.urls(__name__)
SECRET = "Ada Lovelace of 1 Market Street"  # what an error must not tell

handler400, handler403 = pages.bad_request, pages.permission_denied
handler404, handler500 = pages.page_not_found, pages.server_error


@pages.public_page
def show(request: HttpRequest) -> HttpResponse:
    """A page of Midlothian that is the same for everybody."""
    pages.set_frame(request, Frame(Masthead("Midlothian Council", "/midlothian/", "#7b1fa2")))
    return render(request, "design/error.html", {"title": "Hello", "message": "Welcome"})


@pages.public_page
def miss(request: HttpRequest) -> HttpResponse:
    """A page whose subject does not exist."""
    raise Missing


def refuse(request: HttpRequest) -> HttpResponse:
    """A page on which two answers are wrong."""
    raise Invalid({"name": "Enter your name", "born": "Enter a date"})


def forbid(request: HttpRequest) -> HttpResponse:
    """A page refused by Django itself."""
    raise PermissionDenied


def fail(request: HttpRequest) -> HttpResponse:
    """A page with a mistake in it, whose error quotes somebody's data."""
    raise ValueError(SECRET)


@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """A page that only takes a form."""
    return HttpResponse()


VIEWS = (show, miss, refuse, forbid, fail, send)
urlpatterns = [
    path("", include("commonweal.frontends.languages")),
    *(path(f"{root}{view.__name__}/", view) for root in ("", "api/") for view in VIEWS),
]


@pytest.fixture
def browser(settings: Settings) -> Client:
    """A browser before the page middleware alone, with none of the application's data."""
    settings.MIDDLEWARE = [
        "csp.middleware.CSPMiddleware",
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "commonweal.frontends.pages.HeadersMiddleware",
        "commonweal.frontends.pages.NoStoreMiddleware",
        "commonweal.frontends.pages.RefusalMiddleware",
    ]
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.jinja2.Jinja2",
            "DIRS": [Path(headers.__file__).parent / "templates"],
            "OPTIONS": {
                "environment": "commonweal.foundations.design.jinja.environment",
                "context_processors": ["commonweal.frontends.pages.page_context"],
            },
        }
    ]
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.CONTENT_SECURITY_POLICY = headers.CONTENT_SECURITY_POLICY
    settings.CSRF_FAILURE_VIEW = "commonweal.frontends.pages.csrf_failure"
    settings.LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]
    settings.DEMO, settings.DEBUG = True, False
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.mark.parametrize(
    ("place", "status", "said"),
    [
        ("/miss/", 404, "Page not found"),
        ("/nowhere/", 404, "Page not found"),
        ("/forbid/", 403, "You cannot do this"),
        ("/refuse/", 422, "Enter your name"),
        ("/send/", 405, "You cannot open this page like this"),
        ("/fail/", 500, "Sorry, there is a problem"),
    ],
)
def test_what_went_wrong_is_one_clear_page(browser: Client, place: str, status: int, said: str) -> None:
    answer = browser.get(place)
    assert answer.status_code == status
    assert said in answer.text
    assert answer["Cache-Control"] == "no-store"


def test_a_program_gets_a_problem_document(browser: Client) -> None:
    answer = browser.get("/api/refuse/")
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert answer.json() == {
        "type": "urn:commonweal:refusal:invalid",
        "title": "There is a problem",
        "status": 422,
        "detail": "Go back, check what you entered and try again.",
        "errors": [{"field": "name", "detail": "Enter your name"}, {"field": "born", "detail": "Enter a date"}],
    }
    assert browser.get("/api/nowhere/").json()["status"] == 404
    assert (browser.get("/api/send/").json()["status"], browser.get("/api/send/")["Allow"]) == (405, "POST")


def test_an_unexpected_error_shows_a_code_that_the_log_knows_and_nothing_else(
    browser: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="commonweal.frontends.pages"):
        answer = browser.get("/fail/")
    found = re.search(r"<strong[^>]*>([0-9a-f]{8})</strong>", answer.text)
    assert found
    assert f"incident {found[1]}" in caplog.text
    assert SECRET not in answer.text
    assert "ValueError" not in answer.text
    assert browser.get("/api/fail/").json().keys() == {"type", "title", "status", "detail", "incident"}


def test_a_page_that_cannot_even_be_drawn_still_answers(browser: Client, settings: Settings) -> None:
    settings.LANGUAGES = 1
    answer = browser.get("/fail/")
    assert answer.status_code == 500
    assert SECRET not in answer.text


def test_missing_and_not_to_be_known_look_the_same(browser: Client) -> None:
    one, other = (re.sub(r'nonce="[^"]*"|next=[^"]*', "", browser.get(at).text) for at in ("/miss/", "/nowhere/"))
    assert one == other


def test_a_page_keeps_its_frame_and_the_demonstration_is_marked(browser: Client) -> None:
    answer = browser.get("/show/")
    assert "Midlothian Council" in answer.text
    assert "--cw-band:#7b1fa2" in answer.text
    assert answer["X-Robots-Tag"] == "noindex"
    assert "camera=()" in answer["Permissions-Policy"]


def test_only_a_public_page_may_be_kept_and_only_by_someone_without_a_session(browser: Client) -> None:
    assert browser.get("/show/")["Cache-Control"] == "private, no-cache"
    browser.cookies["sessionid"] = "x"
    assert browser.get("/show/")["Cache-Control"] == "no-store"


def test_the_policy_allows_nothing_inline_without_the_nonce(browser: Client) -> None:
    answer = browser.get("/show/")
    policy = answer["Content-Security-Policy"]
    nonces = set(re.findall(r'nonce="([^"]+)"', answer.text))
    assert len(nonces) == 1
    assert f"'nonce-{nonces.pop()}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert set(re.findall(r'nonce="([^"]+)"', browser.get("/show/").text)) & nonces == set()


def test_the_language_is_remembered_and_leads_back_only_to_us(browser: Client) -> None:
    answer = browser.get("/language/cy/", {"next": "/show/"})
    assert (answer.status_code, answer["Location"]) == (302, "/show/")
    assert '<html lang="cy"' in browser.get("/show/").text
    assert browser.get("/language/cy/", {"next": "https://elsewhere.example/"})["Location"] == "/"
    assert browser.get("/language/xx/").status_code == 404


def test_a_form_without_its_token_is_told_what_to_do(browser: Client) -> None:
    answer: Any = browser.post("/show/")
    assert answer.status_code == 403
    assert "This page was open for too long" in answer.text
