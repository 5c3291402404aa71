"""Asking about one's information, with and without an account, and following it until it is answered."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from commonweal.capabilities.cases.actions.opening import Receipt
from commonweal.capabilities.protection.actions.clarifying import ask_to_clarify
from commonweal.capabilities.protection.actions.timing import ask_evidence
from commonweal.capabilities.protection.queries.requests import request_page
from commonweal.conftest import Cast
from commonweal.foundations.clocks.now import SetClock, at
from commonweal.frontends.workspace.tests.pages import text_of

NEW = "/leeds/your/requests/new/"
OPEN_TO_ALL = "/leeds/information-rights/"
JOAN = {"name": "Joan Bright", "contact": "joan@people.example", "authority": "self"}


@pytest.fixture(autouse=True)
def clock(db: None) -> Iterator[SetClock]:
    """Noon on Monday 23 November 2026, until it is moved."""
    with at(datetime(2026, 11, 23, 12, tzinfo=UTC)) as clock:
        yield clock


def submission_of(page: Any) -> str:
    return str(re.search(r'name="submission" value="([^"]+)"', page.content.decode())[1])  # type: ignore[index]


def send(client: Client, address: str, kind: str, **given: str) -> Any:
    where = f"{address}?kind={kind}"
    return client.post(where, {"submission": submission_of(client.get(where)), **given}, follow=True)


def reference_in(page: Any) -> str:
    return str(re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]\b", text_of(page))[0])


def without_account(cast: Cast, **given: str) -> tuple[str, str]:
    """Joan asks for a copy; the reference and secret of her receipt."""
    page = send(Client(), OPEN_TO_ALL, "access", **{**JOAN, **given})
    secret = re.search(r"Secret code (\S+)", text_of(page))[1]  # type: ignore[index]
    return reference_in(page), secret


class TestSignedIn:
    def test_a_copy_is_asked_for_and_followed(self, cast: Cast, rosa: Client) -> None:
        page = send(rosa, NEW, "access", words="The letters of 2025")
        for words in ("We have your request", "By Wednesday 23 December 2026", "The letters of 2025"):
            assert words in text_of(page)
        assert "We received the request on Monday 23 November 2026." in text_of(page)
        listed = text_of(rosa.get("/leeds/your/requests/"))
        assert f"{reference_in(page)} Get a copy of your information" in listed

    def test_before_erasure_it_is_said_kindly_what_it_means_and_what_else_helps(self, cast: Cast, rosa: Client) -> None:
        """Practice: most council processing is public task, so erasure often does not apply."""
        page = rosa.get(f"{NEW}?kind=erasure").content.decode()
        assert page.index("We cannot erase that while we need it") < page.index("<textarea")
        for kind in ("rectification", "restriction", "objection"):
            assert page.index(f'href="{NEW}?kind={kind}"') < page.index("<textarea")

    def test_what_is_missing_is_asked_for_and_nothing_is_lost(self, cast: Cast, rosa: Client) -> None:
        page = send(rosa, NEW, "rectification", words="", authority="parent", on_behalf_of="Ben <B>")
        assert page.status_code == 422
        assert "Tell us what you mean, in your own words" in text_of(page)
        assert "Ben &lt;B&gt;" in page.content.decode()

    def test_what_we_ask_is_answered_and_the_clock_goes_on(self, cast: Cast, rosa: Client, clock: SetClock) -> None:
        reference = reference_in(send(rosa, NEW, "access"))
        ask_to_clarify(
            cast.olu, organisation=cast.leeds, reference=reference, why="large_amount", text="Which <years>?"
        )
        clock.advance(timedelta(days=2))
        address = f"/leeds/your/requests/{reference}/"
        assert "The time has been stopped since 23 November 2026" in text_of(rosa.get(address))
        assert "Which <years>?" in text_of(rosa.get(f"{address}answer/"))
        assert rosa.post(f"{address}answer/", {"text": " "}).status_code == 422
        page = rosa.post(f"{address}answer/", {"text": "From 2024 on"}, follow=True)
        for words in ("We have your answer", "From 2024 on", "By Tuesday 29 December 2026", "do not count: 3"):
            assert words in text_of(page)
        again = rosa.post(f"{address}answer/", {"text": "Once more"}, follow=True)
        assert "Once more" not in text_of(again)

    def test_it_is_taken_back_after_being_asked_once(self, cast: Cast, rosa: Client) -> None:
        reference = reference_in(send(rosa, NEW, "erasure"))
        address = f"/leeds/your/requests/{reference}/withdraw/"
        assert "Do you want to withdraw this request?" in text_of(rosa.get(address))
        assert "You withdrew it" in text_of(rosa.post(address, follow=True))
        assert rosa.post(address).status_code == 302

    def test_nobody_follows_anothers(self, cast: Cast, rosa: Client) -> None:
        reference, _secret = without_account(cast)
        for page in ("", "answer/", "withdraw/"):
            answer = rosa.get(f"/leeds/your/requests/{reference}/{page}")
            assert answer["Location"] == f"/leeds/status/?reference={reference}"


class TestWithoutAnAccount:
    def test_anybody_asks_for_anybody_and_gets_a_receipt(self, cast: Cast) -> None:
        given = {"authority": "parent", "on_behalf_of": "Ben Bright"}
        reference, secret = without_account(cast, **given)
        assert len(secret.replace("-", "")) == 10
        page = request_page(cast.olu, organisation=cast.leeds, reference=reference)
        assert (page.name, page.on_behalf_of, page.has_account) == ("Joan Bright", "Ben Bright", False)

    def test_the_receipt_leads_to_the_page_and_back_to_us(self, cast: Cast, client: Client) -> None:
        reference, secret = without_account(cast)
        ask_evidence(cast.olu, organisation=cast.leeds, reference=reference, text="Your <passport>, please")
        page = client.post("/leeds/status/", {"reference": reference, "secret": secret}, follow=True)
        assert "Your <passport>, please" in text_of(page)
        answer = f"/leeds/your/requests/{reference}/answer/"
        assert "You can show it at one of our counters" in text_of(client.get(answer))
        client.post(answer, {"text": "I come on Friday"})
        steps = request_page(cast.olu, organisation=cast.leeds, reference=reference).steps
        assert steps[-1].text == "I come on Friday"

    def test_a_wrong_secret_and_an_unknown_reference_are_the_same_bytes(
        self, cast: Cast, client: Client, receipt: Receipt
    ) -> None:
        reference, _secret = without_account(cast)
        answers = []
        for typed in (reference, receipt.reference, "BCDF-2345-X"):
            page = client.post("/leeds/status/", {"reference": typed, "secret": "XXXXX-XXXXX"})
            told = page.content.decode().replace(typed, "")
            answers.append((page.status_code, re.sub(r'(nonce="|csrfmiddlewaretoken" value=")[^"]+', "", told)))
        assert answers[0] == answers[1] == answers[2]

    def test_guessing_is_slowed_down(self, cast: Cast, client: Client) -> None:
        reference, _secret = without_account(cast)
        statuses = [
            client.post("/leeds/status/", {"reference": reference, "secret": f"GUESS-{n}"}).status_code
            for n in range(7)
        ]
        assert statuses == [422] * 5 + [429] * 2

    def test_a_source_makes_so_many_in_an_hour_and_loses_nothing_it_typed(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("commonweal.frontends.website.amounts.MOST_REQUESTS", 1)
        without_account(cast)
        page = send(Client(), OPEN_TO_ALL, "access", **JOAN)
        assert page.status_code == 429
        assert "or ask us by phone, by post or in person." in text_of(page)
        assert 'value="Joan Bright"' in page.content.decode()
        assert send(Client(REMOTE_ADDR="192.0.2.7"), OPEN_TO_ALL, "access", **JOAN).status_code == 200

    def test_what_is_filled_in_wrongly_shuts_nobody_out(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        """A library is one source with many people, and some of them forget a field."""
        monkeypatch.setattr("commonweal.frontends.website.amounts.MOST_REQUESTS", 2)
        for wrong in ({"name": ""}, {"contact": " "}, {"authority": "parent", "on_behalf_of": ""}):
            assert send(Client(), OPEN_TO_ALL, "access", **{**JOAN, **wrong}).status_code == 422
        assert Client().post(f"{OPEN_TO_ALL}?kind=access", JOAN).status_code == 400
        made = [send(Client(), OPEN_TO_ALL, "access", **JOAN).status_code for _person in range(3)]
        assert made == [200, 200, 429]

    def test_sent_twice_it_is_one_request(self, cast: Cast) -> None:
        browser, where = Client(), f"{OPEN_TO_ALL}?kind=access"
        given = {"submission": submission_of(browser.get(where)), **JOAN}
        first, second = (text_of(browser.post(where, given)) for _twice in range(2))
        assert first == second

    def test_whoever_is_signed_in_asks_as_themselves(self, cast: Cast, rosa: Client) -> None:
        assert rosa.get(f"{OPEN_TO_ALL}?kind=erasure")["Location"] == f"{NEW}?kind=erasure"
