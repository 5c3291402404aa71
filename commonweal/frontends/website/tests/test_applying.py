"""A resident applies in a browser without JavaScript: nothing is lost, nothing is made twice, nobody else gets in."""

import re
from typing import Protocol
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.test import Client

from commonweal.capabilities.catalogue.actions import offer_service, withdraw_service
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks.now import today
from commonweal.foundations.scope.actors import Resident
from commonweal.frontends.holding import name_of
from commonweal.frontends.website.tests.typed import MISSED_COLLECTION, NAME, count_drafts, count_submissions, pages

START = "/leeds/missed-collection/"


class Answer(Protocol):
    """What the test browser got."""

    @property
    def content(self) -> bytes: ...


@pytest.fixture
def leeds(cast: Cast) -> int:
    """Leeds, which offers to report a missed collection."""
    offer_service(SET_UP, organisation=cast.leeds, declaration=MISSED_COLLECTION)
    return cast.leeds


@pytest.fixture
def browser() -> Client:
    """A browser that nobody has used before."""
    return Client()


def begin(browser: Client) -> str:
    """Go to the first page; the address of the draft's pages."""
    response = browser.get(f"{START}apply/")
    assert response.status_code == 302
    return response["Location"].removesuffix("bin/")


def answer_all(browser: Client) -> str:
    """Answer every page, as the pages lead on."""
    draft = begin(browser)
    where = f"{draft}bin/"
    for page, given in pages(today()).items():
        assert where == f"{draft}{page}/"
        where = browser.post(where, given)["Location"]
    assert where == f"{draft}check/"
    return draft


def sign_in(browser: Client, who: Resident) -> None:
    """A session as signing in leaves it."""
    assert who.account is not None
    account = get_user_model().objects.get(pk=who.account)
    session = browser.session
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(account.pk), account.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.save()


def text_of(response: Answer) -> str:
    return response.content.decode()


def cookie_of(draft: str) -> str:
    """The name of the cookie that proves who holds the draft at this address."""
    return name_of(UUID(draft.strip("/").rsplit("/", 1)[1]))


def reference_in(response: Answer) -> str:
    found = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]\b(?!-)", text_of(response))
    assert found
    return found[0]


def test_the_start_page_says_what_happens_to_what_you_tell(leeds: int, browser: Client) -> None:
    told = text_of(browser.get(START))
    assert "Report a missed bin collection" in told
    assert "Environmental Protection Act 1990, section 45" in told
    assert "part of our public task" in told
    assert "to address you" in told
    assert "2 years after we close it" in told
    assert "dpo@council.example" in told
    assert "{{" not in told


def test_the_start_page_is_told_in_welsh(leeds: int, browser: Client) -> None:
    browser.cookies["django_language"] = "cy"
    told = text_of(browser.get(START))
    assert "Rhoi gwybod am gasgliad bin a fethwyd" in told
    assert "Deddf Diogelu&#39;r Amgylchedd 1990" in told


def test_looking_makes_nothing(leeds: int, browser: Client) -> None:
    browser.get(START)
    response = browser.get(f"{START}apply/", follow=True)
    assert response.status_code == 200
    assert "Which bin was missed?" in text_of(response)
    assert count_drafts(leeds) == 0


def test_four_pages_a_look_and_a_receipt(leeds: int, browser: Client) -> None:
    draft = answer_all(browser)
    told = text_of(browser.get(f"{draft}check/"))
    assert "Rosa Márquez" in told
    assert "Recycling" in told
    assert "12 High Street<br>LS1 1UR" in told
    sent = browser.post(f"{draft}check/")
    assert sent["Location"] == f"{draft}done/"
    done = browser.get(f"{draft}done/")
    reference_in(done)
    assert "We have it" in text_of(done)
    assert "Rosa" not in text_of(done)


def test_the_receipt_opens_the_status_page(leeds: int, browser: Client) -> None:
    draft = answer_all(browser)
    browser.post(f"{draft}check/")
    done = browser.get(f"{draft}done/")
    secret = re.search(r">([A-Z0-9]{5}-[A-Z0-9]{5})<", text_of(done))
    assert secret
    status = browser.post("/leeds/status/", {"reference": reference_in(done), "secret": secret[1]})
    assert "Received" in text_of(status)


def test_sending_again_in_any_way_gives_the_same_receipt(leeds: int, browser: Client) -> None:
    draft = answer_all(browser)
    browser.post(f"{draft}check/")
    first = reference_in(browser.get(f"{draft}done/"))
    assert browser.post(f"{draft}check/")["Location"] == f"{draft}done/"
    assert reference_in(browser.get(f"{draft}check/", follow=True)) == first
    assert reference_in(browser.get(f"{draft}contact/", follow=True)) == first
    assert browser.post(f"{draft}bin/", {"bin": "food"})["Location"] == f"{draft}done/"
    assert (count_submissions(leeds), count_drafts(leeds)) == (1, 0)


def test_going_back_shows_what_was_answered(leeds: int, browser: Client) -> None:
    draft = answer_all(browser)
    assert re.search(r'value="recycling"[^>]*checked', text_of(browser.get(f"{draft}bin/")))
    where = text_of(browser.get(f"{draft}where/"))
    assert 'value="LS1 1UR"' in where
    assert "By the gate" in where
    assert f'href="{draft}due/"' in where


def test_a_change_returns_to_the_check(leeds: int, browser: Client) -> None:
    draft = answer_all(browser)
    assert f'href="{draft}bin/?change"' in text_of(browser.get(f"{draft}check/"))
    assert f'href="{draft}check/"' in text_of(browser.get(f"{draft}bin/?change"))
    assert browser.post(f"{draft}bin/?change", {"bin": "food"})["Location"] == f"{draft}check/"
    assert "Food waste" in text_of(browser.get(f"{draft}check/"))


def test_errors_say_what_to_do_and_keep_what_was_typed(leeds: int, browser: Client) -> None:
    draft = begin(browser)
    browser.post(f"{draft}bin/", {"bin": "food"})
    response = browser.post(f"{draft}contact/", {"name": "Rosa", "email": "rosa at home", "phone": "<b>"})
    told = text_of(response)
    assert response.status_code == 422
    assert "<title>Error: How can we reach you?" in " ".join(told.split())
    assert told.count("Enter an email address in the correct format") == 2
    assert 'href="#email"' in told
    assert 'value="rosa at home"' in told
    assert 'value="&lt;b&gt;"' in told


def test_twenty_megabytes_are_refused_in_words_and_lose_nothing(leeds: int, browser: Client) -> None:
    draft = begin(browser)
    browser.post(f"{draft}bin/", {"bin": "food"})
    for page, answered in (("where", ""), ("bin", "bin")):
        much = urlencode({**pages(today())[page], "left_at": "x" * 20_000_000})
        refused = browser.post(f"{draft}{page}/", much, "application/x-www-form-urlencoded")
        assert refused.status_code == 413
        assert "Go back, make what you send shorter and try again." in text_of(refused)
        assert ("checked" in text_of(browser.get(f"{draft}{page}/"))) is bool(answered)
    assert browser.post(f"{draft}where/", pages(today())["where"])["Location"] == f"{draft}contact/"


def test_errors_of_a_date_keep_its_parts(leeds: int, browser: Client) -> None:
    draft = begin(browser)
    browser.post(f"{draft}bin/", {"bin": "food"})
    told = text_of(browser.post(f"{draft}due/", {"due-day": "31", "due-month": "2", "due-year": "2026"}))
    assert "The date the bin was due must be a real date" in told
    assert 'value="31"' in told


def test_a_wrong_first_answer_makes_nothing(leeds: int, browser: Client) -> None:
    response = browser.post(f"{begin(browser)}bin/", {})
    assert "Select which bin was missed" in text_of(response)
    assert count_drafts(leeds) == 0


def test_the_first_answer_sent_twice_makes_one_draft(leeds: int, browser: Client) -> None:
    draft = begin(browser)
    for _time in range(2):
        assert browser.post(f"{draft}bin/", {"bin": "food"})["Location"] == f"{draft}due/"
    assert count_drafts(leeds) == 1


def test_a_skipped_page_is_asked_before_anything_is_sent(leeds: int, browser: Client) -> None:
    draft = begin(browser)
    browser.post(f"{draft}bin/", {"bin": "food"})
    assert browser.get(f"{draft}check/")["Location"] == f"{draft}due/"
    assert browser.post(f"{draft}check/")["Location"] == f"{draft}due/"


def test_two_applications_at_once_do_not_meet(leeds: int, browser: Client) -> None:
    first, second = begin(browser), begin(browser)
    browser.post(f"{first}bin/", {"bin": "food"})
    browser.post(f"{second}bin/", {"bin": "garden"})
    assert re.search(r'value="food"[^>]*checked', text_of(browser.get(f"{first}bin/")))
    assert re.search(r'value="garden"[^>]*checked', text_of(browser.get(f"{second}bin/")))


def test_the_address_alone_opens_nothing(leeds: int, browser: Client) -> None:
    draft = answer_all(browser)
    for page in ("bin", "contact", "check", "done"):
        response = Client().get(f"{draft}{page}/")
        assert response.status_code == 410
        assert "Rosa" not in text_of(response)
        assert "If you saved them, choose “Continue with saved answers” on the home page." in text_of(response)
    assert Client().post(f"{draft}check/").status_code == 410


def test_a_cookie_proves_one_draft_only(leeds: int, browser: Client) -> None:
    first, second = answer_all(browser), begin(Client())
    stranger = Client()
    stranger.cookies[cookie_of(first)] = stranger.cookies[cookie_of(second)] = browser.cookies[cookie_of(first)].value
    assert stranger.get(f"{first}check/").status_code == 200
    assert stranger.get(f"{second}bin/").status_code == 410


def test_after_signing_out_nobody_else_goes_on(leeds: int, cast: Cast, browser: Client) -> None:
    sign_in(browser, cast.rosa)
    draft = answer_all(browser)
    proof = browser.cookies[cookie_of(draft)].value
    browser.logout()
    browser.cookies[cookie_of(draft)] = proof
    response = browser.get(f"{draft}check/")
    assert response.status_code == 404
    assert "Sign in to continue" in text_of(response)


def test_what_is_sent_while_signed_in_is_among_their_applications(leeds: int, cast: Cast, browser: Client) -> None:
    sign_in(browser, cast.rosa)
    draft = answer_all(browser)
    browser.post(f"{draft}check/")
    reference = reference_in(browser.get(f"{draft}done/"))
    assert reference in text_of(browser.get("/leeds/your/"))


def test_pages_of_an_application_are_kept_nowhere(leeds: int, browser: Client) -> None:
    draft = answer_all(browser)
    for page in ("bin", "check"):
        assert browser.get(f"{draft}{page}/")["Cache-Control"] == "no-store"
    cookie = browser.cookies[cookie_of(draft)]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == draft
    assert not cookie["max-age"]


def test_what_was_begun_can_be_sent_after_the_service_was_withdrawn(leeds: int, browser: Client) -> None:
    draft = answer_all(browser)
    withdraw_service(SET_UP, organisation=leeds, name=NAME)
    assert browser.get(START).status_code == 404
    assert browser.post(f"{draft}check/")["Location"] == f"{draft}done/"


@pytest.mark.parametrize(
    "address", ["/fife/missed-collection/", "/leeds/missed_collection/", "/leeds/nothing/", "/x/y/"]
)
def test_what_is_not_offered_is_not_found(leeds: int, browser: Client, address: str) -> None:
    assert browser.get(address).status_code == 404
    assert browser.get(f"{address}apply/").status_code == 404


def test_every_page_is_told_in_welsh(leeds: int, browser: Client) -> None:
    browser.cookies["django_language"] = "cy"
    draft = answer_all(browser)
    assert "Pa fin a fethwyd?" in text_of(browser.get(f"{draft}bin/"))
    assert "Ailgylchu" in text_of(browser.get(f"{draft}check/"))
    browser.post(f"{draft}check/")
    assert "Mae eich adroddiad gennym" in text_of(browser.get(f"{draft}done/"))
