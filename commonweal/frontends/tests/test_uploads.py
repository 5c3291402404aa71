"""No page takes files: none is kept, nor written to a disk; what is too large is refused unread."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as real
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client
from django.urls import include, path
from pytest_django import Settings

from commonweal.frontends import pages

pytestmark = pytest.mark.urls(__name__)
handler400 = pages.bad_request
NO_KEEPER = ("Headers", "NoStore", "AccessLog", "Session", "Authentication", "Account", "WhiteNoise", "Csrf")


def receive(request: HttpRequest) -> HttpResponse:
    """A page that tells what arrived."""
    return JsonResponse({"fields": request.POST.dict(), "files": list(request.FILES)})


urlpatterns = [
    path("", include("commonweal.frontends.languages")),
    path("receive/", receive),
    path("api/receive/", receive),
]


@pytest.fixture
def browser(settings: Settings) -> Client:
    """A browser before our middleware, without what needs the application's data."""
    settings.MIDDLEWARE = [
        name for name in real.MIDDLEWARE if name.rpartition(".")[2].removesuffix("Middleware") not in NO_KEEPER
    ]
    return Client()


def test_a_file_is_dropped_and_written_nowhere(
    browser: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    made = []
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", lambda *_all, **_named: made.append(1))
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    sent = SimpleUploadedFile("letter.txt", b"x" * 500_000)
    answer: Any = browser.post("/receive/", {"before": "1", "letter": sent, "text": "two"})
    assert answer.json() == {"fields": {"before": "1", "text": "two"}, "files": []}
    assert made == []
    assert list(tmp_path.iterdir()) == []


def test_more_than_any_page_asks_for_is_refused_unread(browser: Client) -> None:
    sent = SimpleUploadedFile("letter.txt", b"x" * (real.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))
    answer = browser.post("/receive/", {"letter": sent})
    assert answer.status_code == 413
    assert "This is too large" in answer.text
    assert browser.post("/api/receive/", b"x" * 3_000_000, "application/json").json()["status"] == 413


def test_a_size_that_is_no_number_is_none(browser: Client) -> None:
    assert browser.post("/receive/", {"a": "b"}, CONTENT_LENGTH="many").json()["fields"] == {}
