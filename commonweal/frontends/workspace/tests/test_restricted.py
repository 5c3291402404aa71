"""What a case worker meets of somebody whose information is restricted (UK GDPR Article 18(2); practice: gates)."""

import html
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from commonweal.capabilities.cases.actions.assigning import assign
from commonweal.capabilities.cases.actions.handing import hand_over
from commonweal.capabilities.cases.actions.moving import move
from commonweal.capabilities.cases.actions.noting import NewNote, add_note
from commonweal.capabilities.cases.actions.undoing import undo
from commonweal.capabilities.cases.queries.naming import named_case
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.actions import action as actions
from commonweal.foundations.audit.record import record
from commonweal.foundations.personal_data import restricting
from commonweal.foundations.personal_data.restricting import Restricted
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


def _carried(page: Any) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode())
    return {name: html.unescape(value) for name, value in found}


def _move(cast: Cast, case: UUID) -> None:
    move(cast.priya, organisation=cast.leeds, case=case, revision=1, to="schedule")


def _note(cast: Cast, case: UUID) -> None:
    add_note(cast.priya, organisation=cast.leeds, case=case, text="They moved away")


def _hand(cast: Cast, case: UUID) -> None:
    note = NewNote(uuid4(), "It is in the park")
    hand_over(cast.priya, organisation=cast.leeds, case=case, revision=1, team=cast.parks_team, note=note)


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


def test_a_ground_counts_however_the_reference_was_typed(cast: Cast, sign_in: SignIn, restricted_case: str) -> None:
    priya, typed = sign_in(cast.priya), case_at(restricted_case.lower())
    opened = priya.post(typed, {"do": "open", "reason": "consent"}, follow=True)
    assert "Amina Yusuf" in text_of(opened)


def test_it_is_not_moved_by_somebody_who_never_opened_it_and_what_they_wrote_goes_on_with_the_ground(
    cast: Cast, sign_in: SignIn, restricted_case: str
) -> None:
    """The button of the worklist sends what the page would. Had it moved, the revision would be another."""
    named = named_case(cast.olu, organisation=cast.leeds, reference=restricted_case)
    priya, sent = sign_in(cast.priya), uuid4()
    pressed = {"case": named.id, "revision": 1, "note": sent, "do": "move.schedule", "text": "Agreed on the phone"}
    asked = priya.post(case_at(restricted_case), pressed)
    assert "What is your ground for opening it?" in text_of(asked)
    again = {**_carried(asked), "reason": "consent"}
    assert priya.post(case_at(restricted_case), again).status_code == 302
    assert "Agreed on the phone" in text_of(priya.get(case_at(restricted_case)))


@pytest.mark.parametrize("change", [_move, _note, _hand])
def test_no_single_change_uses_it_without_a_ground(
    cast: Cast, restricted_case: str, change: Callable[[Cast, UUID], None]
) -> None:
    case = named_case(cast.olu, organisation=cast.leeds, reference=restricted_case).id
    with pytest.raises(Restricted):
        change(cast, case)


def test_it_is_given_to_somebody_and_that_is_taken_back(cast: Cast, restricted_case: str) -> None:
    case = named_case(cast.olu, organisation=cast.leeds, reference=restricted_case).id
    assign(cast.priya, organisation=cast.leeds, case=case, revision=1, assignee=cast.priya.account)
    assert undo(cast.priya, organisation=cast.leeds, changes=[(case, 2)]).count == 1


def test_a_reason_that_is_no_ground_opens_nothing(cast: Cast, sign_in: SignIn, restricted_case: str) -> None:
    priya = sign_in(cast.priya)
    answer = priya.post(case_at(restricted_case), {"do": "open", "reason": "covering"}, follow=True)
    assert "Amina" not in text_of(answer)


def test_lists_say_that_it_is_restricted_and_nothing_else(cast: Cast, sign_in: SignIn, restricted_case: str) -> None:
    shown = text_of(sign_in(cast.priya).get("/workspace/leeds/cases/"))
    assert restricted_case in shown
    assert "Restricted" in shown
    assert "Amina" not in shown
