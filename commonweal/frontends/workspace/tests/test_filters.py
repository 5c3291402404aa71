"""Filters of the worklist: combined in the address, saved by name, with numbers that never count cases."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonweal.capabilities.cases.actions import assigning, moving
from commonweal.capabilities.cases.actions.opening import submit
from commonweal.capabilities.cases.queries import opening
from commonweal.capabilities.catalogue import actions as catalogue
from commonweal.capabilities.catalogue.queries import services
from commonweal.capabilities.forms.actions import filling as forms
from commonweal.conftest import SET_UP, Appoint, Cast
from commonweal.foundations.clocks.now import at, today
from commonweal.foundations.scope.actors import DraftHolder, Staff, Visitor
from commonweal.frontends.workspace.tests.conftest import SERVICE, Report, SignIn
from commonweal.frontends.workspace.tests.pages import LEEDS, references_in, text_of

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
WORKLIST = f"{LEEDS}cases/"
KEEP = f"{LEEDS}worklist/filters/"


def test_filters_are_combined_in_the_address(cast: Cast, sign_in: SignIn, report: Report) -> None:
    priya = sign_in(cast.priya)
    with at(MONDAY) as clock:
        late, later = report(), report()
        clock.move_to(MONDAY + timedelta(days=3))
        fresh = report()
        _assign(cast, late)
        _move(cast, late)
        _assign(cast, fresh)
        asked = {
            "show=mine": [late, fresh],
            "show=mine&due=overdue": [late],
            "show=mine&due=week": [fresh],
            "show=mine&due=overdue&stage=scheduled": [late],
            "show=mine&stage=received": [fresh],
            "show=inbox": [late],
            "show=unassigned&service=missed_collection": [later],
            "service=bulky_waste": [],
            f"who={cast.priya.account}&due=overdue": [late],
            "stage=<script>&service=%00&who=nobody&due=never": [late, later, fresh],
        }
        found = {query: references_in(priya.get(f"{WORKLIST}?{query}")) for query in asked}
    assert found == asked


def test_the_way_back_from_a_case_keeps_the_filters(cast: Cast, sign_in: SignIn, reported_case: str) -> None:
    priya, query = sign_in(cast.priya), "show=unassigned&service=missed_collection"
    assert f"{WORKLIST}{reported_case}/?{query}".replace("&", "&amp;") in _html(priya.get(f"{WORKLIST}?{query}"))
    page = _html(priya.get(f"{WORKLIST}{reported_case}/?{query}"))
    assert f"{WORKLIST}?{query}#{reported_case}".replace("&", "&amp;") in page


def test_a_filter_is_saved_by_name_and_shown_to_nobody_else(
    cast: Cast, sign_in: SignIn, reported_case: str, appoint: Appoint
) -> None:
    priya, other = sign_in(cast.priya), sign_in(appoint("Asha Rao", "case_worker", cast.waste_team))
    priya.post(f"{KEEP}?show=unassigned&due=week", {"name": "  This   week "})
    page = priya.get(WORKLIST)
    assert "This week" in text_of(page)
    assert f"{WORKLIST}?show=unassigned&amp;due=week" in _html(page)
    assert "This week" not in text_of(other.get(WORKLIST))
    priya.post(f"{KEEP}?show=mine", {"name": "This week"})
    assert _html(priya.get(WORKLIST)).count("This week</a>") == 1
    number = _html(priya.get(WORKLIST)).split('name="remove" value="')[1].split('"')[0]
    other.post(KEEP, {"remove": number})
    assert "This week" in text_of(priya.get(WORKLIST))
    priya.post(KEEP, {"remove": number})
    assert "This week" not in text_of(priya.get(WORKLIST))


@pytest.mark.parametrize(("name", "words"), [(" ", "Give the filter a name"), ("x" * 61, "60 characters or fewer")])
def test_a_name_that_cannot_be_kept_is_said_and_not_lost(
    cast: Cast, sign_in: SignIn, reported_case: str, name: str, words: str
) -> None:
    answer = sign_in(cast.priya).post(f"{KEEP}?show=mine", {"name": name})
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert name.strip() in _html(answer)


def test_the_tabs_say_how_many_there_are(cast: Cast, sign_in: SignIn, report: Report) -> None:
    priya = sign_in(cast.priya)
    with at(MONDAY) as clock:
        mine, _other = report(), report()
        _assign(cast, mine)
        clock.move_to(MONDAY + timedelta(days=3))
        report()
        words = text_of(priya.get(WORKLIST))
        assert "Open 3 Needs me today Due today 0 Overdue 2 Mine 1 Unassigned 2 Closed" in words
        assert "Mine 1 " in text_of(priya.get(f"{WORKLIST}?service=missed_collection"))
        assert "Mine 1 " not in text_of(priya.get(f"{WORKLIST}?stage=received"))


def test_a_manager_sees_what_each_of_the_team_has_to_do(
    cast: Cast, sign_in: SignIn, report: Report, appoint: Appoint
) -> None:
    asha = appoint("Asha Rao", "team_manager", cast.waste_team)
    with at(MONDAY) as clock:
        mine, _other = report(), report()
        _assign(cast, mine)
        clock.move_to(MONDAY + timedelta(days=3))
        page = sign_in(asha).get(f"{LEEDS}workload/")
    words = text_of(page)
    assert "Asha Rao 0 0 0" in words
    assert "Priya Nair 1 1 0" in words
    assert "Nobody 1 1 0" in words
    assert "The whole team 2 2 0" in words
    assert f"{WORKLIST}?due=overdue&amp;who={cast.priya.account}" in _html(page)
    assert sign_in(cast.priya).get(f"{LEEDS}workload/").status_code == 403


def test_a_list_asks_as_often_whatever_the_services_and_versions(
    cast: Cast, sign_in: SignIn, report: Report, appoint: Appoint
) -> None:
    """Cold: as a process that has seen no version yet."""
    manager = appoint("Asha Rao", "team_manager", cast.waste_team)
    counts: dict[str, list[int]] = {"cold": [], "warm": [], "manager": []}
    offered = 0
    for services_offered in (1, 5, 30):
        for number in range(offered, services_offered):
            _report_to(cast, f"service_{number}")
        offered = services_offered
        counts["cold"].append(_count(sign_in(cast.priya), offered, is_cold=True))
        counts["warm"].append(_count(sign_in(cast.priya), offered))
        counts["manager"].append(_count(sign_in(manager), offered))
    assert {name: len(set(each)) for name, each in counts.items()} == {"cold": 1, "warm": 1, "manager": 1}
    assert counts["cold"][0] <= counts["warm"][0] + 2


def _count(client: Client, expected: int, *, is_cold: bool = False) -> int:
    client.get(WORKLIST)
    if is_cold:
        services._KNOWN.clear()
    with CaptureQueriesContext(connection) as asked:
        assert len(references_in(client.get(WORKLIST))) == min(25, expected)
    return len(asked)


def _report_to(cast: Cast, name: str) -> None:
    written = (Path(settings.SERVICES) / SERVICE / "service.yaml").read_text()
    declaration = written.replace(f"name: {SERVICE}", f"name: {name}", 1)
    catalogue.offer_service(SET_UP, organisation=cast.leeds, declaration=declaration)
    draft = forms.start_draft(Visitor(), organisation=cast.leeds, service=name)
    day = today()
    given = {
        "bin": {"bin": "recycling"},
        "due": {"due-day": str(day.day), "due-month": str(day.month), "due-year": str(day.year)},
        "where": {"place-address": "12 Harewood Row", "place-postcode": "LS1 4HR", "left_at": "By the gate"},
        "contact": {"name": "Amina Yusuf", "email": "amina@people.example", "phone": "0113 496 0123"},
    }
    for page, typed in given.items():
        forms.answer_page(DraftHolder(draft=draft), organisation=cast.leeds, page=page, given=typed)
    reference = submit(DraftHolder(draft=draft), organisation=cast.leeds).reference
    _assign(cast, reference)


def _page(who: Staff, cast: Cast, reference: str) -> opening.CasePage:
    return opening.case_page(who, organisation=cast.leeds, reference=reference)


def _assign(cast: Cast, reference: str) -> None:
    case = _page(cast.priya, cast, reference)
    assigning.assign(
        cast.priya, organisation=cast.leeds, case=case.id, revision=case.revision, assignee=cast.priya.account
    )


def _move(cast: Cast, reference: str) -> None:
    case = _page(cast.priya, cast, reference)
    moving.move(cast.priya, organisation=cast.leeds, case=case.id, revision=case.revision, to="schedule")


def _html(page: Any) -> str:
    return str(page.content.decode())
