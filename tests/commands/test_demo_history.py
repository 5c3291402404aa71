"""The demonstration lives: every service has cases at several stages, made by real actions of the people it has."""

from collections import Counter

import pytest

from commonweal.foundations.clocks.now import today
from commonweal.frontends.cli.demo_history.acting import CONTENT
from tests.services.test_declared_services import FILES
from tests.stack.stack import Stack

OTHERS = [path.parent.name for path in FILES if path.parent.name != "missed_collection"]


@pytest.mark.parametrize("service", OTHERS)
def test_every_service_has_cases_that_are_open_and_that_are_decided(stack: Stack, service: str) -> None:
    states = "select distinct stage, closed_at is null from cases_case where service = %s"
    is_open = [state for _stage, state in stack.database.rows(states, service)]
    assert is_open.count(True) >= 2
    assert is_open.count(False) >= 1


def test_the_stories_of_leeds_end_as_they_are_told(stack: Stack) -> None:
    """Leeds has somebody for each visit; where one could not be paid, the rest of the story would be missing."""
    told = [_outcome(story) for story in CONTENT["stories"] if story["began"].get("leeds")]
    made = stack.database.rows(
        "select service, outcome from cases_case where service <> 'missed_collection'"
        " and (opened_at at time zone 'Europe/London')::date < %s"
        " and organisation_id = (select id from organisations_organisation where slug = 'leeds')",
        today(),
    )
    assert Counter(made) == Counter(told)


def test_challenges_are_decided_by_another_officer(stack: Stack) -> None:
    decided = "select case_id, count(*), count(distinct by_id) from cases_decision where undone_at is null group by 1"
    again = [row for row in stack.database.rows(decided) if row[1] > 1]
    assert len(again) >= 5
    assert all(decisions == officers for _case, decisions, officers in again)


def test_some_are_late_one_is_published_and_a_badge_ends_soon(stack: Stack) -> None:
    assert stack.database.value("select count(*) from cases_case where closed_at is null and due_on < %s", today()) >= 4
    assert stack.database.value("select count(*) from cases_disclosure where withdrawn_at is null") >= 1
    ending = "select count(*) from cases_grant where ended_at is null and until_on between %s and %s::date + 56"
    assert stack.database.value(ending, today(), today()) >= 1


def _outcome(story: dict[str, object]) -> tuple[object, str]:
    """What a story comes to: its last decision, unless it was challenged after that."""
    outcome = ""
    visits = story.get("then", [])
    assert isinstance(visits, list)
    for visit in visits:
        outcome = "" if "challenge" in visit else visit.get("decide", {}).get("outcome", outcome)
    return story["service"], outcome


def test_the_officer_of_leeds_has_requests_in_every_state(stack: Stack) -> None:
    here = "organisation_id = (select id from organisations_organisation where slug = 'leeds')"
    rows = stack.database.rows(
        "select kind, closed_at is null, statutory_on < %s, extended_on is null,"
        " exists(select from protection_requestpause p where p.request_id = r.id and until_day is null)"
        f" from protection_request r where {here}",
        today(),
    )
    is_open = [row for row in rows if row[1]]
    assert len(is_open) >= 5
    assert [row[0] for row in is_open if row[2] and not row[4]] == ["access"]
    assert sum(not extended_on_is_null for *_rest, extended_on_is_null, _paused in is_open) == 1
    assert sum(is_paused for *_rest, is_paused in is_open) == 1
    assert "complaint" in {row[0] for row in is_open}
    assert len(rows) > len(is_open)
