"""The page of a death: short, kind, and reversible by a second person."""

import pytest

from commonweal.conftest import Appoint, Cast
from commonweal.foundations.scope.actors import Staff
from commonweal.foundations.tasks.dispatcher import dispatch
from commonweal.frontends.workspace.tests.conftest import SignIn
from commonweal.frontends.workspace.tests.pages import LEEDS, case_at, text_of


@pytest.fixture
def wes(cast: Cast, appoint: Appoint) -> Staff:
    return appoint("Wes Hart", "case_worker", cast.waste_team)


def test_it_is_recorded_chosen_and_taken_back(cast: Cast, sign_in: SignIn, wes: Staff, reported_case: str) -> None:
    priya, address = sign_in(cast.priya), f"{case_at(reported_case)}died/"
    assert "Say that you are sorry" in text_of(priya.get(address))
    wrong = priya.post(address, {"do": "record", "died_on-day": "40", "told_by": "Her <son>"})
    assert wrong.status_code == 422
    assert "Enter a real date" in text_of(wrong)
    assert "Her &lt;son&gt;" in wrong.content.decode()
    done = text_of(priya.post(address, {"do": "record", "told_by": "Her son", "certainty": "told"}, follow=True))
    for words in ("No message is sent to them any more", "We know it from: Her son", "neither recorded nor confirmed"):
        assert words in done
    assert "The applicant has died. No message is sent" in text_of(priya.get(case_at(reported_case)))
    assert "The applicant has died Choose what happens next" in text_of(priya.get(f"{LEEDS}cases/"))

    wrong = priya.post(address, {"do": "choose", "choice": "representative", "name": "Luis Delgado"})
    assert wrong.status_code == 422
    assert 'value="Luis Delgado"' in wrong.content.decode()
    priya.post(address, {"do": "choose", "choice": "keep"})
    assert "The applicant has died Kept open" in text_of(priya.get(f"{LEEDS}cases/"))
    to_close = priya.post(address, {"do": "choose", "choice": "close"})
    assert to_close["Location"] == f"{case_at(reported_case)}close/"

    assert priya.post(address, {"do": "take_back"}).status_code == 409
    assert "The record was withdrawn" in text_of(sign_in(wes).post(address, {"do": "take_back"}, follow=True))
    assert "has died. No message" not in text_of(priya.get(case_at(reported_case)))


def test_the_history_says_why_a_message_was_not_sent(cast: Cast, sign_in: SignIn, reported_case: str) -> None:
    while dispatch():
        pass
    priya = sign_in(cast.priya)
    priya.post(f"{case_at(reported_case)}died/", {"do": "record", "told_by": "Her son", "certainty": "confirmed"})
    assert "not sent: the person has died" in text_of(priya.get(case_at(reported_case)))


def test_another_team_is_refused(cast: Cast, sign_in: SignIn, reported_case: str) -> None:
    assert sign_in(cast.tom).get(f"{case_at(reported_case)}died/").status_code == 403
