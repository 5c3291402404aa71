"""Taking back what one just did: within ten seconds, by oneself, and never over somebody else's change."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from commonweal.capabilities.cases.queries.opening import CasePage, case_page
from commonweal.capabilities.messages import queries as messages
from commonweal.conftest import SET_UP, Appoint, Cast
from commonweal.foundations.audit.models import Entry
from commonweal.foundations.clocks.now import SetClock, at
from commonweal.foundations.scope.scopes import read_scope
from commonweal.foundations.tasks.dispatcher import dispatch_all
from commonweal.foundations.tasks.standing import LOOPS
from commonweal.frontends.workspace.tests.conftest import Report, SignIn
from commonweal.frontends.workspace.tests.pages import LEEDS, case_at, hidden_fields, press, text_of

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
UNDO = f"{LEEDS}undo/"


def changes_in(page: Any) -> list[str]:
    """What the page's undo button would take back."""
    return re.findall(r'name="change" value="([^"]+)"', page.content.decode())


def case_of(cast: Cast, reference: str) -> CasePage:
    return case_page(cast.priya, organisation=cast.leeds, reference=reference)


def close(client: Any, reference: str) -> Any:
    address = f"{case_at(reference)}close/"
    fields = hidden_fields(client.get(address))
    return client.post(address, {**fields, "do": "close", "outcome": "collected"}, follow=True)


class TestWithinTenSeconds:
    def test_a_move_is_taken_back_from_the_list(self, cast: Cast, sign_in: SignIn, report: Report) -> None:
        priya, address = sign_in(cast.priya), f"{LEEDS}cases/"
        with at(MONDAY) as clock:
            reference = report()
            done = priya.post(address, {**hidden_fields(priya.get(address)), "do": "move.schedule"}, follow=True)
            assert "Undo (10)" in text_of(done)
            clock.advance(timedelta(seconds=9))
            after = priya.post(UNDO, {"change": changes_in(done)}, follow=True)
        assert "The change was undone" in text_of(after)
        assert case_of(cast, reference).stage_label == "Received"

    def test_an_assignment_is_taken_back_from_the_case(self, cast: Cast, sign_in: SignIn, report: Report) -> None:
        priya, reference = sign_in(cast.priya), report()
        press(priya, reference, "take")
        assert case_of(cast, reference).assignee == cast.priya.account
        changes = changes_in(priya.get(f"{case_at(reference)}?done=take"))
        answer = priya.post(UNDO, {"change": changes, "reference": reference})
        assert answer["Location"] == f"{case_at(reference)}?done=undone"
        assert case_of(cast, reference).assignee is None

    def test_of_a_close_that_was_taken_back_nobody_is_told(self, cast: Cast, sign_in: SignIn, report: Report) -> None:
        priya = sign_in(cast.priya)
        with at(MONDAY) as clock:
            taken_back, closed = report(), report()
            done = close(priya, taken_back)
            dispatch_all()
            priya.post(UNDO, {"change": changes_in(done)})
            close(priya, closed)
            clock.advance(timedelta(seconds=11))
            dispatch_all()
        assert self._sent(cast, taken_back) == ["received"]
        assert self._sent(cast, closed) == ["received", "outcome"]
        again = case_of(cast, taken_back)
        assert (again.stage_label, again.outcome_label, again.closed_at) == ("Received", "", None)

    def test_it_leaves_its_own_audit_record(self, cast: Cast, sign_in: SignIn, report: Report) -> None:
        priya, reference = sign_in(cast.priya), report()
        press(priya, reference, "move.schedule")
        priya.post(UNDO, {"change": changes_in(priya.get(f"{case_at(reference)}?done=move"))})
        with read_scope(SET_UP, (cast.leeds,)):
            entry = Entry.objects.get(action="cases.undo")
        assert entry.actor_id == cast.priya.account
        assert entry.facts["undone"] == "move"

    def _sent(self, cast: Cast, reference: str) -> list[str]:
        case = case_of(cast, reference)
        return [row.template for row in messages.sent_about(SET_UP, organisation=cast.leeds, matter=case.id)]


class TestWhenItCannotBe:
    def test_after_ten_seconds_it_says_so_and_changes_nothing(
        self, cast: Cast, sign_in: SignIn, report: Report
    ) -> None:
        priya = sign_in(cast.priya)
        with at(MONDAY) as clock:
            reference = report()
            done = close(priya, reference)
            clock.advance(timedelta(seconds=11))
            answer = priya.post(UNDO, {"change": changes_in(done)})
            assert "Undo" not in text_of(priya.get(f"{case_at(reference)}?done=close"))
        assert answer.status_code == 409
        assert "It is too late to undo this" in text_of(answer)
        assert case_of(cast, reference).closed_at is not None

    def test_somebody_changed_it_since(self, cast: Cast, sign_in: SignIn, report: Report, appoint: Appoint) -> None:
        priya, asha = sign_in(cast.priya), sign_in(appoint("Asha Rao", "case_worker", cast.waste_team))
        reference = report()
        press(priya, reference, "take")
        changes = changes_in(priya.get(f"{case_at(reference)}?done=take"))
        press(asha, reference, "move.schedule")
        answer = priya.post(UNDO, {"change": changes})
        assert answer.status_code == 409
        after = case_of(cast, reference)
        assert (after.stage_label, after.assignee) == ("Going back", cast.priya.account)

    def test_others_take_nothing_back(self, cast: Cast, sign_in: SignIn, report: Report, appoint: Appoint) -> None:
        priya, asha = sign_in(cast.priya), sign_in(appoint("Asha Rao", "case_worker", cast.waste_team))
        reference = report()
        press(priya, reference, "take")
        changes = changes_in(priya.get(f"{case_at(reference)}?done=take"))
        assert asha.post(UNDO, {"change": changes}).status_code == 409
        assert case_of(cast, reference).assignee == cast.priya.account

    def test_twice(self, cast: Cast, sign_in: SignIn, report: Report) -> None:
        priya, reference = sign_in(cast.priya), report()
        press(priya, reference, "take")
        changes = changes_in(priya.get(f"{case_at(reference)}?done=take"))
        assert [priya.post(UNDO, {"change": changes}).status_code for _time in range(2)] == [302, 409]

    @pytest.mark.parametrize("change", ["", "x.1", "01a20525-e4be-78a4-95e7-73657658a6a6.-1"])
    def test_what_comes_from_no_page_of_ours(self, cast: Cast, sign_in: SignIn, change: str) -> None:
        assert sign_in(cast.priya).post(UNDO, {"change": [change]}).status_code == 400


def test_a_case_that_is_closed_again_within_the_time_is_told_once(cast: Cast, sign_in: SignIn, report: Report) -> None:
    priya = sign_in(cast.priya)

    def wait(clock: SetClock) -> None:
        clock.advance(timedelta(seconds=2))

    with at(MONDAY) as clock:
        reference = report()
        priya.post(UNDO, {"change": changes_in(close(priya, reference))})
        wait(clock)
        close(priya, reference)
        clock.advance(timedelta(seconds=11))
        dispatch_all()
    rows = messages.sent_about(SET_UP, organisation=cast.leeds, matter=case_of(cast, reference).id)
    assert [row.template for row in rows] == ["received", "outcome"]


def test_what_could_be_undone_and_who_was_writing_is_forgotten_after_a_day(
    cast: Cast, sign_in: SignIn, report: Report
) -> None:
    priya = sign_in(cast.priya)
    with at(MONDAY) as clock:
        reference = report()
        press(priya, reference, "take")
        priya.post(f"{case_at(reference)}writing/")
        sweep = next(loop.work for loop in LOOPS if loop.work.__name__ == "sweep_fleeting")
        for hours, left in ((23, 2), (25, 0)):
            clock.move_to(MONDAY + timedelta(hours=hours))
            sweep()
            with read_scope(SET_UP, (cast.leeds,)), connection.cursor() as cursor:
                cursor.execute("select (select count(*) from cases_undoable) + (select count(*) from cases_writing)")
                assert cursor.fetchone()[0] == left
