"""The officer's pages of erasure, correction, restriction and objection (data-protection.md section 3)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from commonweal.capabilities.protection.actions.requests import make_request
from commonweal.conftest import Cast
from commonweal.foundations.clocks.counting import months_after
from commonweal.foundations.clocks.now import today
from commonweal.frontends.workspace.tests.conftest import Report, SignIn
from commonweal.frontends.workspace.tests.pages import text_of

Ask = Callable[..., str]


@pytest.fixture
def asked(cast: Cast, report: Report) -> Ask:
    """Rosa, of whom Leeds has a case, asks for something; returns the address of the request at the desk."""
    case = report(account=cast.rosa)

    def ask(kind: str, *, about_case: bool = False) -> str:
        about = case if about_case else ""
        made = make_request(cast.rosa, organisation=cast.leeds, kind=kind, words="Please", about=about)
        return f"/workspace/leeds/protection/requests/{made.reference}/"

    return ask


@pytest.fixture
def olu(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.olu)


def seen_of(page: str) -> str:
    return page.split('name="seen" value="', 1)[1].split('"', 1)[0]


def test_an_erasure_is_seen_dry_decided_otherwise_and_done(olu: Client, asked: Ask) -> None:
    address = f"{asked('erasure')}erasure/"
    page = olu.get(address)
    assert "This is a dry run: nothing has been changed." in text_of(page)
    assert "we are still dealing with it" in text_of(page)
    case = page.content.decode().split('id="case-', 1)[1].split('"', 1)[0]
    empty = olu.post(address, {"do": f"choose.{case}", f"fate-{case}": "erase"})
    assert empty.status_code == 422
    assert "the person reads it" in text_of(empty)
    olu.post(address, {"do": f"choose.{case}", f"fate-{case}": "erase", f"why-{case}": "It was a test"})
    again = olu.get(address)
    assert "people.person.email" in text_of(again)
    assert olu.post(address, {"do": "erase", "seen": "old"}).status_code == 409
    done = olu.post(address, {"do": "erase", "seen": seen_of(again.content.decode())}, follow=True)
    assert "They are told what went and what stays." in text_of(done)
    assert "What was erased" in text_of(done)
    assert "Amina" not in text_of(done)


def test_a_correction_is_made_and_its_recipients_told(olu: Client, asked: Ask) -> None:
    address = f"{asked('rectification')}correction/"
    assert "our waste and recycling team: not told yet" in text_of(olu.get(address))
    answer = olu.post(address, {"do": "details", "name": "Amina Yusuf-Ali"}, follow=True)
    assert "Amina Yusuf-Ali" in text_of(answer)
    wrong = olu.post(address, {"do": "details", "email": "nobody"})
    assert wrong.status_code == 422
    assert 'value="nobody"' in wrong.content.decode()
    told = {"do": "told", "recipient": "The crew", "why_not": "They kept nothing"}
    assert "could not be told" in text_of(olu.post(address, told, follow=True))
    closed = olu.post(address, {"do": "finish", "text": "We corrected your name."}, follow=True)
    assert "The request is answered." in text_of(closed)


def test_an_answer_is_corrected_in_its_own_question(olu: Client, asked: Ask) -> None:
    address = f"{asked('rectification')}correction/"
    link = next(part for part in olu.get(address).content.decode().split('href="') if ".left_at." in part[:160])
    page = link.split('"', 1)[0]
    assert "Behind the" in text_of(olu.get(page))
    assert "By the door" in text_of(olu.post(page, {"left_at": "By the door"}, follow=True))


def test_a_restriction_is_ordered_announced_and_not_lifted_before(olu: Client, asked: Ask) -> None:
    address = asked("restriction")
    assert olu.post(f"{address}do/restrict/", {"ground": ""}).status_code == 422
    assert olu.post(f"{address}do/restrict/", {"ground": "accuracy"}).status_code == 302
    assert "They have not been told yet" in text_of(olu.post(f"{address}do/lift/"))


def test_an_objection_says_on_which_basis_it_is_used(olu: Client, asked: Ask) -> None:
    address = asked("objection")
    assert "a public task: it can be objected to" in text_of(olu.get(f"{address}objection/"))
    assert olu.post(f"{address}do/uphold/").status_code == 302


def test_an_automated_decision_is_looked_at_by_a_person(olu: Client, asked: Ask) -> None:
    address = asked("automated_decision", about_case=True)
    assert "Nothing here is decided by a machine alone" in text_of(olu.get(f"{address}objection/"))
    assert olu.post(f"{address}do/look-again/", {"words": "A person decides."}).status_code == 302


def test_a_legal_hold_is_seen_with_its_review_and_blocks_the_erasure(
    cast: Cast, sign_in: SignIn, olu: Client, asked: Ask
) -> None:
    address = f"{asked('erasure')}erasure/"
    case = olu.get(address).content.decode().split('id="case-', 1)[1].split('"', 1)[0]
    day = months_after(today(), 3)
    sent = {"do": "hold", "reference": case, "reach": "all", "why": "Claim 12 of 2026"}
    when = {"review_on-day": day.day, "review_on-month": day.month, "review_on-year": day.year}
    assert olu.post("/workspace/leeds/protection/holds/", sent).status_code == 422
    shown = text_of(olu.post("/workspace/leeds/protection/holds/", {**sent, **when}, follow=True))
    assert "Claim 12 of 2026" in shown
    assert "Decided by Olu Adeyemi" in shown
    assert "held for a legal claim (Article 17(3)(e))" in text_of(olu.get(address))
    assert "On hold for a legal claim" in text_of(sign_in(cast.priya).get(f"/workspace/leeds/cases/{case}/"))


def test_a_statement_stands_beside_the_case(cast: Cast, sign_in: SignIn, olu: Client, asked: Ask) -> None:
    """UK GDPR Article 16: what is not corrected is completed by the person's own words."""
    address = f"{asked('rectification')}correction/"
    case = olu.get(address).content.decode().split("correction/", 1)[1].split(".", 1)[0]
    olu.post(address, {"do": "refuse", "why": "The log says so", "statement": "I was there"})
    assert "I was there" in text_of(sign_in(cast.priya).get(f"/workspace/leeds/cases/{case}/"))


def test_a_restriction_that_stands_is_announced_and_lifted_from_the_request(olu: Client, asked: Ask) -> None:
    address = asked("restriction")
    olu.post(f"{address}do/restrict/", {"ground": "accuracy"})
    assert "Restricted since" in text_of(olu.get(address))
    assert "Lift the restriction" not in text_of(olu.get(address))
    day = today() + timedelta(days=2)
    sent = {"lifts_on-day": day.day, "lifts_on-month": day.month, "lifts_on-year": day.year}
    assert olu.post(f"{address}do/announce-lifting/", sent).status_code == 302
    assert "Lift the restriction" in text_of(olu.get(address))
