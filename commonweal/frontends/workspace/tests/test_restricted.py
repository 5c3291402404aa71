"""What a case worker meets of somebody whose information is restricted (UK GDPR Article 18(2); practice: gates)."""

from uuid import uuid4

import pytest

from commonweal.capabilities.cases.queries.naming import named_case
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.actions import action as actions
from commonweal.foundations.audit.record import record
from commonweal.foundations.personal_data import restricting
from commonweal.foundations.scope.scopes import Frame, write_scope
from commonweal.frontends.workspace.tests.conftest import SignIn
from commonweal.frontends.workspace.tests.pages import case_at, press, text_of


@pytest.fixture
def restricted_case(cast: Cast, reported_case: str) -> str:
    """The reference of a case whose applicant is restricted."""
    person = named_case(cast.olu, organisation=cast.leeds, reference=reported_case).person
    with write_scope(SET_UP, cast.leeds) as scope:
        scope.frames.append(Frame("tests.restrict"))
        record("tests.restrict")
        restricting.restrict([person], decision=uuid4())
        scope.frames.pop()
        actions.flush(scope)
    return reported_case


def test_the_case_asks_for_one_of_the_four_grounds(cast: Cast, sign_in: SignIn, restricted_case: str) -> None:
    page = sign_in(cast.priya).get(case_at(restricted_case))
    shown = text_of(page)
    assert "This person’s information is restricted" in shown
    assert page.content.decode().count('type="radio"') == 4
    for hidden in ("Amina", "amina@people.example", "Behind the"):
        assert hidden not in shown


def test_a_ground_opens_it_and_stays_with_every_page_of_the_case(
    cast: Cast, sign_in: SignIn, restricted_case: str
) -> None:
    priya = sign_in(cast.priya)
    priya.post(case_at(restricted_case), {"do": "open", "reason": "consent"})
    assert "Amina Yusuf" in text_of(priya.get(case_at(restricted_case)))
    assert press(priya, restricted_case, "move.schedule", text="Agreed on the phone").status_code == 302
    assert "Agreed on the phone" in text_of(priya.get(case_at(restricted_case)))


def test_a_reason_that_is_no_ground_opens_nothing(cast: Cast, sign_in: SignIn, restricted_case: str) -> None:
    priya = sign_in(cast.priya)
    answer = priya.post(case_at(restricted_case), {"do": "open", "reason": "covering"}, follow=True)
    assert "Amina" not in text_of(answer)


def test_lists_say_that_it_is_restricted_and_nothing_else(cast: Cast, sign_in: SignIn, restricted_case: str) -> None:
    shown = text_of(sign_in(cast.priya).get("/workspace/leeds/cases/"))
    assert restricted_case in shown
    assert "Restricted" in shown
    assert "Amina" not in shown
