"""The officer's pages of the trace: paging without gaps, and the rate of prompts."""

from base64 import urlsafe_b64encode
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from commonweal.capabilities.cases.queries.opening import case_page
from commonweal.capabilities.people.actions import recording
from commonweal.capabilities.people.queries import records as people
from commonweal.capabilities.protection.queries.overseeing import OfficerRow, PromptWeek, officer_openings, prompt_rate
from commonweal.capabilities.protection.queries.paging import Cursor
from commonweal.conftest import Appoint, Cast, Report
from commonweal.foundations.clocks.now import at
from commonweal.foundations.personal_data.models import Trace
from commonweal.foundations.scope.scopes import read_scope

NEW_YEAR = datetime(2026, 12, 31, 23, 40, tzinfo=UTC)


def test_pages_follow_each_other_without_gaps_across_months_and_clocks(cast: Cast) -> None:
    """Lines of two months, several at one moment, and a machine whose clock is behind: its ids are older."""
    rosa = recording.record_person(
        cast.rosa, organisation=cast.leeds, account=None, name="Rosa Delgado", email="", phone="", language="en"
    )
    with at(NEW_YEAR) as clock:
        for number in range(130):
            clock.move_to(NEW_YEAR + timedelta(minutes=(number * 37 % 130) // 3))
            people.person(cast.priya, organisation=cast.leeds, person=rosa)
    pages = _walk(cast)
    assert [len(page) for page in pages] == [50, 50, 30]
    rows = [row for page in pages for row in page]
    assert len({row.id for row in rows}) == 130
    assert [(row.at, row.id) for row in rows] == sorted(((row.at, row.id) for row in rows), reverse=True)
    assert {row.at.month for row in rows} == {12, 1}


def test_a_cursor_that_makes_no_sense_shows_the_beginning(cast: Cast) -> None:
    for moment in (
        "2026-01-01T00:00:00",
        "0001-01-01T00:00:00+23:00",
        "9999-12-31T23:59:59-23:00",
        "1999-12-31T00:00Z",
    ):
        cursor = urlsafe_b64encode(f"{moment},{cast.waste_team}".encode()).decode()
        assert Cursor.read(cursor) is None
        assert officer_openings(cast.olu, organisation=cast.leeds, after=cursor).rows == ()
    for text in ("x", "", "é", "AAAA", "AA==\x00"):
        assert officer_openings(cast.olu, organisation=cast.leeds, after=text).rows == ()


@pytest.mark.django_db
def test_a_page_is_read_from_the_index_of_organisation_and_moment(cast: Cast) -> None:
    cursor = Cursor(NEW_YEAR, cast.waste_team)
    with read_scope(cast.olu, (cast.leeds,)), connection.cursor() as database:
        database.execute("set local enable_seqscan = off; set local enable_bitmapscan = off")
        lines = Trace.objects.filter(cursor.begins(), organisation_id=cast.leeds).order_by("-at", "-id")[:51]
        plan = lines.explain()
    assert "Index Scan" in plan
    assert "Seq Scan" not in plan
    assert "2027" not in plan, "months after the cursor are not looked at"


def test_the_rate_of_prompts_is_counted_by_week(cast: Cast, report: Report, appoint: Appoint) -> None:
    reference = report(cast.rosa)
    grace = appoint("Grace Bell", "team_manager", cast.parks_team)
    with at(datetime(2026, 11, 29, 23, tzinfo=UTC)) as clock:
        for _number in range(99):
            case_page(cast.priya, organisation=cast.leeds, reference=reference)
        case_page(grace, organisation=cast.leeds, reference=reference, reason="safety")
        clock.move_to(datetime(2026, 11, 30, 9, tzinfo=UTC))
        case_page(cast.priya, organisation=cast.leeds, reference=reference)
        case_page(grace, organisation=cast.leeds, reference=reference, reason="complaint")
        weeks = prompt_rate(cast.olu, organisation=cast.leeds)
    assert weeks == (PromptWeek(date(2026, 11, 30), 2, 1), PromptWeek(date(2026, 11, 23), 100, 1))
    assert [(week.share, week.is_too_much) for week in weeks] == [(0.5, True), (0.01, False)]


def _walk(cast: Cast) -> list[tuple[OfficerRow, ...]]:
    pages: list[tuple[OfficerRow, ...]] = []
    after = ""
    while not pages or after:
        page = officer_openings(cast.olu, organisation=cast.leeds, after=after)
        pages.append(page.rows)
        after = page.following
    return pages
