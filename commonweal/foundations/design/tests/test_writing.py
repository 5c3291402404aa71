"""Dates and numbers as people read them."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from commonweal.foundations.clocks.calendars import Calendar, Nation
from commonweal.foundations.clocks.now import at
from commonweal.foundations.clocks.rights import rights_request_due
from commonweal.foundations.design import writing
from commonweal.foundations.design.catalogues import ROOT, compile_all

compile_all(ROOT)


def test_dates_in_both_languages() -> None:
    sunday = date(2026, 11, 22)
    with translation.override("en"):
        assert (writing.day(sunday), writing.short_day(sunday)) == ("22 November 2026", "22 Nov 2026")
        assert writing.weekday(sunday) == "Sunday 22 November 2026"
        assert writing.number(12345) == "12,345"
    with translation.override("cy"):
        assert writing.day(sunday) == "22 Tachwedd 2026"
        assert writing.weekday(sunday) == "Dydd Sul 22 Tachwedd 2026"


def test_moments_are_told_in_london() -> None:
    summer = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    with translation.override("en"):
        assert writing.day_time(summer) == "1 July 2026 at 12:30am"
        assert writing.day(summer) == "1 July 2026"
    assert writing.iso(summer) == "2026-06-30T23:30:00+00:00"


@pytest.mark.parametrize(
    ("day", "english", "welsh"),
    [
        (date(2026, 11, 22), "today", "heddiw"),
        (date(2026, 11, 23), "tomorrow", "yfory"),
        (date(2026, 11, 21), "yesterday", "ddoe"),
        (date(2026, 11, 24), "in 2 days", "ymhen 2 ddiwrnod"),
        (date(2026, 11, 25), "in 3 days", "ymhen 3 diwrnod"),
        (date(2026, 11, 2), "20 days ago", "20 diwrnod yn ôl"),
    ],
)
def test_how_far_a_day_is(day: date, english: str, welsh: str) -> None:
    with at(datetime(2026, 11, 22, 9, 0, tzinfo=UTC)):
        with translation.override("en"):
            assert writing.days_away(day) == english
        with translation.override("cy"):
            assert writing.days_away(day) == welsh


def test_a_due_date_explains_itself_in_both_languages() -> None:
    due = rights_request_due(date(2026, 11, 25), Calendar.of(Nation.WALES))
    with translation.override("en"):
        assert writing.explain(due)[0] == "We received the request on Wednesday 25 November 2026."
    with translation.override("cy"):
        assert writing.explain(due)[0] == "Dyddiad derbyn y cais: Dydd Mercher 25 Tachwedd 2026."
        assert "Dydd Nadolig" in writing.explain(due)[2]
