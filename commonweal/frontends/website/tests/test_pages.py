"""The platform's and the councils' own pages."""

import re
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.test import Client
from pytest_django import Settings

from commonweal.capabilities.cases.actions.opening import Receipt
from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.capabilities.organisations import actions as organisations
from commonweal.conftest import SET_UP, Cast


def test_the_home_page_shows_open_councils(cast: Cast, client: Client) -> None:
    page = client.get("/").text
    assert all(f'href="/{slug}/"' in page for slug in ("leeds", "cardiff", "fife"))
    assert 'href="/adur/"' not in page


def test_any_council_is_found_by_its_full_name(cast: Cast, client: Client) -> None:
    page = client.get("/", {"council": "Adur District Council"}).text
    assert 'href="/adur/"' in page
    assert 'href="/leeds/"' not in page


def test_a_council_that_is_not_open_says_so_and_who_is(cast: Cast, client: Client) -> None:
    page = client.get("/adur/").text
    assert "Adur District Council does not offer services here yet" in page
    assert page.index("Leeds City Council") < page.index("City of Cardiff Council")


@pytest.mark.parametrize("path", ["status/", "your/", "your/claim/", "your/openings/"])
def test_no_page_of_a_closed_council_opens(path: str, rosa: Client) -> None:
    assert rosa.get(f"/adur/{path}").headers["Location"] == "/adur/"


def test_an_unknown_council_is_a_clear_404(cast: Cast, client: Client) -> None:
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "We cannot find that council" in answer.text


def test_a_council_lists_what_it_offers(leeds: int, client: Client) -> None:
    assert "/leeds/missed-collection/" in client.get("/leeds/").text


@pytest.mark.parametrize("path", ["/privacy/", "/accessibility/", "/account/login/", "/account/signup/"])
@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_page_opens_in_both_languages(path: str, language: str, cast: Cast, client: Client) -> None:
    client.cookies["django_language"] = language
    answer = client.get(path)
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.text


def test_health_is_told_by_the_database(client: Client, db: None) -> None:
    assert (client.get("/healthz").status_code, client.get("/healthz").text) == (200, "ok")


def test_the_demonstration_is_not_indexed(client: Client, settings: Settings, db: None) -> None:
    assert "Disallow: /\n" in client.get("/robots.txt").text
    settings.DEMO = False
    assert "Disallow: /account/\n" in client.get("/robots.txt").text


def test_the_status_page_shows_stage_and_dates_but_no_answers(receipt: Receipt, client: Client) -> None:
    page = client.post("/leeds/status/", {"reference": receipt.reference, "secret": receipt.secret.lower()}).text
    assert receipt.reference in page
    assert "High Street" not in page
    assert "Márquez" not in page
    assert receipt.secret not in page


def test_a_wrong_secret_and_an_unknown_reference_look_the_same(receipt: Receipt, client: Client) -> None:
    wrong = client.post("/leeds/status/", {"reference": receipt.reference, "secret": "BCDFG-HJKLM"})
    unknown = client.post("/leeds/status/", {"reference": "BCDF-2345-X", "secret": "BCDFG-HJKLM"})
    pages = [
        without_tokens(answer.text).replace(typed, "")
        for answer, typed in ((wrong, receipt.reference), (unknown, "BCDF-2345-X"))
    ]
    assert (wrong.status_code, pages[0]) == (unknown.status_code, pages[1])


def test_guessing_is_slowed_down_with_the_right_secret_too(receipt: Receipt, client: Client) -> None:
    for _time in range(5):
        client.post("/leeds/status/", {"reference": receipt.reference, "secret": "BCDFG-HJKLM"})
    answer = client.post("/leeds/status/", {"reference": receipt.reference, "secret": receipt.secret})
    assert answer.status_code == 429


def test_what_is_missing_is_asked_for(cast: Cast, client: Client) -> None:
    answer = client.post("/leeds/status/", {"reference": "BCDF-2345-X", "secret": ""})
    assert answer.status_code == 422
    assert "Enter your secret code" in answer.text
    assert 'value="BCDF-2345-X"' in answer.text


def test_an_application_is_claimed_with_its_secret_and_then_shown(receipt: Receipt, rosa: Client) -> None:
    assert receipt.reference not in rosa.get("/leeds/your/").text
    claimed = rosa.post("/leeds/your/claim/", {"reference": receipt.reference, "secret": receipt.secret}, follow=True)
    assert "was added to your account" in claimed.text
    assert receipt.reference in claimed.text


def test_a_wrong_secret_claims_nothing(receipt: Receipt, rosa: Client) -> None:
    answer = rosa.post("/leeds/your/claim/", {"reference": receipt.reference, "secret": "BCDFG-HJKLM"})
    assert answer.status_code == 422
    assert receipt.reference not in rosa.get("/leeds/your/").text


@pytest.mark.parametrize("path", ["/leeds/your/", "/leeds/your/claim/", "/leeds/your/openings/", "/account/"])
def test_what_is_personal_needs_a_sign_in_and_comes_back(path: str, cast: Cast, client: Client) -> None:
    assert client.get(path).headers["Location"] == f"/account/login/?next={path}"


def test_personal_pages_stay_nowhere(rosa: Client) -> None:
    for path in ("/", "/leeds/", "/leeds/your/", "/leeds/your/openings/", "/account/"):
        assert rosa.get(path).headers["Cache-Control"] == "no-store"


def without_tokens(page: str) -> str:
    """The page without what is random in every page: the form's token and the nonces."""
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", page)


def _start_of(client: Client, organisation: int, service: str) -> str:
    for team in ("Adult social care", "Blue Badges"):
        organisations.add_team(SET_UP, organisation=organisation, name=team)
    text = (Path(configured.SERVICES) / service / "service.yaml").read_text()
    offer_service(SET_UP, organisation=organisation, declaration=text)
    return client.get(f"/leeds/{service.replace('_', '-')}/").text


def test_before_one_starts_a_service_says_what_it_costs_and_that_it_asks_for_files(cast: Cast, client: Client) -> None:
    page = _start_of(client, cast.leeds, "bulky_waste")
    assert "It costs £25 for up to 3 items and £5 for each extra item." in page
    assert "We may ask for a file" in page
    assert "Only the staff who deal with it" not in page


def test_before_one_starts_a_restricted_service_says_who_can_see_it(cast: Cast, client: Client) -> None:
    page = _start_of(client, cast.leeds, "care_referral")
    assert "Only the staff who deal with it can see that you sent this." in page
    assert "It costs" not in page
    assert "We may ask for a file" not in page


def test_before_one_starts_it_is_said_for_how_long_one_may_come_back(cast: Cast, client: Client) -> None:
    page = _start_of(client, cast.leeds, "blue_badge")
    assert "It costs £10 for a badge (£20 in Scotland, nothing in Wales), to be paid when we issue it." in page
    assert "You can save your answers and come back within 28 days." in page
