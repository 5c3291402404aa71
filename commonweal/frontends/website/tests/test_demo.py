"""The demonstration's own pages, and that they exist nowhere else."""

import pytest
from django.test import Client
from pytest_django import Settings

from commonweal.capabilities.identity.actions import accounts
from commonweal.conftest import SET_UP, Cast
from commonweal.frontends import demo_people
from commonweal.frontends.demo_people import PASSWORD, PEOPLE, NotADemonstration, demo_accounts, prepare_sign_in


def test_the_sign_ins_are_shown_with_their_codes(cast: Cast, client: Client) -> None:
    person = PEOPLE[0]
    account = accounts.register_account(SET_UP, email=person.email, password=PASSWORD, is_demo=True)
    prepare_sign_in(person, account)
    shown = {each.person: each for each in demo_accounts()}[person]
    page = client.get("/demo/").text
    assert person.email in page
    assert PASSWORD in page
    assert shown.code in page
    assert shown.secret not in page


def test_a_secret_is_the_same_each_time_and_another_elsewhere(settings: Settings) -> None:
    one = demo_people.totp_secret(PEOPLE[0])
    assert one == demo_people.totp_secret(PEOPLE[0])
    settings.SECRET_KEY = "another installation"
    assert one != demo_people.totp_secret(PEOPLE[0])


def test_the_inbox_shows_what_a_council_would_have_sent(cast: Cast, client: Client) -> None:
    assert "No message has been written yet" in client.get("/demo/inbox/", {"from": "leeds"}).text


def test_a_sender_that_cannot_be_is_not_found(cast: Cast, client: Client) -> None:
    assert client.get("/demo/inbox/?from=%00").status_code == 404


def test_outside_a_demonstration_none_of_it_exists(client: Client, settings: Settings, db: None) -> None:
    settings.DEMO = False
    assert client.get("/demo/").status_code == 404
    assert client.get("/demo/inbox/").status_code == 404
    with pytest.raises(NotADemonstration):
        demo_accounts()
