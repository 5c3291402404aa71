"""A form that routes, in a browser without JavaScript: every way leads on, and back to check."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

import commonweal
from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks import now as clock
from commonweal.foundations.clocks.now import today

START = "/leeds/lost-property/"
ROUTED = (Path(commonweal.__file__).parent / "capabilities" / "forms" / "tests" / "routed.yaml").read_text()
DOG = {"is_animal": "yes", "has_things": "no"}
THINGS = {"is_animal": "no", "has_things": "yes"}
NEITHER = {"is_animal": "no", "has_things": "no"}
UMBRELLA, HAT = {"what": "An umbrella"}, {"what": "A hat"}
YOU = {"name": "Rosa Márquez", "email": "rosa@people.example"}
OWNER = {"owner_name": "Ines Márquez", "owner_job": "Baker"}


def lately(thing: dict[str, str]) -> dict[str, str]:
    day = today()
    return thing | {"when-day": str(day.day), "when-month": str(day.month), "when-year": str(day.year)}


class Walker:
    """Somebody with a browser, at a draft of the form."""

    def __init__(self) -> None:
        self.browser = Client()
        self.root = self.browser.get(f"{START}apply/")["Location"].removesuffix("kind/")

    def post(self, page: str, given: dict[str, str]) -> str:
        """Where the page leads on to, from the root of the draft."""
        response = self.browser.post(f"{self.root}{page}", given)
        assert response.status_code == 302, response.content.decode()
        return str(response["Location"]).removeprefix(self.root)

    def read(self, page: str) -> str:
        response = self.browser.get(f"{self.root}{page}")
        assert response.status_code == 200, response["Location"] if response.has_header("Location") else response
        return str(response.content.decode())

    def led_to(self, page: str) -> str:
        """Where somebody is sent who asks for a page."""
        response = self.browser.get(f"{self.root}{page}")
        assert response.status_code == 302
        return str(response["Location"]).removeprefix(self.root)

    def fill_in(self) -> None:
        """The shortest way to the check page."""
        assert self.post("kind/", NEITHER) == "whose/"
        assert self.post("whose/", {"is_own": "yes"}) == "you/"
        assert self.post("you/", YOU) == "check/"


@pytest.fixture
def rosa(cast: Cast) -> Walker:
    offer_service(SET_UP, organisation=cast.leeds, declaration=ROUTED)
    return Walker()


def test_the_pages_lead_on_by_what_was_answered(rosa: Walker) -> None:
    rosa.fill_in()
    told = rosa.read("check/")
    assert "Rosa Márquez" in told
    assert "What is it?" not in told
    assert "Nothing: there is no fee." in told


def test_a_change_that_opens_a_page_leads_there_and_back_to_check(rosa: Walker) -> None:
    rosa.fill_in()
    assert "whose/?change" in rosa.read("check/")
    assert rosa.post("whose/?change", {"is_own": "no"}) == "owner/?change"
    assert rosa.post("owner/?change", OWNER) == "check/"
    assert rosa.post("whose/?change", {"is_own": "no"}) == "check/"
    assert "Ines Márquez" in rosa.read("check/")


def test_pages_that_are_not_asked_lead_on(rosa: Walker) -> None:
    rosa.post("kind/", NEITHER)
    for page in ("things/", "things/1/", "owner/", "desk/", "check/"):
        assert rosa.led_to(page) == "whose/"
    rosa.fill_in()
    assert rosa.led_to("owner/") == "check/"
    assert rosa.browser.get(f"{rosa.root}nothing/").status_code == 404


def test_a_page_that_asks_only_staff_takes_no_tampered_answer(rosa: Walker) -> None:
    rosa.fill_in()
    rosa.post("desk/", {"seen": "yes"})
    assert "Did you see proof" not in rosa.read("check/")


class TestThings:
    @pytest.fixture(autouse=True)
    def begun(self, rosa: Walker) -> None:
        assert rosa.post("kind/", THINGS) == "things/1/"
        assert rosa.post("things/1/", lately(UMBRELLA)) == "things/"

    def test_each_thing_is_shown_added_changed_and_removed(self, rosa: Walker) -> None:
        shown = rosa.read("things/")
        assert "Thing 1" in shown
        assert "An umbrella" in shown
        assert f'href="{rosa.root}things/2/"' in shown
        assert 'name="items-new"' in rosa.read("things/2/")
        assert rosa.post("things/2/", lately(HAT)) == "things/"
        assert rosa.post("things/2/", lately(HAT) | {"what": "A cap"}) == "things/"
        assert "A cap" in rosa.read("things/")
        assert rosa.post("things/", {"items-remove": "1"}) == "things/"
        assert "An umbrella" not in rosa.read("things/")
        assert rosa.post("things/", {"items-finish": "yes"}) == "whose/"

    def test_a_wrong_thing_is_asked_again_with_all_that_was_typed(self, rosa: Walker) -> None:
        response = rosa.browser.post(f"{rosa.root}things/2/", lately(HAT) | {"what": "", "when-day": "31a"})
        assert response.status_code == 422
        told = response.content.decode()
        assert "Enter what it is" in told
        assert 'value="31a"' in told

    def test_from_check_they_are_changed_and_added_and_one_comes_back(self, rosa: Walker) -> None:
        assert rosa.post("things/", {"items-finish": "yes"}) == "whose/"
        rosa.post("whose/", {"is_own": "yes"})
        rosa.post("you/", YOU)
        told = rosa.read("check/")
        assert "£2.50</strong>, for keeping it, paid when you collect it." in told
        assert "things/1/?change" in told
        assert rosa.post("things/1/?change", lately(HAT)) == "check/"
        assert rosa.post("things/2/?change", lately(UMBRELLA) | {"items-new": "yes"}) == "things/?change"
        assert rosa.post("things/?change", {"items-finish": "yes"}) == "check/"
        assert "£5.00" in rosa.read("check/")
        assert rosa.post("check/", {}) == "done/"
        assert "£5.00" in rosa.read("done/")

    def test_the_fourth_is_not_offered(self, rosa: Walker) -> None:
        for item in ("2", "3"):
            rosa.post(f"things/{item}/", lately(HAT))
        assert "You can add up to 3 here." in rosa.read("things/")
        assert rosa.led_to("things/4/") == "things/"
        assert rosa.post("things/4/", lately(HAT)) == "things/"


class TestExits:
    def test_an_exit_says_whom_to_speak_to_and_lets_one_apply_anyway(self, rosa: Walker) -> None:
        assert rosa.post("kind/", DOG) == "kind/exit/animal/"
        told = rosa.read("kind/exit/animal/")
        assert "Call the warden on 01632 960 010." in told
        assert "Apply anyway" in told
        assert rosa.led_to("check/") == "kind/exit/animal/"
        assert rosa.post("kind/exit/animal/", {}) == "whose/"
        assert rosa.post("kind/", DOG) == "whose/"

    def test_an_exit_met_by_a_change_leads_back_to_check(self, rosa: Walker) -> None:
        rosa.fill_in()
        assert rosa.post("kind/?change", DOG) == "kind/exit/animal/?change"
        assert rosa.post("kind/exit/animal/?change", {}) == "check/"

    def test_an_exit_that_does_not_hold_leads_on(self, rosa: Walker) -> None:
        rosa.post("kind/", NEITHER)
        assert rosa.led_to("kind/exit/animal/") == "whose/"
        assert rosa.post("kind/exit/animal/", {}) == "whose/"


def test_two_windows_and_the_back_button_lose_nothing(rosa: Walker) -> None:
    rosa.post("kind/", NEITHER)
    rosa.post("whose/", {"is_own": "no"})
    other = rosa.read("owner/")
    rosa.post("whose/", {"is_own": "yes"})
    assert "Their full name" in other
    assert rosa.post("owner/", OWNER) == "you/"
    rosa.post("whose/", {"is_own": "no"})
    assert "Ines Márquez" in rosa.read("owner/")


def test_a_draft_goes_on_under_the_version_it_began_with(rosa: Walker, cast: Cast) -> None:
    rosa.post("kind/", NEITHER)
    newer = ROUTED.replace("    shown_when: answers.is_own == false\n", "").replace("Whose it is", "Who owns it")
    offer_service(SET_UP, organisation=cast.leeds, declaration=newer)
    assert rosa.post("whose/", {"is_own": "yes"}) == "you/"
    assert Walker().post("kind/", NEITHER) == "whose/"


def test_what_expired_says_so(rosa: Walker) -> None:
    rosa.post("kind/", NEITHER)
    with clock.at(clock.now()) as hands:
        hands.advance(timedelta(days=22))
        response = rosa.browser.get(f"{rosa.root}whose/")
    assert response.status_code == 410
    assert re.search("Your answers are not here", response.content.decode())
