"""A date that moves with the calendar: whatever the order of changes, it ends where it is counted."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from commonweal.capabilities.cases.rules import moved_to

days = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@given(days, days, st.lists(st.booleans(), max_size=4))
def test_counting_anew_settles_on_what_was_counted(promised: date, counted: date, changes: list[bool]) -> None:
    """Whatever went before, one day added and one gone lead there, in either order; the same again moves nothing."""
    for is_added in changes:
        moved = moved_to(promised, counted, is_added=is_added)
        assert moved_to(moved, counted, is_added=is_added) == moved
        promised = moved
    for order in ((True, False), (False, True)):
        first = moved_to(promised, counted, is_added=order[0])
        assert moved_to(first, counted, is_added=order[1]) == counted
