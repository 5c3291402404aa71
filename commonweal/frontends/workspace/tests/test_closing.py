"""Closing a case: on purpose, with an outcome, and with what one was writing."""

from commonweal.conftest import Cast
from commonweal.frontends.workspace.tests.conftest import SignIn
from commonweal.frontends.workspace.tests.pages import case_at, hidden_fields, press, text_of


def test_what_the_applicant_will_be_told_stands_below_each_outcome(
    cast: Cast, sign_in: SignIn, reported_case: str
) -> None:
    page = sign_in(cast.priya).get(f"{case_at(reported_case)}close/")
    assert "We came back and emptied your bin." in text_of(page)
    assert "Amina" not in text_of(page)


def test_a_case_is_closed_with_an_outcome_and_the_note_one_was_writing(
    cast: Cast, sign_in: SignIn, reported_case: str
) -> None:
    priya = sign_in(cast.priya)
    seen = hidden_fields(priya.get(case_at(reported_case)))
    asked = priya.post(f"{case_at(reported_case)}close/", {**seen, "do": "choose", "text": "Emptied at noon"})
    assert asked.status_code == 200
    assert "Emptied at noon" in text_of(asked)
    unchosen = priya.post(f"{case_at(reported_case)}close/", {**hidden_fields(asked), "do": "close", "text": "At noon"})
    assert unchosen.status_code == 422
    assert "Choose an outcome" in text_of(unchosen)
    assert "At noon" in text_of(unchosen)
    closed = priya.post(
        f"{case_at(reported_case)}close/",
        {**hidden_fields(unchosen), "do": "close", "outcome": "collected", "text": "At noon"},
    )
    assert closed["Location"] == f"{case_at(reported_case)}?done=close"
    shown = text_of(priya.get(closed["Location"]))
    assert "Closed: Collected" in shown
    assert shown.count("At noon") == 1


def test_a_closed_case_takes_notes_and_nothing_else(cast: Cast, sign_in: SignIn, reported_case: str) -> None:
    priya = sign_in(cast.priya)
    address = f"{case_at(reported_case)}close/"
    fields = hidden_fields(priya.get(address))
    priya.post(address, {**fields, "do": "close", "outcome": "not_out", "text": ""})
    page = priya.get(case_at(reported_case))
    assert "Send the crew back" not in text_of(page)
    assert "This case cannot be closed now." in text_of(priya.get(address))
    moved = priya.post(case_at(reported_case), {**hidden_fields(page), "do": "move.schedule", "text": "late"})
    assert moved.status_code == 409
    assert press(priya, reported_case, "note", text="They rang again").status_code == 302


def test_a_case_that_changed_meanwhile_is_not_closed(cast: Cast, sign_in: SignIn, reported_case: str) -> None:
    priya = sign_in(cast.priya)
    address = f"{case_at(reported_case)}close/"
    seen = hidden_fields(priya.get(address))
    press(priya, reported_case, "take", text="")
    stale = priya.post(address, {**seen, "do": "close", "outcome": "collected", "text": "Emptied"})
    assert stale.status_code == 409
    assert "This case has changed since you opened it" in text_of(stale)
    assert "Emptied" in text_of(stale)
    again = priya.post(address, {**hidden_fields(stale), "do": "close", "outcome": "collected", "text": "Emptied"})
    assert again.status_code == 302
