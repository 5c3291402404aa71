"""Files in a form: by the form alone and in stretches; what is wrong is told, and nothing given before is lost."""

import tempfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks.now import today
from commonweal.foundations.files.models import StoredFile
from commonweal.foundations.files.sweeping import sweep
from commonweal.foundations.files.tests.conftest import use_folder
from commonweal.foundations.files.tests.made import HEIC, PDF, plain_photo
from commonweal.foundations.scope.scopes import read_scope
from commonweal.frontends.website.tests.typed import WITH_FILES, pages


@pytest.fixture
def vault(tmp_path: Path, settings: LazySettings) -> Path:
    use_folder(settings, tmp_path / "files", is_made=True)
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "nowhere")
    return tmp_path / "files"


@pytest.fixture
def draft(cast: Cast, vault: Path) -> "Draft":
    """A browser at the page that asks for photos."""
    offer_service(SET_UP, organisation=cast.leeds, declaration=WITH_FILES)
    return Draft(Client(enforce_csrf_checks=True), cast.leeds)


class Draft:
    """Somebody who fills in the form with an ordinary browser."""

    def __init__(self, browser: Client, leeds: int) -> None:
        self.browser, self.leeds = browser, leeds
        first: Any = browser.get("/leeds/missed-collection/apply/")
        self.root = first["Location"].removesuffix("bin/")
        for page, given in pages(today()).items():
            self.post(given, page)
        self.page: Any = self.browser.get(f"{self.root}proof/")

    def token(self) -> str:
        found = self.browser.get(f"{self.root}bin/").text
        return found.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]

    def post(self, given: Mapping[str, Any], page: str = "proof", token: str | None = None) -> Any:
        self.page = self.browser.post(
            f"{self.root}{page}/", {"csrfmiddlewaretoken": self.token() if token is None else token, **given}
        )
        return self.page

    def add(self, *files: tuple[str, bytes], question: str = "photos", **given: Any) -> Any:
        sent = [SimpleUploadedFile(name, content) for name, content in files]
        return self.post({question: sent, "files-add": question, **given})

    @property
    def names(self) -> list[str]:
        """The files that the page lists."""
        text = self.browser.get(f"{self.root}proof/").text
        return [part.partition("<")[0] for part in text.split('/" download>')[1:]]

    @property
    def stored(self) -> int:
        with read_scope(SET_UP, (self.leeds,)):
            return StoredFile.objects.count()

    # --- as the script does

    def script(self, method: str, path: str, **options: Any) -> Any:
        headers = {"X-CSRFToken": self.token(), **options.pop("headers", {})}
        return getattr(self.browser, method)(f"{self.root}files/{path}", headers=headers, **options)

    def begin(self, size: int, name: str = "bin.jpg", question: str = "photos") -> Any:
        return self.script("post", "", data={"page": "proof", "question": question, "name": name, "size": size})

    def append(self, upload: str, offset: int, data: bytes) -> Any:
        return self.script(
            "patch",
            f"{upload}/",
            data=data,
            content_type="application/octet-stream",
            headers={"Upload-Offset": str(offset)},
        )

    def finish(self, upload: str, question: str = "photos") -> Any:
        return self.script("post", f"{upload}/done/", data={"page": "proof", "question": question})


@pytest.mark.django_db
class TestByTheFormAlone:
    def test_several_photos_at_once_are_listed_and_removed_one_by_one(self, draft: Draft) -> None:
        draft.add(("front.jpg", plain_photo("red")), ("back.jpg", plain_photo("blue")))
        assert draft.names == ["front.jpg", "back.jpg"]
        file = draft.page.text.partition('name="files-remove" value="')[2].partition('"')[0]
        draft.post({"files-remove": file, "more": "kept"})
        assert draft.names == ["back.jpg"]
        assert 'value="kept"' in draft.page.text

    def test_continuing_keeps_what_was_chosen_and_names_it_at_the_end(self, draft: Draft) -> None:
        answer = draft.post({"photos": [SimpleUploadedFile("bin.jpg", plain_photo())]})
        assert answer.status_code == 302
        assert "bin.jpg" in draft.browser.get(f"{draft.root}check/").text

    def test_the_same_form_sent_twice_keeps_one(self, draft: Draft) -> None:
        for _time in range(2):
            draft.add(("bin.jpg", plain_photo()))
        assert draft.names == ["bin.jpg"]
        assert draft.stored == 1

    def test_a_mistake_elsewhere_keeps_the_photo_and_what_was_typed(self, draft: Draft) -> None:
        answer = draft.post({"photos": [SimpleUploadedFile("bin.jpg", plain_photo())], "more": "x" * 30})
        assert answer.status_code == 422
        assert "x" * 30 in answer.text
        assert draft.names == ["bin.jpg"]

    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("a.pdf", PDF, "This must be a photo"),
            ("a.exe", b"MZ\x90\0", "We cannot take this type of file"),
            ("a.jpg", plain_photo()[:200], "damaged"),
            ("a.jpg", plain_photo() + PDF, "two kinds of file in one"),
            ("a.jpg", b"", "empty"),
        ],
    )
    def test_what_is_wrong_is_told_beside_the_question(
        self, draft: Draft, name: str, content: bytes, words: str
    ) -> None:
        draft.add(("good.jpg", plain_photo("red")))
        answer = draft.add((name, content), ("fine.jpg", plain_photo("blue")), more="typed")
        assert answer.status_code == 422
        assert words in answer.text
        assert 'value="typed"' in answer.text
        assert draft.names == ["good.jpg", "fine.jpg"]
        assert draft.stored == 2

    def test_a_file_above_the_limit(self, draft: Draft, settings: LazySettings) -> None:
        settings.FILES_MOST_BYTES = 1_000_000
        answer = draft.add(("a.jpg", b"\xff\xd8\xff" + b"x" * 1_100_000), ("fine.jpg", plain_photo()))
        assert "larger than 1 MB" in answer.text
        assert draft.names == ["fine.jpg"]

    def test_more_than_a_form_may_hold_is_refused_unread(self, draft: Draft, settings: LazySettings) -> None:
        settings.FILES_MOST_BYTES = 100_000
        answer = draft.add(*((f"{number}.jpg", b"x" * 600_000) for number in range(5)))
        assert answer.status_code == 413
        assert "one at a time" in answer.text

    def test_adding_nothing_asks_to_choose(self, draft: Draft) -> None:
        assert "Choose a file, then add it" in draft.post({"files-add": "photos"}).text

    def test_without_the_forms_token_nothing_is_kept(self, draft: Draft, vault: Path) -> None:
        answer = draft.post({"photos": [SimpleUploadedFile("bin.jpg", plain_photo())]}, token="wrong")
        assert answer.status_code == 403
        assert draft.stored == 0

    def test_a_field_that_asks_for_no_file_gets_none(self, draft: Draft) -> None:
        draft.post({"more": SimpleUploadedFile("bin.jpg", plain_photo())})
        assert draft.stored == 0

    def test_no_file_lies_in_the_clear_nor_in_a_temporary_folder(
        self, draft: Draft, vault: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made: list[object] = []
        for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp", "SpooledTemporaryFile"):
            monkeypatch.setattr(tempfile, name, lambda *all_, _name=name, **named: made.append(_name))
        canary = b"CANARY-" * 400_000
        draft.add(("canary.pdf", PDF.replace(b"%%EOF", canary + b"\n%%EOF")), question="papers")
        assert made == []
        lying = [path.read_bytes() for path in vault.rglob("*") if path.is_file()]
        assert sum(map(len, lying)) > len(canary)
        assert not any(b"CANARY-" in content for content in lying)


@pytest.mark.django_db
class TestInStretches:
    def test_a_photo_arrives_piece_by_piece_and_is_taken_up_after_a_break(self, draft: Draft) -> None:
        content = plain_photo("red", quality=95)
        upload = draft.begin(len(content)).json()["upload"]
        assert draft.append(upload, 0, content[:100])["Upload-Offset"] == "100"
        assert draft.script("head", f"{upload}/")["Upload-Offset"] == "100"
        lost = draft.append(upload, 300, content[300:])
        assert (lost.status_code, lost["Upload-Offset"]) == (409, "100")
        draft.append(upload, 100, content[100:])
        for _time in range(2):
            assert "bin.jpg" in draft.finish(upload).text
        assert draft.names == ["bin.jpg"]

    def test_what_is_wrong_is_a_sentence(self, draft: Draft) -> None:
        upload = draft.begin(len(PDF), "a.pdf").json()["upload"]
        draft.append(upload, 0, PDF)
        answer = draft.finish(upload)
        assert answer.status_code == 422
        assert "This must be a photo" in answer.json()["message"]

    def test_a_cancelled_upload_is_forgotten_and_a_given_file_is_not(self, draft: Draft) -> None:
        draft.add(("bin.jpg", plain_photo()))
        given = draft.page.text.partition('name="files-remove" value="')[2].partition('"')[0]
        upload = draft.begin(1000).json()["upload"]
        for file in (upload, given):
            assert draft.script("delete", f"{file}/").status_code == 204
        assert draft.script("head", f"{upload}/").status_code == 404
        assert draft.names == ["bin.jpg"]

    def test_only_the_holder_goes_on(self, draft: Draft, cast: Cast) -> None:
        upload = draft.begin(1000).json()["upload"]
        other = Draft(Client(enforce_csrf_checks=True), cast.leeds)
        assert other.append(upload, 0, b"x").status_code == 404
        assert other.script("head", f"{upload}/").status_code == 404

    @pytest.mark.parametrize("size", ["", "-1", "many", "9" * 13])
    def test_nonsense_is_refused(self, draft: Draft, size: Any) -> None:
        assert draft.begin(size).status_code == 400

    def test_too_many_in_an_hour(self, draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("commonweal.frontends.website.amounts.MOST_OF_DRAFT", 2)
        answers = [draft.begin(10).status_code for _time in range(3)]
        assert answers == [201, 201, 429]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_phone_photo_comes_back_as_a_jpeg_without_its_place(draft: Draft) -> None:
    draft.add(("IMG_0001.HEIC", HEIC))
    assert draft.names == ["IMG_0001.HEIC.jpg"]
    file = draft.page.text.partition('name="files-remove" value="')[2].partition('"')[0]
    answer: Any = draft.browser.get(f"{draft.root}files/{file}/")
    content = b"".join(answer.streaming_content)
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"SecretCam" not in content
    assert not Image.open(BytesIO(content)).getexif()


@pytest.mark.django_db
def test_the_sweep_leaves_what_was_given(draft: Draft) -> None:
    draft.add(("bin.jpg", plain_photo()))
    sweep()
    assert draft.names == ["bin.jpg"]
