"""The clock of a case: the promised date stands, and its reasons are told."""

from datetime import date

from commonweal.capabilities.cases.rules import clock_of, due_on


def test_the_reasons_lead_to_the_promised_date() -> None:
    friday = date(2026, 11, 27)
    promised = due_on(friday, 2, "Scotland")
    clock = clock_of(friday, 2, "Scotland", promised)
    assert promised == date(2026, 12, 2)  # St Andrew's Day, Monday 30 November, is a holiday in Scotland alone
    assert (clock.day, clock.act_by, clock.start) == (promised, promised, friday)
    assert clock.explain[0].values == {"start": friday, "days": 2}


def test_a_date_that_was_promised_is_not_counted_anew() -> None:
    promised = date(2026, 12, 24)
    assert clock_of(date(2026, 11, 27), 2, "England", promised).act_by == promised
