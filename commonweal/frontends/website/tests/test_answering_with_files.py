"""Files that an applicant gives for what they are asked: by the form alone and in stretches, taken back, and once."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.keepers.routes import browser_of

from commonweal.capabilities.cases.actions.moving import move
from commonweal.capabilities.cases.queries.opening import case_page
from commonweal.conftest import SET_UP, Cast, receive_permit
from commonweal.foundations.files.models import StoredFile
from commonweal.foundations.files.tests.conftest import use_folder
from commonweal.foundations.files.tests.made import plain_photo
from commonweal.foundations.scope.scopes import read_scope


class Asked:
    """The page of what somebody is asked, in a browser of theirs."""

    def __init__(self, browser: Client, cast: Cast, reference: str) -> None:
        self.browser, self.cast, self.reference = browser, cast, reference
        self.address = f"/leeds/applications/{reference}/answer/"

    def post(self, *files: tuple[str, bytes], **given: str) -> Any:
        sent = [SimpleUploadedFile(name, content) for name, content in files]
        return self.browser.post(self.address, {**given, **({"files": sent} if sent else {})})

    def stretch(self, method: str, path: str = "", **options: Any) -> Any:
        return getattr(self.browser, method)(f"{self.address}files/{path}", **options)

    def append(self, upload: str, offset: int, data: bytes) -> Any:
        headers = {"Upload-Offset": str(offset)}
        sent = {"data": data, "content_type": "application/octet-stream", "headers": headers}
        return self.stretch("patch", f"{upload}/", **sent)

    def finish(self, upload: str) -> Any:
        return self.stretch("post", f"{upload}/done/", data={"question": "files"})

    @property
    def names(self) -> list[str]:
        return re.findall(r'" download>([^<]+)<', self.browser.get(self.address).text)

    @property
    def at_the_desk(self) -> list[str]:
        """What the case worker finds among the files of the case."""
        files = case_page(self.cast.priya, organisation=self.cast.leeds, reference=self.reference).files
        return [each.row.name for each in files if each.row]

    @property
    def stored(self) -> int:
        with read_scope(SET_UP, (self.cast.leeds,)):
            return StoredFile.objects.filter(organisation_id=self.cast.leeds).count()


@pytest.fixture(params=["account", "secret"])
def asked(request: pytest.FixtureRequest, cast: Cast, tmp_path: Path, settings: LazySettings) -> Asked:
    """Rosa is asked something: signed in, or by the reference and secret of an application without an account."""
    use_folder(settings, tmp_path / "files", is_made=True)
    receipt = receive_permit(cast)
    case = case_page(cast.priya, organisation=cast.leeds, reference=receipt.reference)
    usual: dict[str, Any] = {"organisation": cast.leeds, "case": case.id, "revision": case.revision}
    move(cast.priya, **usual, to="ask", question="May we see the gate?")
    browser = browser_of(cast.rosa) if request.param == "account" else Client()
    if request.param == "secret":
        browser.post("/leeds/status/", {"reference": receipt.reference, "secret": receipt.secret})
    return Asked(browser, cast, receipt.reference)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_what_was_given_can_be_looked_at(asked: Asked) -> None:
    asked.post(("gate.jpg", plain_photo()), **{"files-add": "files"})
    address = re.search(r'href="files/([^"]+/)" download', asked.browser.get(asked.address).text)
    assert address
    opened: Any = asked.stretch("get", address[1])
    assert b"".join(opened.streaming_content).startswith(b"\xff\xd8\xff")


@pytest.mark.django_db
def test_a_photo_alone_is_an_answer(asked: Asked) -> None:
    assert asked.post(("gate.jpg", plain_photo())).status_code == 302
    assert asked.at_the_desk == ["gate.jpg"]
    assert "We have your answer" in asked.browser.get(f"/leeds/applications/{asked.reference}/?done=answered").text


@pytest.mark.django_db
def test_sent_twice_it_is_one_photo_and_one_answer(asked: Asked) -> None:
    for _time in range(2):
        assert asked.post(("gate.jpg", plain_photo()), text="The green one").status_code == 302
    assert asked.at_the_desk == ["gate.jpg"]
    assert asked.stored == 1


@pytest.mark.django_db
def test_files_are_added_and_taken_back_before_the_answer_is_sent(asked: Asked) -> None:
    shown = asked.post(
        ("a.jpg", plain_photo("red")), ("b.jpg", plain_photo("blue")), text="Both", **{"files-add": "files"}
    )
    assert "Both</textarea>" in shown.text
    assert asked.names == ["a.jpg", "b.jpg"]
    first = re.search(r'name="files-remove" value="([^"]+)"', shown.text)
    assert first
    for _time in range(2):
        assert asked.post(text="Both", **{"files-remove": first[1]}).status_code == 200
    assert asked.names == ["b.jpg"]
    assert asked.stored == 1
    asked.post(text="The one")
    assert asked.post(text="x", **{"files-remove": first[1]}).status_code == 409
    assert asked.at_the_desk == ["b.jpg"]


@pytest.mark.django_db
def test_what_is_wrong_with_one_loses_neither_words_nor_the_other(asked: Asked) -> None:
    answer = asked.post(("a.exe", b"MZ\x90\0"), ("b.jpg", plain_photo()), text="The <green> one")
    assert answer.status_code == 422
    assert "We cannot take this type of file" in answer.text
    assert "The &lt;green&gt; one</textarea>" in answer.text
    too_long = asked.post(text="x" * 4_001)
    assert too_long.status_code == 422
    assert asked.names == ["b.jpg"]


@pytest.mark.django_db
def test_neither_words_nor_files_are_no_answer(asked: Asked) -> None:
    answer = asked.post(text=" ")
    assert answer.status_code == 422
    assert "Write your answer" in answer.text


@pytest.mark.django_db
def test_a_photo_arrives_in_stretches(asked: Asked) -> None:
    content = plain_photo("red", quality=95)
    begun = asked.stretch("post", data={"question": "files", "name": "gate.jpg", "size": len(content)})
    upload = begun.json()["upload"]
    asked.append(upload, 0, content[:100])
    assert asked.append(upload, 300, content[300:])["Upload-Offset"] == "100"
    assert asked.stretch("head", f"{upload}/")["Upload-Offset"] == "100"
    asked.append(upload, 100, content[100:])
    for _time in range(2):
        assert "gate.jpg" in asked.finish(upload).text
    assert asked.stretch("delete", f"{upload}/").status_code == 204
    assert asked.names == ["gate.jpg"]
    asked.post(text="")
    assert asked.at_the_desk == ["gate.jpg"]


@pytest.mark.django_db
def test_nothing_is_taken_once_nothing_is_asked(asked: Asked) -> None:
    asked.post(text="The green one")
    assert asked.stretch("post", data={"question": "files", "name": "a.jpg", "size": 10}).status_code == 400
    assert asked.post(("late.jpg", plain_photo()), text="Another").status_code == 409
    assert asked.stored == 0


@pytest.mark.django_db
def test_nobody_else_gives_any(asked: Asked, cast: Cast) -> None:
    stranger = Asked(browser_of(cast.sam), cast, asked.reference)
    assert stranger.post(("a.jpg", plain_photo()), text="x")["Location"].startswith("/leeds/status/")
    begun = stranger.stretch("post", data={"question": "files", "name": "a.jpg", "size": 10})
    assert begun["Location"].startswith("/leeds/status/")
    assert asked.stored == 0
