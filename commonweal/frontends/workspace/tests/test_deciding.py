"""Deciding at the desk: outcome, reasons and letter, asking the applicant, and opening a case again."""

import html
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client

from commonweal import conftest
from commonweal.conftest import SET_UP, Appoint, Cast, apply_for_permit
from commonweal.foundations.personal_data.models import Opening, Trace
from commonweal.foundations.scope.scopes import read_scope
from commonweal.frontends.workspace.tests.conftest import SignIn
from commonweal.frontends.workspace.tests.pages import case_at, hidden_fields, press, text_of

EDITED = "Dear Rosa,\n\nno, and **we are sorry**.\n\n- not needed"


@pytest.fixture
def reference(cast: Cast) -> str:
    return apply_for_permit(cast)


@pytest.fixture
def priya(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.priya)


def refuse(client: Client, reference: str, **more: Any) -> Any:
    """Go through all steps to the letter; returns its page."""
    address = f"{case_at(reference)}close/"
    seen = hidden_fields(client.get(case_at(reference)))
    page = client.post(address, {**seen, "do": "choose", "text": "A note"})
    page = client.post(address, {**hidden_fields(page), "do": "close", "outcome": "refused", "text": "A note", **more})
    return client.post(address, {**hidden_fields(page), "do": "close", "reasons": ["no_need"]})


def test_outcome_reasons_and_letter_follow_each_other(priya: Client, reference: str) -> None:
    address = f"{case_at(reference)}close/"
    seen = hidden_fields(priya.get(case_at(reference)))
    page = priya.post(address, {**seen, "do": "choose", "text": "A note"})
    assert "You cannot have it." in text_of(page)
    page = priya.post(address, {**hidden_fields(page), "do": "close", "outcome": "refused", "text": "A note"})
    assert "We saw no need for it." in text_of(page)
    missing = priya.post(address, {**hidden_fields(page), "do": "close"})
    assert missing.status_code == 422
    assert "Choose at least one reason" in text_of(missing)
    page = priya.post(address, {**hidden_fields(missing), "do": "close", "reasons": ["no_need"]})
    letter = text_of(page)
    assert "Dear Rosa Delgado" in letter
    assert "- We saw no need for it. (Permits Act, section 2)" in letter
    assert "You can do this until" in letter
    done = priya.post(address, {**hidden_fields(page), "do": "close", "letter": EDITED, "is_posted": "1"})
    assert done["Location"].startswith(f"{case_at(reference)}?done=close")
    shown = text_of(priya.get(case_at(reference)))
    for words in ("Closed: Refused", "Reasons for the decision", "No need", "A note", "Letter of"):
        assert words in shown
    assert "Mark as posted" not in shown


def test_a_letter_that_is_refused_comes_back_as_it_was_typed(priya: Client, reference: str) -> None:
    address = f"{case_at(reference)}close/"
    page = refuse(priya, reference)
    press(priya, reference, "take", text="")
    stale = priya.post(address, {**hidden_fields(page), "do": "close", "letter": EDITED})
    assert stale.status_code == 409
    assert "we are sorry" in text_of(stale)
    assert priya.post(address, {**hidden_fields(stale), "do": "close", "letter": EDITED}).status_code == 302


def test_an_edited_letter_survives_another_look_at_the_outcome_and_not_another_outcome(
    priya: Client, reference: str
) -> None:
    address = f"{case_at(reference)}close/"
    fields = {**hidden_fields(refuse(priya, reference)), "letter": EDITED}
    page = priya.post(address, {**fields, "do": "choose"})
    back = {"do": "close", "text": "A note"}
    again = priya.post(address, {**hidden_fields(page), **back, "outcome": "refused"})
    same = priya.post(address, {**hidden_fields(again), "do": "close", "reasons": ["no_need"]})
    assert "we are sorry" in text_of(same)
    other = priya.post(address, {**hidden_fields(again), "do": "close", "reasons": ["no_proof"]})
    assert "We had no proof of it." in text_of(other)
    assert "we are sorry" not in text_of(other)


def test_the_letter_is_seen_as_pdf_before_and_after_it_is_sent(priya: Client, reference: str) -> None:
    page = refuse(priya, reference)
    fields = {**hidden_fields(page), "letter": EDITED}
    preview = priya.post(f"{case_at(reference)}letter/preview/", fields)
    assert preview.content.startswith(b"%PDF")
    endless = priya.post(f"{case_at(reference)}letter/preview/", {**fields, "letter": "No. " * 5_001})
    assert "must be 20,000 characters or fewer" in text_of(endless)
    priya.post(f"{case_at(reference)}close/", {**fields, "do": "close"})
    case = priya.get(case_at(reference)).content.decode()
    address = case.split(f'href="{case_at(reference)}letters/')[1].split('"')[0]
    letter = f"{case_at(reference)}letters/{address}"
    assert priya.get(letter).content.startswith(b"%PDF")
    typed = letter.replace(reference, f"{reference.lower()}%0D%0A%22")
    assert priya.get(typed)["Content-Disposition"] == f'attachment; filename="{reference}.pdf"'
    assert priya.post(letter, {"case": fields["case"]})["Location"].endswith("?done=posted")
    assert "posted on" in text_of(priya.get(case_at(reference)))


def test_whoever_has_not_looked_is_sent_to_look(priya: Client, reference: str) -> None:
    address = f"{case_at(reference)}close/"
    fields = hidden_fields(priya.get(address))
    page = priya.post(address, {**fields, "do": "close", "outcome": "refused", "text": ""})
    page = priya.post(address, {**hidden_fields(page), "do": "close", "reasons": ["no_need"]})
    unseen = priya.post(address, {**hidden_fields(page), "do": "close", "letter": EDITED})
    assert unseen.status_code == 409
    assert "Look at the case before you decide" in text_of(unseen)
    assert "we are sorry" in text_of(unseen)


def test_the_applicant_is_asked_with_words_and_the_note_is_kept(priya: Client, reference: str) -> None:
    seen = hidden_fields(priya.get(case_at(reference)))
    address = f"{case_at(reference)}ask/ask/"
    page = priya.post(address, {**seen, "do": "choose", "text": "Rang twice"})
    empty = priya.post(address, {**hidden_fields(page), "do": "ask", "question": " "})
    assert empty.status_code == 422
    sent = priya.post(address, {**hidden_fields(empty), "do": "ask", "question": "Which gate?"})
    assert sent["Location"].endswith("?done=ask")
    shown = text_of(priya.get(case_at(reference)))
    assert "Which gate?" in shown
    assert "Rang twice" in shown


def test_a_challenge_reaches_another_officer_and_not_the_one_who_decided(
    cast: Cast, priya: Client, reference: str, appoint: Appoint, sign_in: SignIn
) -> None:
    page = refuse(priya, reference)
    priya.post(f"{case_at(reference)}close/", {**hidden_fields(page), "do": "close", "letter": EDITED})
    address = f"{case_at(reference)}review/review/"
    fields = hidden_fields(priya.get(address))
    opened = priya.post(address, {**fields, "do": "reopen", "text": "She rang: it is needed"})
    assert opened["Location"].endswith("?done=reopened")
    mine = text_of(priya.get(case_at(reference)))
    assert "You decided this case before." in mine
    assert "Close the case…" not in mine
    assert "You decided this case before." in text_of(priya.get(f"{case_at(reference)}close/"))
    theirs = text_of(sign_in(appoint("Wes Hart", "case_worker", cast.waste_team)).get(case_at(reference)))
    assert "Close the case…" in theirs
    assert "She rang: it is needed" in theirs


def test_a_closed_case_is_opened_again_with_a_reason(priya: Client, reference: str) -> None:
    address = f"{case_at(reference)}close/"
    fields = hidden_fields(priya.get(address))
    page = priya.post(address, {**fields, "do": "close", "outcome": "withdrawn", "text": ""})
    assert page.status_code == 302
    address = f"{case_at(reference)}reopen/"
    fields = hidden_fields(priya.get(address))
    assert priya.post(address, {**fields, "do": "reopen", "text": " "}).status_code == 422
    assert priya.post(address, {**fields, "do": "reopen", "text": "She did not withdraw it"}).status_code == 302
    assert "She did not withdraw it" in text_of(priya.get(case_at(reference)))


@pytest.fixture
def hidden(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An application for a permit whose service is restricted."""
    declared = yaml.safe_load(conftest.PERMIT.read_text())
    declared["restriction"] = {"roles": ["case_worker", "team_manager"], "harm_checked_by": []}
    restricted = tmp_path / "permit.yaml"
    restricted.write_text(yaml.safe_dump(declared))
    monkeypatch.setattr(conftest, "PERMIT", restricted)
    return apply_for_permit(cast)


def opened(cast: Cast) -> set[tuple[str, str]]:
    """Matter and reason of each opening by Priya."""
    with read_scope(SET_UP, (cast.leeds,)):
        rows = Trace.objects.filter(organisation_id=cast.leeds, actor_id=cast.priya.account, kind=Opening.OPENED)
        return set(rows.values_list("matter", "reason"))


def test_a_letter_of_a_restricted_case_is_drafted_for_a_reason_and_nothing_is_lost(
    cast: Cast, priya: Client, hidden: str
) -> None:
    address = f"{case_at(hidden)}close/"
    page = priya.post(
        address, {**hidden_fields(priya.get(address)), "do": "close", "outcome": "refused", "text": "Why"}
    )
    asked = priya.post(address, {**hidden_fields(page), "do": "close", "reasons": ["no_need", "no_proof"]})
    assert "Say why you need to open this" in text_of(asked)
    assert "Rosa" not in asked.content.decode()
    assert opened(cast) == set()
    again = priya.post(address, sent_on(asked))
    assert again.status_code == 422
    assert "Choose a reason" in text_of(again)
    letter = priya.post(address, {**sent_on(again), "reason": "dealing"})
    assert "Dear Rosa Delgado" in text_of(letter)
    assert "- We saw no need for it." in text_of(letter)
    assert "- We had no proof of it." in text_of(letter)
    assert hidden_fields(letter)["text"] == "Why"
    assert opened(cast) == {("letter", "dealing")}


def test_so_is_its_preview(cast: Cast, hidden: str, sign_in: SignIn) -> None:
    browser = sign_in(cast.priya)
    address = f"{case_at(hidden)}letter/preview/"
    typed = {"title": "A <title>", "letter": 'Dear Rosa,\n\n"no" & sorry', "language": "en"}
    asked = browser.post(address, typed)
    assert "Say why you need to open this" in text_of(asked)
    assert sent_on(asked) == {"was_asked": ["1"], **{name: [value] for name, value in typed.items()}}
    pdf = browser.post(address, {**sent_on(asked), "reason": "dealing"})
    assert pdf.content.startswith(b"%PDF")


def sent_on(page: Any) -> dict[str, list[str]]:
    """What the question for a reason carries with it."""
    forms = page.content.decode().split("</form>")
    form = next(each for each in forms if 'name="was_asked"' in each).rsplit("<form", 1)[1]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form):
        if name != "csrfmiddlewaretoken":
            found.setdefault(name, []).append(html.unescape(value))
    return found
