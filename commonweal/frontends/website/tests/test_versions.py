"""A service changes while people are in the middle of it: each finishes on the version they began under."""

import pytest
from django.test import Client

from commonweal.capabilities.catalogue.actions import keep_draft, make_live, make_live_again, withdraw_service
from commonweal.capabilities.catalogue.queries.services import service
from commonweal.conftest import Appoint, Cast
from commonweal.foundations.clocks.now import today
from commonweal.foundations.scope.actors import Staff, Visitor
from commonweal.frontends.website.tests.typed import MISSED_COLLECTION, NAME, count_submissions, pages

BEGIN = "/leeds/missed-collection/apply/"
EXTRA = """\
  - key: colour
    title: {en: What colour is it, cy: Pa liw ydyw}
    questions:
      - {key: colour, type: text, label: {en: What colour is it, cy: Pa liw ydyw}, called: {en: It, cy: Ef},
         if_missing: {en: Enter a colour, cy: Nodwch liw}, holds: nothing_personal}
"""
ASKS_MORE = MISSED_COLLECTION.replace("  - key: contact\n", f"{EXTRA}  - key: contact\n", 1).replace(
    "We have your report and are checking it", "We have your report of a colour and are checking it"
)


@pytest.fixture
def dee(leeds: int, appoint: Appoint) -> Staff:
    """A service designer of Leeds, where missed collections can be reported."""
    return appoint("Dee Walker", "service_designer")


def ask_more(dee: Staff, leeds: int) -> None:
    keep_draft(dee, organisation=leeds, name=NAME, text=ASKS_MORE)
    make_live(dee, organisation=leeds, name=NAME, seen=1, seen_live=1)


def begin(browser: Client) -> str:
    return browser.get(BEGIN)["Location"].removesuffix("bin/")


def go_on(browser: Client, form: str, given: dict[str, dict[str, str]]) -> str:
    """Answer these pages; the address that the last leads to."""
    where = ""
    for page, typed in given.items():
        where = browser.post(f"{form}{page}/", typed)["Location"]
    return where


def test_two_versions_at_once_are_each_finished_as_they_were_begun(dee: Staff, leeds: int) -> None:
    before, after = Client(), Client()
    answers = {page: dict(typed) for page, typed in pages(today()).items()}
    old = begin(before)
    go_on(before, old, {"bin": answers["bin"]})
    ask_more(dee, leeds)
    new = begin(after)

    assert go_on(before, old, {page: answers[page] for page in ("due", "where", "contact")}) == f"{old}check/"
    assert "What colour" not in before.get(f"{old}check/").content.decode()
    receipt = before.get(before.post(f"{old}check/")["Location"]).content.decode()
    assert "We have your report and are checking it" in receipt

    assert go_on(after, new, {page: answers[page] for page in ("bin", "due", "where")}) == f"{new}colour/"
    assert go_on(after, new, {"colour": {"colour": "Green"}, "contact": answers["contact"]}) == f"{new}check/"
    receipt = after.get(after.post(f"{new}check/")["Location"]).content.decode()
    assert "We have your report of a colour" in receipt
    assert count_submissions(leeds) == 2


def test_a_form_is_finished_although_its_service_was_withdrawn_and_taken_up_again(dee: Staff, leeds: int) -> None:
    browser = Client()
    answers = {page: dict(typed) for page, typed in pages(today()).items()}
    form = begin(browser)
    go_on(browser, form, {"bin": answers["bin"]})
    ask_more(dee, leeds)
    withdraw_service(dee, organisation=leeds, name=NAME)
    assert Client().get(BEGIN).status_code == 404
    assert go_on(browser, form, {page: answers[page] for page in ("due", "where", "contact")}) == f"{form}check/"
    make_live_again(dee, organisation=leeds, name=NAME, number=1, seen_live=0)
    assert service(Visitor(), organisation=leeds, name=NAME).number == 3
    assert browser.post(f"{form}check/")["Location"] == f"{form}done/"


def test_a_page_that_the_version_begun_under_does_not_have_is_not_there(dee: Staff, leeds: int, cast: Cast) -> None:
    browser = Client()
    form = begin(browser)
    go_on(browser, form, {"bin": {"bin": "food"}})
    ask_more(dee, leeds)
    assert browser.get(f"{form}colour/").status_code == 404
    assert browser.post(f"{form}colour/", {"colour": "Green"}).status_code == 404
