"""The calendar at the desk: administrators keep it, teams see it, and what moved is listed."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from commonweal.capabilities.identity.actions import accounts
from commonweal.capabilities.identity.actions.appointing import appoint
from commonweal.capabilities.identity.actions.training import record_training
from commonweal.capabilities.identity.queries import acting
from commonweal.capabilities.organisations import actions as organisations
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks.calendars import Calendar, Nation
from commonweal.foundations.clocks.now import today
from commonweal.foundations.design.writing import weekday
from commonweal.foundations.scope.actors import Resident, Staff
from commonweal.foundations.tasks.dispatcher import dispatch_all
from commonweal.frontends.workspace.tests.conftest import SignIn
from commonweal.frontends.workspace.tests.pages import LEEDS, text_of

CALENDAR = f"{LEEDS}calendar/"


def next_working_day() -> date:
    return Calendar.of(Nation.ENGLAND).roll_forward(today() + timedelta(days=1))


@pytest.fixture
def noor(cast: Cast) -> Staff:
    """An administrator of Leeds."""
    account = accounts.register_account(SET_UP, email="noor@people.example", password="a long enough password")
    appoint(SET_UP, organisation=cast.leeds, account=account, name="Noor Haddad", roles=["administrator"])
    passed = datetime(2026, 1, 5, tzinfo=UTC).date()
    record_training(
        SET_UP, account=account, course="starter", passed_on=passed, expires_on=passed + timedelta(days=9999)
    )
    return acting.staff(Resident(account=account), organisation=cast.leeds, account=account, has_second_factor=True)


def typed(day: date, **more: str) -> dict[str, str]:
    return {
        "do": "add",
        "day-day": str(day.day),
        "day-month": str(day.month),
        "day-year": str(day.year),
        "name": "Depot closed",
        "kind": "closure",
        **more,
    }


def test_an_administrator_closes_a_day_and_sees_what_moved(
    cast: Cast, noor: Staff, sign_in: SignIn, reported_case: str
) -> None:
    browser = sign_in(noor)
    assert browser.get(LEEDS)["Location"] == CALENDAR
    added = browser.post(CALENDAR, typed(next_working_day()))
    assert added["Location"] == f"{CALENDAR}?done=add"
    dispatch_all()
    shown = text_of(browser.get(added["Location"]))
    assert "The day is in the calendar." in shown
    assert f"{reported_case} Report a missed bin collection Waste and recycling" in shown
    assert f" {weekday(next_working_day())} Depot closed" in shown
    assert "A closure was added" in shown
    assert "Amina" not in shown


def test_the_team_sees_what_moved_and_another_team_does_not(cast: Cast, sign_in: SignIn, reported_case: str) -> None:
    organisations.add_closure(SET_UP, organisation=cast.leeds, day=next_working_day(), name="Depot closed")
    dispatch_all()
    priya, tom = (text_of(sign_in(who).get(CALENDAR)) for who in (cast.priya, cast.tom))
    assert reported_case in priya
    assert "Depot closed" in tom
    assert reported_case not in tom
    assert "Add a day" not in priya
    case = text_of(sign_in(cast.priya).get(f"{LEEDS}cases/{reported_case}/"))
    assert "Due date: from" in case
    assert "A closure was added" in case


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(noor: Staff, sign_in: SignIn) -> None:
    browser = sign_in(noor)
    wrong = browser.post(CALENDAR, {**typed(next_working_day()), "day-month": "13", "name_cy": "Depo ar gau"})
    assert wrong.status_code == 422
    assert "Enter a real date" in text_of(wrong)
    assert 'value="Depo ar gau"' in wrong.content.decode()
    assert browser.post(CALENDAR, typed(next_working_day(), kind="x")).status_code == 422
    assert browser.post(CALENDAR, typed(date(2020, 1, 1))).status_code == 422
    assert browser.post(CALENDAR, typed(next_working_day(), name="")).status_code == 422


def test_a_day_is_removed_and_a_second_press_says_so(noor: Staff, sign_in: SignIn) -> None:
    browser = sign_in(noor)
    browser.post(CALENDAR, typed(next_working_day()))
    assert browser.post(CALENDAR, typed(next_working_day())).status_code == 409
    closure = re.search(r'name="closure" value="([^"]+)"', browser.get(CALENDAR).content.decode())
    assert closure
    gone = {"do": "remove", "closure": closure[1]}
    assert browser.post(CALENDAR, gone)["Location"] == f"{CALENDAR}?done=remove"
    assert browser.post(CALENDAR, gone).status_code == 404
    assert browser.post(CALENDAR, {"do": "remove", "closure": "x"}).status_code == 404


def test_nobody_else_changes_it(cast: Cast, sign_in: SignIn) -> None:
    for who in (cast.priya, cast.olu):
        assert sign_in(who).post(CALENDAR, typed(next_working_day())).status_code == 403
