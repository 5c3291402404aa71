"""Somebody adds photos to a form: on a poor line, without scripts, on a narrow screen; nothing is lost or doubled."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Route, expect

from tests.journeys.conftest import Seat
from tests.journeys.residents import Resident

PHOTO, NAME = "A photo of it (optional)", "sofa.jpg"


def photo(name: str = NAME, *, side: int = 40) -> FilePayload:
    """A photo as a phone gives it; with a long side it is some megabytes large."""
    written = BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(written, "JPEG", quality=95)
    return {"name": name, "mimeType": "image/jpeg", "buffer": written.getvalue()}


class Giver(Resident):
    """Somebody at the page of a form that asks for photos."""

    def comes_to_the_photos(self) -> None:
        self.opens("/leeds/bulky-waste/apply/")
        self.chooses("Sofa or armchair")
        draft = self.path.rpartition("/apply/")[2].partition("/")[0]
        self.goes_on()
        self.opens(f"/leeds/bulky-waste/apply/{draft}/where/")

    def picks(self, *files: FilePayload) -> None:
        self.page.get_by_label(PHOTO).set_input_files(list(files))

    def sees_given(self, *names: str) -> None:
        """These files are listed, in this order."""
        expect(self.page.locator("[data-upload-given] li a")).to_have_text(list(names))

    def removes(self, name: str) -> None:
        self.presses(f"Remove {name}")


@pytest.fixture(params=[{}, {"java_script_enabled": False}, {"viewport": {"width": 320, "height": 800}}])
def giver(request: pytest.FixtureRequest, seat: Seat) -> Giver:
    someone = seat(Giver, **request.param)
    if not request.param.get("java_script_enabled", True):
        someone.checks.clear()  # axe is a script itself
    someone.comes_to_the_photos()
    return someone


def test_photos_are_added_and_removed(giver: Giver) -> None:
    giver.fills("Where you will put it", "By the gate")
    giver.picks(photo("front.jpg"), photo("back.jpg", side=50))
    if giver.page.get_by_role("button", name="Add the files you chose").is_visible():
        giver.presses("Add the files you chose")
    giver.sees_given("front.jpg", "back.jpg")
    giver.removes("front.jpg")
    giver.sees_given("back.jpg")
    giver.sees_filled_in("Where you will put it", "By the gate")
    giver.goes_on()
    giver.sees("There is a problem")
    giver.sees_given("back.jpg")


class TestOnAPoorLine:
    @pytest.fixture
    def giver(self, seat: Seat) -> Giver:
        someone = seat(Giver)
        someone.comes_to_the_photos()
        return someone

    def test_a_lost_connection_is_waited_for_and_the_photo_goes_on_where_it_was(self, giver: Giver) -> None:
        sent: list[str] = []

        def drop(route: Route) -> None:
            request = route.request
            if request.method != "PATCH":
                return route.continue_()
            sent.append(request.headers["upload-offset"])
            return route.abort() if len(sent) in {2, 3} else route.continue_()

        giver.page.route("**/files/**", drop)
        giver.picks(photo(side=1500))
        expect(giver.page.locator("progress")).to_be_visible()
        expect(giver.page.locator("[data-upload-travelling]")).to_contain_text("The connection was lost")
        giver.sees_given(NAME)
        assert sent[0] == "0"
        assert len(set(sent)) > 2
        assert sent[1] == sent[2] == sent[3] != "0"

    def test_an_upload_is_cancelled(self, giver: Giver) -> None:
        giver.page.route(
            "**/files/*/", lambda route: route.abort() if route.request.method == "PATCH" else route.continue_()
        )
        giver.picks(photo())
        giver.page.get_by_role("button", name=f"Cancel {NAME}").click()
        expect(giver.page.locator("[data-upload-travelling] li")).to_have_count(0)
        giver.reloads()
        giver.sees_given()

    def test_what_is_wrong_is_said_and_the_others_are_kept(self, giver: Giver) -> None:
        wrong: FilePayload = {"name": "sofa.exe", "mimeType": "image/jpeg", "buffer": b"MZ\x90\0"}
        giver.picks(wrong, photo())
        giver.sees_given(NAME)
        expect(giver.page.get_by_role("alert").filter(has_text="We cannot take this type of file")).to_be_visible()

    def test_going_on_waits_for_the_photo(self, giver: Giver) -> None:
        giver.page.route(
            "**/files/*/", lambda route: route.abort() if route.request.method == "PATCH" else route.continue_()
        )
        giver.picks(photo())
        giver.page.get_by_role("button", name="Continue").last.click()
        expect(giver.page.get_by_role("alert").filter(has_text="Wait until the files are uploaded")).to_be_visible()
