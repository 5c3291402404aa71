"""A case in full: what the page shows, and what its buttons do."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connection
from pytest_django import Settings

from commonweal.capabilities.cases.actions import noting
from commonweal.capabilities.cases.queries import opening
from commonweal.conftest import Cast
from commonweal.foundations.design.tiles import Tiles
from commonweal.frontends.workspace.tests.conftest import Report, SignIn
from commonweal.frontends.workspace.tests.pages import case_at, hidden_fields, press, text_of


def test_a_case_worker_sees_the_case_in_full(cast: Cast, sign_in: SignIn, reported_case: str) -> None:
    page = sign_in(cast.priya).get(case_at(reported_case))
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    for shown in (
        "Amina Yusuf",
        "amina@people.example",
        "12 Harewood Row",
        "Behind the <gate>",
        "Recycling",
        "Why this",
    ):
        assert shown in text_of(page)
    assert "<gate>" not in page.content.decode()


def test_a_case_is_moved_and_its_history_says_by_whom(cast: Cast, sign_in: SignIn, reported_case: str) -> None:
    priya = sign_in(cast.priya)
    answer = press(priya, reported_case, "move.schedule", text="")
    assert answer["Location"] == f"{case_at(reported_case)}?done=move"
    shown = text_of(priya.get(answer["Location"]))
    assert "The case has moved on." in shown
    assert "Moved to: Going back" in shown
    assert ", Priya Nair" in shown


def test_the_note_one_was_writing_is_kept_with_a_move(cast: Cast, sign_in: SignIn, reported_case: str) -> None:
    priya = sign_in(cast.priya)
    press(priya, reported_case, "move.schedule", text="Crew is\r\non its way")
    shown = text_of(priya.get(case_at(reported_case)))
    assert "Crew is on its way" in shown
    assert "Moved to: Going back" in shown


def test_a_note_sent_twice_is_kept_once(cast: Cast, sign_in: SignIn, reported_case: str) -> None:
    priya = sign_in(cast.priya)
    sent = {**hidden_fields(priya.get(case_at(reported_case))), "do": "note", "text": "Called the depot"}
    answers = [priya.post(case_at(reported_case), sent) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert text_of(priya.get(case_at(reported_case))).count("Called the depot") == 1


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_note_sent_ten_times_at_once_is_kept_once(cast: Cast, reported_case: str) -> None:
    case = opening.case_page(cast.priya, organisation=cast.leeds, reference=reported_case).id
    note = UUID("01a20000-0000-7000-8000-000000000001")

    def send(_time: int) -> None:
        try:
            noting.add_note(cast.priya, organisation=cast.leeds, case=case, text="Once", note=note)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(send, range(10)))
    history = opening.case_page(cast.priya, organisation=cast.leeds, reference=reported_case).history
    assert [happening.text for happening in history if happening.kind == "note"] == ["Once"]


def test_an_empty_or_overlong_note_is_refused_and_kept_in_the_box(
    cast: Cast, sign_in: SignIn, reported_case: str
) -> None:
    priya = sign_in(cast.priya)
    empty = press(priya, reported_case, "note", text=" ")
    assert empty.status_code == 422
    assert "Write the note before you add it" in text_of(empty)
    overlong = press(priya, reported_case, "move.schedule", text="x" * 10_001)
    assert overlong.status_code == 422
    assert "x" * 10_001 in text_of(overlong)
    assert "Moved to" not in text_of(overlong)


def test_a_stale_tab_overwrites_nothing_and_loses_nothing(cast: Cast, sign_in: SignIn, reported_case: str) -> None:
    priya = sign_in(cast.priya)
    seen = hidden_fields(priya.get(case_at(reported_case)))
    press(priya, reported_case, "take", text="")
    stale = priya.post(case_at(reported_case), {**seen, "do": "move.schedule", "text": "They were <out>"})
    shown = text_of(stale)
    assert stale.status_code == 409
    assert "This case has changed since you opened it" in shown
    assert "with the note you were writing" in shown
    assert "They were <out>" in shown
    assert "Moved to" not in shown
    fresh = hidden_fields(stale)
    assert fresh["note"] == seen["note"]
    again = priya.post(case_at(reported_case), {**fresh, "do": "move.schedule", "text": "They were <out>"})
    assert again.status_code == 302


def test_a_case_is_given_to_a_colleague_of_the_team_and_to_no_one_else(
    cast: Cast, sign_in: SignIn, reported_case: str
) -> None:
    priya = sign_in(cast.priya)
    assert press(priya, reported_case, "assign", assignee=str(cast.priya.account)).status_code == 302
    assert (
        opening.case_page(cast.priya, organisation=cast.leeds, reference=reported_case).assignee == cast.priya.account
    )
    refused = press(priya, reported_case, "assign", assignee=str(cast.tom.account))
    assert refused.status_code == 400
    assert "Choose someone in the team" in text_of(refused)
    assert press(priya, reported_case, "assign", assignee="").status_code == 302
    assert opening.case_page(cast.priya, organisation=cast.leeds, reference=reported_case).assignee is None


def test_a_colleague_of_another_team_changes_nothing(cast: Cast, sign_in: SignIn, reported_case: str) -> None:
    seen = hidden_fields(sign_in(cast.priya).get(case_at(reported_case)))
    answer = sign_in(cast.tom).post(case_at(reported_case), {**seen, "do": "move.schedule", "text": "mine"})
    assert answer.status_code == 403
    assert opening.case_page(cast.priya, organisation=cast.leeds, reference=reported_case).revision == 1


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"do": "move.schedule"},
        {"do": "note", "case": "x", "revision": "1"},
        {"do": "note", "case": "01a20000-0000-7000-8000-000000000001", "revision": "9" * 40},
        {"do": "burn", "case": "01a20000-0000-7000-8000-000000000001", "revision": "1"},
    ],
)
def test_what_no_page_of_ours_sends_is_refused(
    cast: Cast, sign_in: SignIn, reported_case: str, sent: dict[str, str]
) -> None:
    assert sign_in(cast.priya).post(case_at(reported_case), sent).status_code == 400


def test_a_case_that_is_not_there_is_not_found(cast: Cast, sign_in: SignIn, reported_case: str) -> None:
    priya = sign_in(cast.priya)
    for reference in ("BCDF-2345-X", "x", "%00", "../"):
        assert priya.get(case_at(reference)).status_code == 404


class TestAPointOnTheMap:
    @pytest.fixture
    def marked(self, cast: Cast, report: Report) -> str:
        """The reference of a case whose place was marked on a map."""
        return report(point="53.79970,-1.54920")

    def test_it_is_read_and_shown(self, cast: Cast, sign_in: SignIn, marked: str, settings: Settings) -> None:
        settings.MAP = Tiles("https://tiles.leeds.example/{z}/{x}/{y}.png", "Leeds", 17)
        page = sign_in(cast.priya).get(case_at(marked))
        assert "Point on the map 53.79970, -1.54920" in text_of(page)
        assert 'data-map="53.79970,-1.54920"' in page.text
        assert "https://tiles.leeds.example" in page["Content-Security-Policy"]

    def test_whoever_visits_takes_it_along(self, cast: Cast, sign_in: SignIn, marked: str) -> None:
        visit = sign_in(cast.priya).get(f"{case_at(marked)}visit/")
        assert "Point on the map 53.79970, -1.54920" in text_of(visit)

    def test_other_cases_show_no_map(self, cast: Cast, sign_in: SignIn, reported_case: str, settings: Settings) -> None:
        settings.MAP = Tiles("https://tiles.leeds.example/{z}/{x}/{y}.png", "Leeds", 17)
        page = sign_in(cast.priya).get(case_at(reported_case))
        assert "Point on the map" not in text_of(page)
        assert "data-map" not in page.text
        assert "tiles.leeds.example" not in page["Content-Security-Policy"]
