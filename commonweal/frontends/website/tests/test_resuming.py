"""Somebody saves, closes the browser, and goes on at another one where they left."""

import re

import pytest
from django.test import Client

from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.conftest import SET_UP, Cast
from commonweal.frontends.website.tests.typed import MISSED_COLLECTION

START = "/leeds/missed-collection/"
CODE = re.compile(r'cw-code">([B-Z2-9]{4}-[B-Z2-9]{4}-[B-Z2-9]|[B-Z2-9]{5}-[B-Z2-9]{5})<')


@pytest.fixture(autouse=True)
def offered(cast: Cast) -> None:
    offer_service(SET_UP, organisation=cast.leeds, declaration=MISSED_COLLECTION)


def begin(browser: Client) -> str:
    root = browser.get(f"{START}apply/")["Location"].removesuffix("bin/")
    browser.post(f"{root}bin/", {"bin": "recycling"})
    return str(root)


def save(browser: Client, root: str) -> tuple[str, str]:
    assert not CODE.search(browser.get(f"{root}save/").content.decode())
    assert browser.post(f"{root}save/")["Location"] == f"{root}save/"
    reference, secret = CODE.findall(browser.get(f"{root}save/").content.decode())
    return reference, secret


def test_another_device_goes_on_at_the_first_page_not_answered() -> None:
    browser, other = Client(), Client()
    root = begin(browser)
    assert "Save and come back later" in browser.get(f"{root}due/").content.decode()
    reference, secret = save(browser, root)
    assert other.get(f"{root}due/").status_code == 410
    answer = other.post("/leeds/resume/", {"reference": reference, "secret": secret})
    assert answer["Location"] == f"{root}due/"
    assert 'value="recycling" checked' in other.get(f"{root}bin/").content.decode()


def test_wrong_and_unknown_get_the_same_page_and_are_slowed_down() -> None:
    browser = Client()
    reference, _secret = save(browser, begin(browser))
    sent = {"secret": "BBBBB-BBBBB"}
    wrong, unknown = (
        Client().post("/leeds/resume/", sent | {"reference": named}).content.decode().replace(named, "")
        for named in (reference, "BCDF-2345-X")
    )
    without = re.compile(r'nonce="[^"]*"|csrfmiddlewaretoken" value="[^"]*"')
    assert without.sub("", wrong) == without.sub("", unknown)
    stranger = Client()
    answers = [stranger.post("/leeds/resume/", sent | {"reference": reference}).status_code for _time in range(6)]
    assert answers[-1] == 429


def test_the_mail_holds_neither_code_nor_answer() -> None:
    browser = Client()
    root = begin(browser)
    save(browser, root)
    assert browser.post(f"{root}save/", {"email": "rosa"}).status_code == 422
    assert browser.post(f"{root}save/", {"email": "rosa@people.example"})["Location"] == f"{root}save/?sent"
    assert "The link is on its way." in browser.get(f"{root}save/?sent").content.decode()
