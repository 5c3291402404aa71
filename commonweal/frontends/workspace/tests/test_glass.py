"""Breaking the glass on its page: who is not trained any more gets in, and officer and manager see who did."""

from datetime import date

import pytest

from commonweal.capabilities.identity.actions import training
from commonweal.conftest import SET_UP, Appoint, Cast
from commonweal.foundations.scope.actors import Staff
from commonweal.frontends.workspace.tests.conftest import SignIn
from commonweal.frontends.workspace.tests.pages import LEEDS, case_at, text_of

GLASS = f"{LEEDS}break-glass/"


@pytest.fixture
def wes(cast: Cast, appoint: Appoint) -> Staff:
    """A case worker of the waste team whose training expired long ago."""
    made = appoint("Wes Hart", "case_worker", cast.waste_team, is_trained=False)
    training.record_training(
        SET_UP, account=made.account, course="starter", passed_on=date(2024, 1, 5), expires_on=date(2025, 1, 5)
    )
    return made


def test_it_is_broken_with_one_reason_and_seen_by_the_officer(
    cast: Cast, sign_in: SignIn, wes: Staff, reported_case: str
) -> None:
    client = sign_in(wes)
    stopped = client.get(case_at(reported_case))
    assert stopped.status_code == 403
    assert GLASS in stopped.content.decode()
    assert "and nobody has to agree" in text_of(client.get(GLASS))
    wrong = client.post(GLASS, {})
    assert wrong.status_code == 422
    assert "Choose a reason" in text_of(wrong)
    done = client.post(GLASS, {"reason": "glass_danger"}, follow=True)
    assert "You have broken the glass" in text_of(done)
    assert "Wes Hart" not in done.content.decode().split("<main")[1]
    assert "Amina Yusuf" in text_of(client.get(case_at(reported_case)))
    olu = sign_in(cast.olu)
    assert "Break-glass: Somebody may be in danger" in text_of(olu.get(f"{LEEDS}protection/openings/?kind=opened"))
    assert "Wes Hart" in text_of(olu.get(GLASS))
    assert olu.post(GLASS, {"reason": "glass_danger"}).status_code == 403


def test_whoever_never_passed_a_course_is_told_why_not(cast: Cast, sign_in: SignIn, appoint: Appoint) -> None:
    client = sign_in(appoint("Uma Roy", "case_worker", cast.waste_team, is_trained=False))
    answer = client.post(GLASS, {"reason": "glass_danger"})
    assert answer.status_code == 403
