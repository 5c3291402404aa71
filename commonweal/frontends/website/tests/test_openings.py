"""A person sees when their information was opened: team, purpose, date; nobody's name."""

import html
import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client

from commonweal.capabilities.cases.actions.opening import Receipt
from commonweal.capabilities.cases.queries.opening import case_page
from commonweal.capabilities.people.queries import records as people
from commonweal.capabilities.protection.actions import deciding
from commonweal.capabilities.protection.actions.asking import answer_who
from commonweal.capabilities.protection.queries import asking, openings
from commonweal.conftest import Cast
from commonweal.foundations.clocks.now import at
from commonweal.frontends.demo_people import DemoPerson, prepare_sign_in
from commonweal.frontends.website.tests.conftest import PASSWORD

OPENINGS = "/leeds/your/openings/"
SAM = DemoPerson("Sam Okoro", "sam@people.example", "leeds")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_an_opening_by_staff_is_shown_with_team_and_purpose_and_no_name(
    receipt: Receipt, cast: Cast, rosa: Client
) -> None:
    rosa.post("/leeds/your/claim/", {"reference": receipt.reference, "secret": receipt.secret})
    case_page(cast.priya, organisation=cast.leeds, reference=receipt.reference)
    page = rosa.get("/leeds/your/openings/").text
    assert "Waste and recycling" in page
    assert "to deal with your application or report" in page
    assert receipt.reference in page
    assert "Priya" not in page
    assert str(cast.priya.account) not in page


def test_the_general_sentence_stands_on_everybodys_page(rosa: Client) -> None:
    page = rosa.get("/leeds/your/openings/").text
    assert "Nobody has opened your information yet" in page
    assert "Some openings are not shown here" in page
    assert "dpo@council.example" in page


def test_openings_within_an_hour_are_one_line(receipt: Receipt, cast: Cast, rosa: Client) -> None:
    _claim(rosa, receipt)
    with at(NOON) as clock:
        for minutes in (0, 10, 25):
            clock.move_to(NOON + timedelta(minutes=minutes))
            case_page(cast.priya, organisation=cast.leeds, reference=receipt.reference)
    page = rosa.get(OPENINGS).text
    assert "3 times, last at 12:25pm" in page
    assert page.count("ask/?entry=") == 1


def test_older_openings_are_on_the_next_page(
    receipt: Receipt, cast: Cast, rosa: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _claim(rosa, receipt)
    monkeypatch.setattr(openings, "_PAGE", 1)
    for days in (0, 1):
        with at(NOON + timedelta(days=days)):
            case_page(cast.priya, organisation=cast.leeds, reference=receipt.reference)
    latest = rosa.get(OPENINGS).text
    assert "24 November 2026" in latest
    assert "23 November 2026" not in latest
    (address,) = re.findall(r'href="([^"]+until=[^"]+)"', latest)
    older = rosa.get(address).text
    assert "23 November 2026" in older
    assert "24 November 2026" not in older
    assert "24 November 2026" in rosa.get(f"{OPENINGS}?until=never").text


def test_a_withheld_opening_leaves_the_page_as_it_was(receipt: Receipt, cast: Cast, rosa: Client) -> None:
    """Byte for byte: numbers, order, keys and sentences are those of a page on which it never happened."""
    _claim(rosa, receipt)
    with at(NOON) as clock:
        person = people.people_of_account(cast.rosa, organisation=cast.leeds, account=_account(cast))[0]
        people.person(cast.priya, organisation=cast.leeds, person=person)
        before = _bytes(rosa)
        deciding.withhold(
            cast.olu,
            organisation=cast.leeds,
            reference=receipt.reference,
            exemption="crime",
            review_on=date(2027, 1, 4),
        )
        assert _bytes(rosa) == before
        for minutes in (1, 2, 90):
            clock.move_to(NOON + timedelta(minutes=minutes))
            case_page(cast.priya, organisation=cast.leeds, reference=receipt.reference)
        assert _bytes(rosa) == before
        assert receipt.reference not in before.decode()


def test_two_people_who_differ_in_a_withheld_opening_see_the_same(
    receipt: Receipt, cast: Cast, rosa: Client, leeds: int
) -> None:
    """Sam's page is empty, Rosa's was opened and is withheld: but for their addresses the bytes are the same."""
    _claim(rosa, receipt)
    sam = Client()
    prepare_sign_in(SAM, cast.sam.account)  # type: ignore[arg-type]
    sam.post("/account/login/", {"login": SAM.email, "password": PASSWORD})
    with at(NOON):
        case_page(cast.priya, organisation=cast.leeds, reference=receipt.reference)
        assert _bytes(rosa) != _bytes(sam)
        deciding.withhold(
            cast.olu,
            organisation=cast.leeds,
            reference=receipt.reference,
            exemption="crime",
            review_on=date(2027, 1, 4),
        )
        assert _bytes(rosa) == _bytes(sam)


def test_one_asks_who_it_was_and_reads_the_answer_there(receipt: Receipt, cast: Cast, rosa: Client) -> None:
    _claim(rosa, receipt)
    case_page(cast.priya, organisation=cast.leeds, reference=receipt.reference)
    address = html.unescape(re.search(r'href="([^"]*ask/[^"]*)"', rosa.get(OPENINGS).text)[1])  # type: ignore[index]
    page = rosa.get(address)
    assert "Waste and recycling" in page.text
    entry = html.unescape(re.search(r'name="entry" value="([^"]*)"', page.text)[1])  # type: ignore[index]
    too_long = rosa.post(f"{OPENINGS}ask/", {"entry": entry, "text": "x" * 2001})
    assert too_long.status_code == 422
    assert "2,000 characters or fewer" in too_long.text
    assert "x" * 2001 in too_long.text
    sent = rosa.post(f"{OPENINGS}ask/", {"entry": entry, "text": "Why so late?"}, follow=True)
    assert "Your question was sent" in sent.text
    assert "Why so late?" in sent.text
    assert "The data protection officer answers by" in sent.text
    (asked,) = asking.open_questions(cast.olu, organisation=cast.leeds)
    answer_who(cast.olu, organisation=cast.leeds, question=asked.id, outcome="refused", text="We may not tell you.")
    page = rosa.get(OPENINGS)
    assert "We may not tell you." in page.text
    assert "Refused" in page.text
    assert "Priya" not in page.text


def test_asking_about_what_is_not_on_the_page_finds_nothing(rosa: Client) -> None:
    for entry in ("", "x", "2026-11-23T12:00:00+00:00,BCDF-GHJK-B"):
        assert rosa.get(f"{OPENINGS}ask/", {"entry": entry}).status_code == 404
        assert rosa.post(f"{OPENINGS}ask/", {"entry": entry}).status_code == 404


def _claim(rosa: Client, receipt: Receipt) -> None:
    rosa.post("/leeds/your/claim/", {"reference": receipt.reference, "secret": receipt.secret})


def _account(cast: Cast) -> UUID:
    assert cast.rosa.account
    return cast.rosa.account


def _bytes(client: Client) -> bytes:
    """The page without what is new each time, and without the address one signed in with."""
    page: bytes = client.get(OPENINGS).content
    page = re.sub(rb'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', b"", page)
    return page.replace(b"rosa@people.example", b"").replace(b"sam@people.example", b"")
