"""An application on pages of one's own: by account, or by the reference and secret that a browser has just proven."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.keepers.routes import browser_of

from commonweal.capabilities.cases.actions.closing import close
from commonweal.capabilities.cases.actions.lettering import NewLetter
from commonweal.capabilities.cases.actions.moving import move
from commonweal.capabilities.cases.events import TAKEN_BACK_WITHIN
from commonweal.capabilities.cases.queries.opening import case_page
from commonweal.conftest import Cast, apply_for_permit, receive_permit
from commonweal.foundations.clocks.now import at, now
from commonweal.foundations.references.references import reference_from

OTHER = reference_from(bytes(16))


@pytest.fixture
def reference(cast: Cast) -> str:
    return apply_for_permit(cast)


@pytest.fixture
def rosa(cast: Cast) -> Client:
    return browser_of(cast.rosa)


def send_back(cast: Cast, reference: str) -> None:
    page = case_page(cast.priya, organisation=cast.leeds, reference=reference)
    usual: dict[str, Any] = {"organisation": cast.leeds, "case": page.id, "revision": page.revision}
    move(cast.priya, **usual, to="ask", question="Which <gate> is yours?")


def decide(cast: Cast, reference: str, outcome: str) -> None:
    page = case_page(cast.priya, organisation=cast.leeds, reference=reference)
    usual: dict[str, Any] = {"organisation": cast.leeds, "case": page.id, "revision": page.revision}
    letter = NewLetter("Your request", "Dear Rosa,\n\n**no**.\n\n- not needed", "en")
    reasons = ("no_need",) if outcome == "refused" else ()
    with at(now() - TAKEN_BACK_WITHIN - timedelta(seconds=1)):
        close(cast.priya, **usual, outcome=outcome, reasons=reasons, letter=letter)


def page_of(reference: str, part: str = "") -> str:
    return f"/leeds/applications/{reference}/{part}"


def text_of(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_the_applicant_sees_that_something_is_asked_and_answers_it(cast: Cast, rosa: Client, reference: str) -> None:
    send_back(cast, reference)
    page = rosa.get(page_of(reference))
    assert "We need something from you" in text_of(page)
    assert "gate" not in text_of(page)
    asked = rosa.get(page_of(reference, "answer/"))
    assert "Which &lt;gate&gt; is yours?" in asked.content.decode()
    empty = rosa.post(page_of(reference, "answer/"), {"text": " "})
    assert empty.status_code == 422
    assert "Write your answer" in text_of(empty)
    done = rosa.post(page_of(reference, "answer/"), {"text": "The green one"})
    assert done["Location"] == f"{page_of(reference)}?done=answered"
    assert "We have your answer" in text_of(rosa.get(done["Location"]))
    history = case_page(cast.priya, organisation=cast.leeds, reference=reference).history
    assert [each.text for each in history if each.kind == "answered"] == ["The green one"]
    again = rosa.post(page_of(reference, "answer/"), {"text": "The green one"})
    assert again["Location"] == done["Location"]
    other = rosa.post(page_of(reference, "answer/"), {"text": "No, the <red> one"})
    assert other.status_code == 409
    assert "You have answered this already" in text_of(other)
    assert "No, the &lt;red&gt; one</textarea>" in other.content.decode()


def test_an_answer_that_is_too_long_comes_back(cast: Cast, rosa: Client, reference: str) -> None:
    send_back(cast, reference)
    answer = rosa.post(page_of(reference, "answer/"), {"text": "long " * 1_000})
    assert answer.status_code == 422
    assert "long long" in text_of(answer)


def test_a_refusal_says_why_how_to_challenge_it_and_by_when(cast: Cast, rosa: Client, reference: str) -> None:
    decide(cast, reference, "refused")
    page = text_of(rosa.get(page_of(reference)))
    for words in ("You cannot have it.", "We saw no need for it. (Permits Act, section 2)", "Ask for a review until"):
        assert words in page
    address = page_of(reference, "challenge/review/")
    assert "Someone who did not make this decision" in text_of(rosa.get(address))
    assert rosa.post(address, {"text": " "}).status_code == 422
    assert rosa.post(address, {"text": "I do need it"})["Location"] == f"{page_of(reference)}?done=challenged"
    assert rosa.post(address, {"text": "I do need it"})["Location"] == f"{page_of(reference)}?done=challenged"
    other = rosa.post(address, {"text": "And the <law> says"})
    assert other.status_code == 409
    assert "And the &lt;law&gt; says</textarea>" in other.content.decode()
    page = text_of(rosa.get(page_of(reference)))
    assert "We are looking at our decision again" in page
    assert "You cannot have it." in page
    assert rosa.get(address).status_code == 409


def test_the_letter_is_read_on_a_page_and_kept_as_pdf(cast: Cast, rosa: Client, reference: str) -> None:
    decide(cast, reference, "refused")
    letter = re.search(r'href="([^"]+/letters/[^"]+)"', rosa.get(page_of(reference)).content.decode())
    assert letter
    page = rosa.get(letter[1])
    assert "<strong>no</strong>" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert rosa.get(f"{letter[1]}?pdf").content.startswith(b"%PDF")
    assert browser_of(cast.sam).get(letter[1]).status_code == 302


@pytest.mark.parametrize("outcome", ["refused", "granted"])
def test_a_decision_that_may_be_taken_back_is_not_seen(cast: Cast, rosa: Client, reference: str, outcome: str) -> None:
    with at(now()) as clock:
        before = text_of(rosa.get(page_of(reference)))
        listed = text_of(rosa.get("/leeds/your/"))
        clock.advance(TAKEN_BACK_WITHIN + timedelta(seconds=1))
        decide(cast, reference, outcome)
        clock.advance(-timedelta(seconds=1))
        assert text_of(rosa.get(page_of(reference))) == before
        assert text_of(rosa.get("/leeds/your/")) == listed
        clock.advance(timedelta(seconds=1))
        after = rosa.get(page_of(reference)).content.decode()
        letters = re.findall(r'href="([^"]+/letters/[^"]+)"', after)
        assert ("You cannot have it." in after, len(letters)) == ((True, 1) if outcome == "refused" else (False, 0))
        assert [rosa.get(letter).status_code for letter in letters] == [200] * len(letters)
        clock.advance(-timedelta(seconds=1))
        assert [rosa.get(letter).status_code for letter in letters] == [302] * len(letters)


def test_what_was_granted_says_until_when(cast: Cast, rosa: Client, reference: str) -> None:
    decide(cast, reference, "granted")
    assert "Valid until" in text_of(rosa.get(page_of(reference)))


def test_reference_and_secret_lead_to_the_same_pages_and_to_no_others(cast: Cast) -> None:
    receipt = receive_permit(cast)
    reference = receipt.reference
    send_back(cast, reference)
    other = apply_for_permit(cast, cast.sam)
    browser = Client()
    assert browser.get(page_of(reference))["Location"] == f"/leeds/status/?reference={reference}"
    shown = browser.post("/leeds/status/", {"reference": reference, "secret": receipt.secret})
    assert "We need something from you" in text_of(shown)
    assert browser.get(page_of(reference, "answer/")).status_code == 200
    assert browser.post(page_of(reference, "answer/"), {"text": "The green one"}).status_code == 302
    for part in ("", "answer/"):
        assert browser.get(page_of(other, part)).status_code == 302
    stolen = Client()
    stolen.cookies["proven"] = browser.cookies["proven"].value
    assert stolen.get(page_of(other)).status_code == 302


def test_the_reminder_leads_to_a_form_that_knows_the_case(cast: Cast, rosa: Client, reference: str) -> None:
    decide(cast, reference, "granted")
    address = f"/leeds/permit/again/{reference}/"
    assert address in rosa.get(page_of(reference)).content.decode()
    assert "We fill in what you told us last time" in text_of(rosa.get(address))
    begun = rosa.post(address)
    assert begun.status_code == 302
    assert "What you told us before" not in text_of(rosa.get(begun["Location"]))
    assert "Rosa Delgado" in rosa.get(begun["Location"]).content.decode()


def test_to_others_it_says_the_same_of_any_case(cast: Cast, reference: str) -> None:
    """Also to somebody signed in, and whether or not there is such a case: nobody learns whose it is."""
    decide(cast, reference, "granted")
    for browser in (Client(), browser_of(cast.sam)):
        seen = {text_of(browser.get(f"/leeds/permit/again/{each}/")).replace(each, "") for each in (reference, OTHER)}
        assert len(seen) == 1
        assert "Apply without signing in" in seen.pop()
        assert browser.post(f"/leeds/permit/again/{reference}/").status_code == 200
