"""Calendars as data: seeded, proclaimed, withdrawn, closed; kept by administrators alone."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from commonweal.capabilities.organisations import actions, queries, tasks
from commonweal.capabilities.organisations.errors import DayTaken, NoSuchDay, NotAnAdministrator
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks.calendars import Nation
from commonweal.foundations.clocks.now import at
from commonweal.foundations.errors import Invalid

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
FRIDAY = date(2027, 6, 4)
CHRISTMAS = date(2027, 12, 27)


def is_working_day(organisation: int, day: date) -> bool:
    return queries.calendar(SET_UP, organisation=organisation).is_working_day(day)


class TestHolidaysOfANation:
    def test_they_are_seeded_once_from_the_package(self, cast: Cast) -> None:
        assert actions.seed_holidays(SET_UP, first_year=2027, last_year=2028) > 60
        assert actions.seed_holidays(SET_UP, first_year=2027, last_year=2028) == 0
        with at(NOW):
            days = [row.day for row in queries.coming_days(SET_UP, organisation=cast.fife)]
        assert date(2027, 11, 30) in days
        assert date(2027, 3, 29) not in days

    def test_one_that_is_proclaimed_holds_in_its_nation_and_in_the_union(self, cast: Cast) -> None:
        with at(NOW):
            actions.add_holiday(SET_UP, nation=Nation.SCOTLAND, day=FRIDAY, name="Proclaimed")
        assert not is_working_day(cast.fife, FRIDAY)
        assert is_working_day(cast.leeds, FRIDAY)
        assert not queries.calendar_of_any_part(SET_UP).is_working_day(FRIDAY)

    def test_one_that_is_withdrawn_is_no_holiday_and_no_seeding_brings_it_back(self, cast: Cast) -> None:
        with at(NOW):
            actions.seed_holidays(SET_UP, first_year=2027, last_year=2027)
            actions.remove_holiday(SET_UP, nation=Nation.ENGLAND, day=CHRISTMAS)
            actions.seed_holidays(SET_UP, first_year=2027, last_year=2027)
            assert is_working_day(cast.leeds, CHRISTMAS)
            assert not is_working_day(cast.cardiff, CHRISTMAS)
            assert not queries.calendar_of_any_part(SET_UP).is_working_day(CHRISTMAS)
            actions.add_holiday(SET_UP, nation=Nation.ENGLAND, day=CHRISTMAS, name="Christmas Day")
        assert not is_working_day(cast.leeds, CHRISTMAS)

    def test_every_body_learns_of_it_once(self, cast: Cast) -> None:
        with at(NOW):
            actions.add_holiday(SET_UP, nation=Nation.WALES, day=FRIDAY, name="Proclaimed")
            assert [news.day for news in queries.untold_holidays(SET_UP)] == [FRIDAY]
            tasks.tell_of_holidays()
            assert queries.untold_holidays(SET_UP) == ()

    def test_the_years_ahead_are_kept(self, cast: Cast) -> None:
        with at(NOW):
            tasks.keep_calendars()
            days = [row.day.year for row in queries.coming_days(SET_UP, organisation=cast.leeds)]
        assert (min(days), max(days)) == (2027, 2027 + tasks.YEARS_AHEAD)


class TestClosures:
    def test_they_stop_the_bodys_own_days_and_never_the_laws(self, cast: Cast) -> None:
        with at(NOW):
            actions.add_closure(SET_UP, organisation=cast.leeds, day=FRIDAY, name="Moving")
        calendar = queries.calendar(SET_UP, organisation=cast.leeds)
        assert calendar.is_working_day(FRIDAY)
        assert not calendar.is_service_day(FRIDAY)
        assert queries.calendar(SET_UP, organisation=cast.cardiff).is_service_day(FRIDAY)

    def test_they_are_named_in_the_readers_language(self, cast: Cast) -> None:
        with at(NOW):
            actions.add_closure(SET_UP, organisation=cast.leeds, day=FRIDAY, name="Moving", name_cy="Symud")
            with override("cy"):
                assert [row.name for row in queries.coming_days(SET_UP, organisation=cast.leeds)] == ["Symud"]

    def test_a_day_is_entered_once_and_removed_once(self, cast: Cast) -> None:
        with at(NOW):
            closure = actions.add_closure(SET_UP, organisation=cast.leeds, day=FRIDAY, name="Moving")
            with pytest.raises(DayTaken):
                actions.add_closure(SET_UP, organisation=cast.leeds, day=FRIDAY, name="Moving", is_holiday=True)
            actions.remove_closure(SET_UP, organisation=cast.leeds, closure=closure)
            with pytest.raises(NoSuchDay):
                actions.remove_closure(SET_UP, organisation=cast.leeds, closure=closure)

    @pytest.mark.parametrize("day", [date(2027, 1, 3), date(2030, 1, 5)])
    def test_what_is_past_or_far_off_is_not_entered(self, cast: Cast, day: date) -> None:
        with at(NOW), pytest.raises(Invalid) as refusal:
            actions.add_closure(SET_UP, organisation=cast.leeds, day=day, name=" ")
        assert set(refusal.value.fields) == {"day", "name"}


class TestWhoKeepsThem:
    def test_an_administrator_of_the_body_with_the_gates_met(self, cast: Cast) -> None:
        noor = replace(cast.priya, roles=frozenset({"administrator"}))
        refused = (
            cast.priya,
            cast.rosa,
            replace(noor, is_trained=False),
            replace(noor, has_second_factor=False),
            replace(cast.huw, roles=frozenset({"administrator"})),
        )
        with at(NOW):
            for actor in refused:
                with pytest.raises(NotAnAdministrator):
                    actions.add_closure(actor, organisation=cast.leeds, day=FRIDAY, name="Moving")
            actions.add_closure(noor, organisation=cast.leeds, day=FRIDAY, name="Moving")

    def test_a_bodys_administrator_keeps_no_nations_holidays(self, cast: Cast) -> None:
        noor = replace(cast.priya, roles=frozenset({"administrator"}))
        with at(NOW), pytest.raises(NotAnAdministrator):
            actions.add_holiday(noor, nation=Nation.ENGLAND, day=FRIDAY, name="Mine")
