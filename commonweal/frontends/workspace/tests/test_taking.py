"""A member of staff fills in a form for somebody on the phone; nobody else opens what they began."""

from pathlib import Path

import pytest

import commonweal
from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.conftest import SET_UP, Cast
from commonweal.frontends.workspace.tests.conftest import SignIn

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
        assert "You are filling this in for somebody." in shown
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
