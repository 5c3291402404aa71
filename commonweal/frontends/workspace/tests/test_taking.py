"""A member of staff fills in a form for somebody on the phone; nobody else opens what they began."""

import re
from pathlib import Path

import pytest

import commonweal
from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks.now import today
from commonweal.frontends.workspace.tests.conftest import SignIn
from commonweal.frontends.workspace.tests.pages import case_at, text_of

ROUTED = (Path(commonweal.__file__).parent / "capabilities" / "forms" / "tests" / "routed.yaml").read_text()
NEW = "/workspace/leeds/new/"
PAGES = {
    "kind": {"is_animal": "no", "has_things": "no"},
    "whose": {"is_own": "yes"},
    "desk": {"seen": "yes"},
    "you": {"name": "Rosa Márquez", "email": "rosa@people.example"},
}


@pytest.fixture(autouse=True)
def offered(cast: Cast) -> None:
    offer_service(SET_UP, organisation=cast.leeds, declaration=ROUTED)


def test_a_form_is_taken_down_on_the_phone_and_its_receipt_read_out(cast: Cast, sign_in: SignIn) -> None:
    priya = sign_in(cast.priya)
    assert "On the phone" in priya.get(NEW).content.decode()
    begun = priya.post(NEW, {"begins": "lost_property:phone"})
    where = begun["Location"]
    root = where.removesuffix("kind/")
    for page, given in PAGES.items():
        assert where == f"{root}{page}/"
        shown = priya.get(where).content.decode()
        assert "You are filling this in for someone." in shown
        assert "Save and come back later" not in shown
        where = priya.post(where, given)["Location"]
    assert where == f"{root}check/"
    assert priya.post(where, {})["Location"] == f"{root}done/"
    assert "Secret code" in priya.get(f"{root}done/").content.decode()


def test_what_was_begun_is_ones_own(cast: Cast, sign_in: SignIn) -> None:
    priya = sign_in(cast.priya)
    where = priya.post(NEW, {"begins": "lost_property:counter"})["Location"]
    draft = where.split("/apply/")[1].split("/")[0]
    assert f"{NEW}{draft}/" in priya.get(NEW).content.decode()
    assert priya.get(f"{NEW}{draft}/")["Location"].endswith(f"{draft}/go-on/")
    tom = sign_in(cast.tom)
    assert draft not in tom.get(NEW).content.decode()
    assert tom.get(f"{NEW}{draft}/").status_code == 410
    assert tom.get(where).status_code in {404, 410}


def test_a_service_that_is_not_chosen_or_not_offered_so_is_told(cast: Cast, sign_in: SignIn) -> None:
    priya = sign_in(cast.priya)
    assert priya.post(NEW, {}).status_code == 422
    assert priya.post(NEW, {"begins": "lost_property:online"}).status_code == 422
    assert priya.post(NEW, {"begins": "lost_property:post"}).status_code == 404


def test_the_case_names_each_thing_how_it_came_and_who_took_it_down(cast: Cast, sign_in: SignIn) -> None:
    priya, day = sign_in(cast.priya), today()
    when = {"when-day": str(day.day), "when-month": str(day.month), "when-year": str(day.year)}
    where = priya.post(NEW, {"begins": "lost_property:phone"})["Location"]
    root = where.removesuffix("kind/")
    for page, given in (
        ("kind", {"is_animal": "no", "has_things": "yes"}),
        ("things/1", {"what": "An umbrella", **when}),
        ("things/2", {"what": "A hat", **when, "items-new": "yes"}),
        ("things/3", {"what": "A scarf", **when, "items-new": "yes"}),
        ("things", {"items-remove": "2"}),
        ("things", {"items-finish": "yes"}),
        ("whose", PAGES["whose"]),
        ("desk", PAGES["desk"]),
        ("you", PAGES["you"]),
        ("check", {}),
    ):
        assert priya.post(f"{root}{page}/", given).status_code == 302, page
    done = priya.get(f"{root}done/").content.decode()
    reference = re.findall(r"cw-code[^>]*>([0-9A-Z-]+)<", done)[0]
    shown = text_of(priya.get(case_at(reference)))
    assert "Thing 1: What is it? An umbrella" in shown
    assert "Thing 2: What is it? A scarf" in shown
    assert "A hat" not in shown
    assert "Received (on the phone)" in shown
    assert "Taken down by Priya Nair" in shown
