"""Files on their way over HTTP: the line breaks, a stretch or the end comes twice, there is no room, no scanner."""

import errno
import http.client
import json
import os
import re
import socket
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import LazySettings
from django.test import Client

from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.files import folder
from commonweal.foundations.files.tests.conftest import use_folder
from commonweal.foundations.files.tests.made import plain_photo
from commonweal.frontends.website.tests.test_files import Draft
from commonweal.frontends.website.tests.typed import WITH_FILES
from tests.stack.reporting import MissedBin, fill_in
from tests.stack.stack import Stack
from tests.stack.visiting import Visitor

PHOTO = plain_photo("red", quality=95)
HALF = len(PHOTO) // 2


class Sender:
    """What the browser's script does, on a line that can break; somebody is at the page that asks for a photo."""

    def __init__(self, visitor: Visitor) -> None:
        visitor.get("/leeds/bulky-waste/apply/")
        self.root = visitor.at.path.partition("/items/")[0]
        visitor.post({"item": "sofa"})
        self.visitor = visitor
        page = visitor.get(f"{self.root}/where/").html
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token
        self.headers = {"Cookie": visitor.cookies, "X-CSRFToken": token[1]}

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> http.client.HTTPResponse:
        """One request and its answer, read."""
        line = http.client.HTTPConnection(str(urlsplit(self.visitor.address).netloc), timeout=30)
        with closing(line):
            line.request(method, f"{self.root}/files/{path}", body, {**self.headers, **headers})
            answer = line.getresponse()
            answer.text = answer.read().decode()  # type: ignore[attr-defined]
            return answer

    def form(self, path: str, **given: object) -> http.client.HTTPResponse:
        body = urlencode({"page": "where", "question": "photo", **given}).encode()
        return self.ask("POST", path, body, **{"Content-Type": "application/x-www-form-urlencoded"})

    def begin(self) -> str:
        answer = self.form("", name="sofa.jpg", size=len(PHOTO))
        return str(json.loads(answer.text)["upload"])  # type: ignore[attr-defined]

    def append(self, upload: str, offset: int, data: bytes) -> int:
        answer = self.ask("PATCH", f"{upload}/", data, **self._stretch(offset))
        return int(answer.headers["Upload-Offset"])

    def break_off(self, upload: str, offset: int, data: bytes, *, after: int) -> None:
        """The connection is gone after so many bytes of a stretch."""
        address = urlsplit(self.visitor.address)
        with socket.create_connection((address.hostname or "", address.port or 0), timeout=30) as line:
            lines = {**self.headers, **self._stretch(offset), "Content-Length": str(len(data)), "Host": address.netloc}
            head = f"PATCH {self.root}/files/{upload}/ HTTP/1.1\r\n"
            line.sendall((head + "".join(f"{name}: {text}\r\n" for name, text in lines.items()) + "\r\n").encode())
            line.sendall(data[:after])

    def standing(self, upload: str) -> int:
        return int(self.ask("HEAD", f"{upload}/").headers["Upload-Offset"])

    @property
    def given(self) -> list[str]:
        """The files that the page lists."""
        return re.findall(r'" download>([^<]+)<', self.visitor.get(f"{self.root}/where/").html)

    def _stretch(self, offset: int) -> dict[str, str]:
        return {"Upload-Offset": str(offset), "Content-Type": "application/octet-stream"}


@pytest.fixture
def sender(stack: Stack) -> Sender:
    return Sender(Visitor(stack.address))


@pytest.mark.parametrize("after", [0, 1, HALF // 2])
def test_a_line_that_breaks_within_a_stretch_leaves_none_of_it_and_the_upload_goes_on(
    sender: Sender, after: int
) -> None:
    upload = sender.begin()
    assert sender.append(upload, 0, PHOTO[:HALF]) == HALF
    sender.break_off(upload, HALF, PHOTO[HALF:], after=after)
    assert sender.standing(upload) == HALF
    assert sender.append(upload, HALF, PHOTO[HALF:]) == len(PHOTO)
    assert sender.form(f"{upload}/done/").status == 200
    assert sender.given == ["sofa.jpg"]


def test_a_form_that_is_broken_off_is_not_taken_for_a_shorter_one(stack: Stack) -> None:
    resident = Visitor(stack.address)
    fill_in(resident, MissedBin())
    root = resident.at.path.removesuffix("check/")
    where = resident.get(f"{root}where/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', where.html)
    assert token
    typed = {"place-address": "14 Otter Row", "place-postcode": "LS99 2AB", "left_at": "Beside the gate, not in it"}
    body = urlencode({"csrfmiddlewaretoken": token[1], **typed}).encode()
    head = f"POST {root}where/ HTTP/1.1\r\nHost: {urlsplit(stack.address).netloc}\r\nCookie: {resident.cookies}\r\n"
    head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    address = urlsplit(stack.address)
    with socket.create_connection((address.hostname or "", address.port or 0), timeout=30) as line:
        line.sendall(head.encode() + body[:-10])
        line.shutdown(socket.SHUT_WR)
        line.recv(100)
    assert "Beside the green gate" in resident.get(f"{root}where/").html


def test_a_stretch_and_the_end_that_come_twice_count_once(sender: Sender) -> None:
    upload = sender.begin()
    for _time in range(2):
        assert sender.append(upload, 0, PHOTO[:HALF]) == HALF
    for _time in range(2):
        assert sender.append(upload, HALF, PHOTO[HALF:]) == len(PHOTO)
    for _time in range(2):
        assert sender.form(f"{upload}/done/").status == 200
    assert sender.given == ["sofa.jpg"]


def test_the_end_that_comes_too_early_says_where_to_go_on(sender: Sender) -> None:
    upload = sender.begin()
    sender.append(upload, 0, PHOTO[:HALF])
    early = sender.form(f"{upload}/done/")
    assert (early.status, early.headers["Upload-Offset"]) == (409, str(HALF))
    sender.append(upload, HALF, PHOTO[HALF:])
    assert sender.form(f"{upload}/done/").status == 200


@pytest.fixture
def draft(cast: Cast, tmp_path: Path, settings: LazySettings) -> Draft:
    """A browser at a page that asks for photos, in this process, whose disk and scanner can fail."""
    use_folder(settings, tmp_path / "files", is_made=True)
    offer_service(SET_UP, organisation=cast.leeds, declaration=WITH_FILES)
    return Draft(Client(enforce_csrf_checks=True), cast.leeds)


def _fill_up(patch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    def write(file: Any, content: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    patch.setattr(folder, "_write", write)


def _turn_off_scanner(patch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.CLAMAV = f"127.0.0.1:{probe.getsockname()[1]}"


FAULTS: dict[str, tuple[Callable[[pytest.MonkeyPatch, LazySettings], None], int, str]] = {
    "no room": (_fill_up, 507, "What you entered is safe"),
    "no scanner": (_turn_off_scanner, 503, "try again"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("fault", FAULTS)
class TestWhatWeLack:
    def test_in_stretches_it_is_said_and_the_upload_goes_on_when_it_is_back(
        self, draft: Draft, fault: str, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
    ) -> None:
        breaks, status, words = FAULTS[fault]
        upload = draft.begin(len(PHOTO)).json()["upload"]
        draft.append(upload, 0, PHOTO)
        with monkeypatch.context() as patch:
            breaks(patch, settings)
            answer = draft.finish(upload)
            assert answer.status_code == status
            assert words.lower() in answer.json()["message"].lower()
            assert draft.names == []
        settings.CLAMAV = ""
        assert draft.finish(upload).status_code == 200
        assert draft.names == ["bin.jpg"]

    def test_by_the_form_it_is_said_beside_the_question_and_what_was_typed_stays(
        self, draft: Draft, fault: str, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
    ) -> None:
        breaks, _status, words = FAULTS[fault]
        with monkeypatch.context() as patch:
            breaks(patch, settings)
            answer = draft.add(("bin.jpg", PHOTO), more="typed")
            assert answer.status_code == 422
            assert words.lower() in answer.text.lower()
            assert 'value="typed"' in answer.text
            assert draft.names == []
        settings.CLAMAV = ""
        draft.add(("bin.jpg", PHOTO))
        assert draft.names == ["bin.jpg"]
