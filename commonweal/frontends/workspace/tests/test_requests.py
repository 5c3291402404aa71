"""Requests about people's information at the desk: taken down by anybody, dealt with by the officer."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonweal.capabilities.protection.actions.requests import Asked, make_request
from commonweal.conftest import Cast
from commonweal.foundations.clocks.now import SetClock, at
from commonweal.foundations.scope.actors import Visitor
from commonweal.frontends.workspace.tests.conftest import Report, SignIn
from commonweal.frontends.workspace.tests.pages import LEEDS, next_page, text_of

REQUESTS = f"{LEEDS}protection/requests/"
NEW = f"{LEEDS}requests/new/"


@pytest.fixture
def clock() -> Iterator[SetClock]:
    """Noon on Monday 23 November 2026, until it is moved."""
    with at(datetime(2026, 11, 23, 12, tzinfo=UTC)) as clock:
        yield clock


@pytest.fixture
def written(cast: Cast, clock: SetClock) -> Asked:
    """Joan, who has no account, asks for a copy."""
    said = {"kind": "access", "name": "Joan Bright", "contact": "joan@people.example", "words": "All of <it>"}
    return make_request(Visitor(), organisation=cast.leeds, **said)  # type: ignore[arg-type]


def submission_of(page: Any) -> str:
    return str(re.search(r'name="submission" value="([^"]+)"', page.content.decode())[1])  # type: ignore[index]


def do(client: Client, asked: Asked, act: str, **given: str) -> Any:
    return client.post(f"{REQUESTS}{asked.reference}/do/{act}/", given, follow=True)


class TestTakingDown:
    def test_three_fields_are_enough_and_the_receipt_is_read_out(self, cast: Cast, sign_in: SignIn) -> None:
        tom = sign_in(cast.tom)
        given = {
            "kind": "erasure",
            "name": "Joan, 01632 960 002",
            "channel": "phone",
            "submission": submission_of(tom.get(NEW)),
        }
        taken = tom.post(NEW, given)
        (reference,) = re.findall(r'<strong class="cw-code">([^<]+)', taken.content.decode())
        assert text_of(taken) == text_of(tom.post(NEW, given))
        assert f"{reference} Erasure" in text_of(sign_in(cast.olu).get(REQUESTS))

    def test_what_is_missing_is_told_and_nothing_is_lost(self, cast: Cast, sign_in: SignIn) -> None:
        tom = sign_in(cast.tom)
        submission = submission_of(tom.get(NEW))
        day = {"received_on-day": "1", "received_on-month": "3", "received_on-year": "2026"}
        page = tom.post(NEW, {"kind": "access", "name": "Joan", "channel": "", "submission": submission})
        assert page.status_code == 422
        assert "Choose how the request arrived" in text_of(page)
        assert 'value="Joan"' in page.content.decode()
        given = {"kind": "access", "name": "Joan", "channel": "post", "submission": submission, **day}
        page = tom.post(NEW, given)
        assert "Say why you are only recording it now" in text_of(page)
        assert '<details class="govuk-details" open>' in page.content.decode()
        assert submission_of(page) == submission

    def test_what_no_form_of_ours_sends_is_refused(self, cast: Cast, sign_in: SignIn) -> None:
        assert sign_in(cast.tom).post(NEW, {"kind": "access", "submission": "x"}).status_code == 400


class TestTheList:
    def test_the_overdue_come_first_and_say_so_in_words(
        self, cast: Cast, sign_in: SignIn, clock: SetClock, written: Asked
    ) -> None:
        clock.advance(timedelta(days=32))
        later = make_request(cast.tom, organisation=cast.leeds, kind="access", name="Sam", channel="phone")
        words = text_of(sign_in(cast.olu).get(REQUESTS))
        assert "Overdue by 2 days" in words
        assert words.index(written.reference) < words.index(later.reference)

    def test_it_is_read_page_by_page(self, cast: Cast, sign_in: SignIn, clock: SetClock) -> None:
        for number in range(27):
            make_request(cast.tom, organisation=cast.leeds, kind="access", name=f"Sam {number}", channel="phone")
        olu = sign_in(cast.olu)
        first = olu.get(REQUESTS)
        second = olu.get(next_page(first))
        seen = [re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]", text_of(page)) for page in (first, second)]
        assert (len(seen[0]), len(seen[1])) == (25, 2)
        assert len({*seen[0], *seen[1]}) == 27
        assert olu.get(REQUESTS, {"after": "nonsense"}).status_code == 200

    def test_it_asks_as_often_for_many_as_for_one(
        self, cast: Cast, sign_in: SignIn, written: Asked, django_assert_num_queries: Any
    ) -> None:
        olu = sign_in(cast.olu)
        olu.get(REQUESTS)
        with CaptureQueriesContext(connection) as one:
            olu.get(REQUESTS)
        for number in range(9):
            make_request(cast.tom, organisation=cast.leeds, kind="erasure", name=f"Sam {number}", channel="phone")
        with django_assert_num_queries(len(one)):
            olu.get(REQUESTS)

    def test_nobody_else_sees_it(self, cast: Cast, sign_in: SignIn, written: Asked) -> None:
        for address in (REQUESTS, f"{REQUESTS}{written.reference}/"):
            assert sign_in(cast.priya).get(address).status_code == 403
            assert sign_in(cast.huw).get(address).status_code == 404


class TestOneRequest:
    def test_it_shows_what_is_asked_and_until_when(self, cast: Cast, sign_in: SignIn, written: Asked) -> None:
        page = text_of(sign_in(cast.olu).get(f"{REQUESTS}{written.reference}/"))
        for words in ("All of <it>", "Joan Bright", "joan@people.example", "Wednesday 23 December 2026"):
            assert words in page
        assert "What to do next Find the person" in page

    def test_the_person_is_found_masked_and_chosen(
        self, cast: Cast, sign_in: SignIn, written: Asked, report: Report
    ) -> None:
        case = report(name="Joan Bright")
        olu, address = sign_in(cast.olu), f"{REQUESTS}{written.reference}/person/"
        found = olu.post(address, {"q": "joan bright"})
        assert f"Joan B… {case}" in text_of(found)
        assert "Joan B… " in text_of(olu.post(address, {"q": case}))
        assert "Nobody was found" in text_of(olu.post(address, {"q": "Zebedee"}))
        person = re.search(r'name="person" value="([^"]+)"', found.content.decode())[1]  # type: ignore[index]
        page = olu.post(address, {"person": person}, follow=True)
        assert "The request is about this person now" in text_of(page)
        assert olu.post(address, {"person": "x"}).status_code == 400
        assert "Nobody was found" in text_of(olu.post(address, {"q": "\x00"}))

    def test_clarification_stops_the_clock_and_shows_both_dates(
        self, cast: Cast, sign_in: SignIn, clock: SetClock, written: Asked
    ) -> None:
        olu = sign_in(cast.olu)
        page = do(olu, written, "clarify", why="large_amount", text="Which years?")
        assert "Waiting for their answer" in text_of(page)
        assert "They have no account, so we tell them by email" in text_of(page)
        assert "Stopped" in text_of(olu.get(REQUESTS))
        clock.advance(timedelta(days=14))
        day = {"came_on-day": "6", "came_on-month": "12", "came_on-year": "2026"}
        page = do(sign_in(cast.olu), written, "clarified", text="All years", **day)
        assert "Tuesday 5 January 2027" in text_of(page)
        assert "In law it ends on Wednesday 6 January 2027" in text_of(page)

    def test_too_late_to_extend_is_told_and_loses_nothing(
        self, cast: Cast, sign_in: SignIn, clock: SetClock, written: Asked
    ) -> None:
        clock.advance(timedelta(days=31))
        page = do(sign_in(cast.olu), written, "extend", why="complexity", text="Three <archives>")
        assert page.status_code == 409
        assert "It is too late to extend this" in text_of(page)
        assert "Three <archives>" in text_of(page)

    def test_a_refusal_without_reasons_is_asked_again(self, cast: Cast, sign_in: SignIn, written: Asked) -> None:
        olu = sign_in(cast.olu)
        page = do(olu, written, "refuse", why="unknown", text="")
        assert page.status_code == 422
        assert "Give the reasons" in text_of(page)
        page = do(olu, written, "refuse", why="unknown", text="You did not answer.")
        for words in ("Refused", "You did not answer.", "court"):
            assert words in text_of(page)
        assert written.reference in text_of(olu.get(REQUESTS, {"closed": ""}))

    def test_what_there_is_not_is_not_found(self, cast: Cast, sign_in: SignIn, written: Asked) -> None:
        olu = sign_in(cast.olu)
        assert do(olu, written, "nonsense").status_code == 404
        assert olu.get(f"{REQUESTS}BCDF-2345-X/").status_code == 404
