"""Signing in: who gets where, what stays in the session, what is written to people."""

import json
import re
from uuid import UUID

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client, RequestFactory
from pytest_django import Settings

from commonweal.capabilities.identity.actions import accounts
from commonweal.capabilities.identity.errors import AccountExists, NotStaff
from commonweal.capabilities.messages.queries import MessageRow, demo_inbox
from commonweal.conftest import Cast
from commonweal.foundations.scope.actors import Visitor
from commonweal.foundations.scope.scopes import PLATFORM
from commonweal.frontends import who
from commonweal.frontends.demo_people import prepare_sign_in, totp_secret
from commonweal.frontends.website.accounts import views
from commonweal.frontends.website.demo import READER
from commonweal.frontends.website.tests.conftest import PASSWORD, PRIYA, ROSA

NEW = {"email": "new@people.example", "password1": "three purple kettles"}


def code_now() -> str:
    _before, step, _after = yield_hotp_counters_from_time()
    return str(format_hotp_value(hotp_value(totp_secret(PRIYA), step)))


def letters() -> tuple[MessageRow, ...]:
    return demo_inbox(READER, organisation=PLATFORM)


def code_in_letter() -> str:
    found = re.search(r"[A-Z0-9]+-[A-Z0-9]+", letters()[0].body)
    assert found
    return found.group()


def sign_in_priya(cast: Cast, client: Client, *, code: str | None = None) -> str:
    prepare_sign_in(PRIYA, cast.priya.account)
    client.post("/account/login/", {"login": PRIYA.email, "password": PASSWORD})
    return client.post("/account/second-step/code/", {"code": code or code_now()}).headers.get("Location", "")


def test_a_resident_comes_back_to_the_page_they_asked_for(rosa: Client) -> None:
    rosa.post("/account/logout/")
    answer = rosa.post("/account/login/?next=/leeds/your/", {"login": ROSA.email, "password": PASSWORD})
    assert answer.headers["Location"] == "/leeds/your/"


def test_nobody_is_led_to_another_site(rosa: Client) -> None:
    rosa.post("/account/logout/")
    answer = rosa.post("/account/login/?next=//evil.example/", {"login": ROSA.email, "password": PASSWORD})
    assert answer.headers["Location"] == "/account/"


def test_staff_need_their_code_and_land_at_their_desk(cast: Cast, client: Client) -> None:
    assert sign_in_priya(cast, client, code="000000") == ""
    assert "_auth_user_id" not in client.session
    assert sign_in_priya(cast, client) == "/workspace/"


def test_the_second_factor_of_this_session_reaches_the_actor(cast: Cast, client: Client) -> None:
    sign_in_priya(cast, client)
    request = RequestFactory().get("/")
    request.session, request.user = client.session, get_user_model().objects.get(pk=cast.priya.account)
    assert who.staff(request, cast.leeds) == cast.priya
    with pytest.raises(NotStaff):
        who.staff(request, cast.cardiff)
    request.session = {}  # type: ignore[assignment]
    assert not who.staff(request, cast.leeds).has_second_factor


def test_the_session_keeps_no_address(cast: Cast, client: Client) -> None:
    sign_in_priya(cast, client)
    assert PRIYA.email not in json.dumps(dict(client.session))


def test_signing_out_leaves_nothing(rosa: Client) -> None:
    answer = rosa.post("/account/logout/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not rosa.session.keys()


def test_a_wrong_password_is_told_without_saying_which_was_wrong(rosa: Client) -> None:
    rosa.post("/account/logout/")
    pages = [
        rosa.post("/account/login/", {"login": login, "password": "wrong wrong wrong"}).text
        for login in (ROSA.email, "nobody@people.example")
    ]
    assert all("The email address or the password is not right" in page for page in pages)


def test_guessing_passwords_is_slowed_down(rosa: Client) -> None:
    rosa.post("/account/logout/")
    for _time in range(5):
        rosa.post("/account/login/", {"login": ROSA.email, "password": "wrong wrong wrong"})
    answer = rosa.post("/account/login/", {"login": ROSA.email, "password": PASSWORD})
    assert "Too many attempts" in answer.text


def test_a_new_account_is_confirmed_by_the_code_in_its_letter(cast: Cast, client: Client) -> None:
    assert client.post("/account/signup/?next=/leeds/your/", NEW).headers["Location"] == "/account/confirm-email/"
    assert letters()[0].recipient == NEW["email"]
    answer = client.post("/account/confirm-email/", {"code": code_in_letter()})
    assert answer.headers["Location"] == "/leeds/your/"
    assert EmailAddress.objects.get(email=NEW["email"]).verified
    assert NEW["email"] not in json.dumps(dict(client.session))


@pytest.mark.parametrize("is_confirmed", [True, False])
def test_signing_up_with_an_address_that_has_an_account_opens_nothing(
    is_confirmed: bool, cast: Cast, client: Client
) -> None:
    assert cast.rosa.account
    if is_confirmed:
        prepare_sign_in(ROSA, cast.rosa.account)
    before = get_user_model().objects.count()
    answer = client.post("/account/signup/", NEW | {"email": ROSA.email}, follow=True)
    assert "Check your email" in answer.text
    assert "_auth_user_id" not in client.session
    assert [letter.subject for letter in letters()] == ["You already have an account"]
    assert get_user_model().objects.count() == before
    assert get_user_model().objects.get(pk=cast.rosa.account).check_password(PASSWORD)


def test_of_two_that_sign_up_at_once_with_an_address_neither_learns_whether_it_had_an_account(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_account = accounts.open_account

    def open_second(actor: Visitor, *, email: str, password: str) -> UUID:
        open_account(actor, email=email, password="three green kettles")
        return open_account(actor, email=email, password=password)

    monkeypatch.setattr(accounts, "open_account", open_second)
    answer = client.post("/account/signup/", NEW)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/confirm-email/")
    assert get_user_model().objects.get(email=NEW["email"]).check_password("three green kettles")


def test_signing_up_takes_the_same_work_whether_or_not_there_is_an_account(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed = []
    encode = MD5PasswordHasher.encode

    def count(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", count)
    for email in (ROSA.email, NEW["email"]):
        hashed.clear()
        Client().post("/account/signup/", NEW | {"email": email})
        assert hashed == [NEW["password1"]]


def test_an_address_that_got_an_account_meanwhile_is_refused(cast: Cast) -> None:
    assert cast.rosa.account
    with pytest.raises(AccountExists):
        accounts.open_account(Visitor(), email=ROSA.email.upper(), password=NEW["password1"])
    assert get_user_model().objects.get(pk=cast.rosa.account).check_password(PASSWORD)


def test_a_letter_leads_to_our_address_whatever_host_was_asked(cast: Cast, client: Client, settings: Settings) -> None:
    settings.ADDRESS, settings.ALLOWED_HOSTS = "https://services.example", ["*"]
    client.post("/account/signup/", NEW | {"email": ROSA.email}, headers={"host": "evil.example"})
    assert "https://services.example/account/" in letters()[0].body
    assert "evil" not in letters()[0].body


def test_a_password_is_set_anew_with_the_code_in_the_letter(rosa: Client) -> None:
    rosa.post("/account/logout/")
    rosa.post("/account/password/reset/", {"email": ROSA.email})
    rosa.post("/account/password/reset/code/", {"code": code_in_letter()})
    both = {"password1": "three purple kettles", "password2": "three purple kettles"}
    answer = rosa.post("/account/password/reset/new/", both, follow=True)
    assert "Your new password is set" in answer.text
    assert letters()[0].subject == "Your password was changed"
    assert rosa.post("/account/login/", {"login": ROSA.email, "password": both["password1"]}).status_code == 302


def test_asking_for_a_code_does_not_tell_who_has_an_account(rosa: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    rosa.post("/account/logout/")
    pages, moments = [], iter([0.0, 0.1, 1.0, 1.02])
    waited: list[float] = []
    monkeypatch.setattr(views, "monotonic", lambda: next(moments))
    monkeypatch.setattr(views, "sleep", waited.append)
    for email in (ROSA.email, "nobody@people.example"):
        page = rosa.post("/account/password/reset/", {"email": email}, follow=True)
        pages.append((page.status_code, "If " in page.text, page.redirect_chain))
    assert waited == pytest.approx([0.3, 0.38]), "the answer takes as long whether or not a letter was written"
    assert pages[0] == pages[1]
    assert len(letters()) == 1


def test_what_is_wrong_is_said_in_our_words(cast: Cast, client: Client) -> None:
    page = client.post("/account/signup/", {"email": "nonsense", "password1": "password12"}).text
    assert "Enter an email address like name@example.com" in page
    assert "Too many people use this password" in page
    assert "password12" not in page


def test_an_address_longer_than_any_is_told_and_not_an_error_page(cast: Cast, client: Client) -> None:
    """RFC 5321, 4.5.3.1.3: a path has 256 characters with its brackets."""
    for longest, said in ((254, False), (255, True)):
        email = f"rosa@{'people.' * 40}"[: longest - 8] + ".example"
        page = Client().post("/account/signup/", NEW | {"email": email}, follow=True)
        assert page.status_code == 200
        assert ("This is too long" in page.text) is said


def test_second_factors_are_not_kept_in_the_clear(cast: Cast, client: Client) -> None:
    prepare_sign_in(PRIYA, cast.priya.account)
    held = Authenticator.objects.get(user=cast.priya.account, type=Authenticator.Type.TOTP)
    assert totp_secret(PRIYA) not in json.dumps(held.data)


def test_no_flow_of_the_package_is_routed_that_we_do_not_show(client: Client, db: None) -> None:
    for path in ("/account/email/", "/account/second-step/"):
        assert client.get(path).headers["Location"] == "/account/"
    for path in ("/accounts/login/", "/account/password/set/", "/account/login/code/", "/account/2fa/"):
        assert client.get(path).status_code == 404
