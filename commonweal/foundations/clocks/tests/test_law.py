"""The worked dates of the law: data-protection.md section 1, ICO's guidance, FOIA 2000 and UK GDPR Article 33."""

from datetime import UTC, date, datetime, timedelta

import pytest

from commonweal.foundations.clocks.calendars import Calendar, Nation
from commonweal.foundations.clocks.due import Due
from commonweal.foundations.clocks.now import LONDON, local_date
from commonweal.foundations.clocks.pauses import Pause
from commonweal.foundations.clocks.periods import breach_report_due, complaint_due
from commonweal.foundations.clocks.rights import ExtensionTooLate, rights_request_due

ENGLAND = Calendar.of(Nation.ENGLAND)
SCOTLAND = Calendar.of(Nation.SCOTLAND)


def says(due: Due) -> list[str]:
    return [step.say() for step in due.explain]


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2025, 9, 3), date(2025, 10, 3)),
        (date(2025, 1, 31), date(2025, 2, 28)),
        (date(2024, 11, 25), date(2024, 12, 27)),
        (date(2024, 1, 31), date(2024, 2, 29)),
        (date(2026, 10, 31), date(2026, 11, 30)),
        (date(2026, 11, 28), date(2026, 12, 29)),
    ],
)
def test_rule_2_a_calendar_month_rolls_to_a_working_day(received: date, due: date) -> None:
    assert rights_request_due(received, ENGLAND).day == due


def test_rule_2_the_same_request_is_due_later_where_the_nation_has_a_holiday() -> None:
    received = date(2026, 10, 30)
    assert rights_request_due(received, ENGLAND).day == date(2026, 11, 30)
    assert rights_request_due(received, SCOTLAND).day == date(2026, 12, 1)


def test_rule_2_half_past_midnight_in_summer_counts_on_the_local_day() -> None:
    arrived = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert arrived == datetime(2026, 7, 1, 0, 30, tzinfo=LONDON)
    assert rights_request_due(local_date(arrived), ENGLAND).day == date(2026, 8, 3)


def test_rule_2_the_whole_last_day_may_be_used() -> None:
    due = rights_request_due(date(2026, 6, 1), ENGLAND)
    assert due.ends == datetime(2026, 7, 2, 0, 0, tzinfo=LONDON)
    assert not due.is_late(datetime(2026, 7, 1, 23, 59, tzinfo=LONDON))
    assert due.is_late(datetime(2026, 7, 2, 0, 0, tzinfo=LONDON))


def test_rule_2_a_fixed_thirty_days_is_later_than_the_law_on_73_of_1095_days() -> None:
    first = date(2025, 1, 1)
    receipts = [first + timedelta(days=n) for n in range((date(2028, 1, 1) - first).days)]
    late = [day for day in receipts if day + timedelta(days=30) > rights_request_due(day, ENGLAND).day]
    assert (len(late), len(receipts)) == (73, 1095)


def test_rule_1_and_3_evidence_or_a_fee_moves_the_start() -> None:
    due = rights_request_due(
        date(2026, 3, 2), ENGLAND, evidence=date(2026, 3, 10), fee_paid=date(2026, 3, 12), pauses=()
    )
    assert (due.start, due.day) == (date(2026, 3, 12), date(2026, 4, 13))
    assert says(due) == [
        "We received the request on Monday 2 March 2026.",
        "We received the evidence we needed on Tuesday 10 March 2026. The time starts then.",
        "The fee was paid on Thursday 12 March 2026. The time starts then.",
        "One month ends on the same date of the next month: Sunday 12 April 2026.",
        "Sunday 12 April 2026 is at a weekend, so the time ends on the next working day: Monday 13 April 2026.",
    ]


def test_rule_3_clarification_pauses_both_days_included() -> None:
    due = rights_request_due(date(2026, 9, 7), ENGLAND, pauses=[Pause(date(2026, 9, 14), date(2026, 9, 16))])
    assert due.start == date(2026, 9, 7)
    assert (due.act_by, due.day) == (date(2026, 10, 9), date(2026, 10, 12))
    assert says(due)[2:] == [
        "We asked for clarification on Monday 14 September 2026 and had the answer on Wednesday 16 September 2026. "
        "Those days and the days between do not count. Days that do not count: 3.",
        "Saturday 10 October 2026 is at a weekend, so the time ends on the next working day: Monday 12 October 2026.",
        "To be safe, act by Friday 9 October 2026: a stricter reading of the law counts the day the answer came.",
    ]


def test_rule_3_a_day_in_two_pauses_is_left_out_once() -> None:
    twice = [Pause(date(2026, 9, 14), date(2026, 9, 16)), Pause(date(2026, 9, 16), date(2026, 9, 17))]
    once = [Pause(date(2026, 9, 14), date(2026, 9, 17))]
    assert rights_request_due(date(2026, 9, 7), ENGLAND, pauses=twice).day == (
        rights_request_due(date(2026, 9, 7), ENGLAND, pauses=once).day
    )


def test_rule_3_while_the_answer_is_awaited_the_clock_is_stopped_and_never_late() -> None:
    due = rights_request_due(date(2026, 9, 7), ENGLAND, pauses=[Pause(date(2026, 9, 14))])
    assert due.stopped_since == date(2026, 9, 14)
    assert not due.is_late(datetime(2027, 1, 1, tzinfo=UTC))
    assert "stopped until the answer comes" in says(due)[2]


def test_rule_3_clarification_asked_after_the_end_stops_nothing() -> None:
    due = rights_request_due(date(2026, 9, 7), ENGLAND, pauses=[Pause(date(2026, 10, 8))])
    assert (due.day, due.stopped_since) == (date(2026, 10, 7), None)
    assert "had already ended" in says(due)[-1]


def test_rule_3_clarification_cannot_come_before_the_start_nor_an_answer_before_the_question() -> None:
    with pytest.raises(ValueError, match="before it started"):
        rights_request_due(date(2026, 9, 7), ENGLAND, pauses=[Pause(date(2026, 9, 6))])
    with pytest.raises(ValueError, match="before the question"):
        Pause(date(2026, 9, 7), date(2026, 9, 6))


def test_rule_4_an_extension_runs_to_three_months_from_the_original_start() -> None:
    due = rights_request_due(date(2025, 11, 29), ENGLAND, extended_on=date(2025, 12, 29))
    assert due.day == date(2026, 3, 2)
    assert "three months from the start" in says(due)[1]


def test_rule_4_the_notice_cannot_go_out_after_the_first_month() -> None:
    received = date(2025, 11, 24)
    assert rights_request_due(received, ENGLAND, extended_on=date(2025, 12, 24)).day == date(2026, 2, 24)
    with pytest.raises(ExtensionTooLate):
        rights_request_due(received, ENGLAND, extended_on=date(2025, 12, 25))
    with pytest.raises(ValueError, match="before the clock started"):
        rights_request_due(received, ENGLAND, extended_on=date(2025, 11, 23))


def test_rules_3_and_4_a_pause_moves_the_limit_for_the_notice_too() -> None:
    pauses = [Pause(date(2025, 12, 1), date(2025, 12, 3))]
    due = rights_request_due(date(2025, 11, 24), ENGLAND, pauses=pauses, extended_on=date(2025, 12, 29))
    assert due.day == date(2026, 2, 27)


def test_rule_6_thirty_days_beginning_when_received_count_that_day_and_do_not_roll() -> None:
    due = complaint_due(date(2026, 7, 3))
    assert due.day == date(2026, 8, 1)
    assert due.day.strftime("%A") == "Saturday"


def test_a_breach_has_72_hours_with_nights_weekends_and_holidays() -> None:
    aware = datetime(2026, 12, 24, 17, 0, tzinfo=UTC)
    assert breach_report_due(aware).ends == datetime(2026, 12, 27, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("aware", "ends"),
    [
        (datetime(2026, 3, 27, 12, 0, tzinfo=LONDON), datetime(2026, 3, 30, 13, 0, tzinfo=LONDON)),
        (datetime(2026, 10, 23, 12, 0, tzinfo=LONDON), datetime(2026, 10, 26, 11, 0, tzinfo=LONDON)),
    ],
)
def test_72_hours_are_real_hours_when_the_clocks_change(aware: datetime, ends: datetime) -> None:
    assert breach_report_due(aware).ends == ends


def test_a_moment_is_refused_where_the_law_counts_dates() -> None:
    with pytest.raises(TypeError, match="local_date"):
        rights_request_due(datetime(2026, 9, 7, tzinfo=UTC), ENGLAND)
