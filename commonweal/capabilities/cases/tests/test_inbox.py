"""What wants somebody today: what is theirs and due, and what its applicant answered, until it is dealt with."""

from datetime import UTC, datetime, timedelta

import pytest

from commonweal.capabilities.cases.actions.asking import answer_question
from commonweal.capabilities.cases.actions.assigning import assign
from commonweal.capabilities.cases.actions.moving import move
from commonweal.capabilities.cases.queries.filters import Filter
from commonweal.capabilities.cases.queries.worklists import worklist
from commonweal.capabilities.cases.tests.permits import row_of
from commonweal.conftest import Cast, apply_for_permit
from commonweal.foundations.clocks.now import at

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


def inbox(cast: Cast) -> list[str]:
    """The references of what wants Priya."""
    found = worklist(cast.priya, organisation=cast.leeds, asked=Filter(show="inbox"))
    return [row.reference for row in found.rows]


def move_on(cast: Cast, reference: str, to: str, question: str = "") -> None:
    case = row_of(cast, reference)
    move(cast.priya, organisation=cast.leeds, case=case.id, revision=case.revision, to=to, question=question)


def take(cast: Cast, reference: str) -> None:
    case = row_of(cast, reference)
    assign(cast.priya, organisation=cast.leeds, case=case.id, revision=case.revision, assignee=cast.priya.account)


def test_what_came_back_from_its_applicant_until_it_is_moved(cast: Cast) -> None:
    with at(MONDAY) as clock:
        reference = apply_for_permit(cast)
        take(cast, reference)
        move_on(cast, reference, "ask", "Which gate is yours?")
        assert inbox(cast) == []
        clock.advance(timedelta(hours=1))
        answer_question(cast.rosa, organisation=cast.leeds, reference=reference, text="The green one")
        assert inbox(cast) == [reference]
        clock.advance(timedelta(hours=1))
        move_on(cast, reference, "ask", "And which key?")
        assert inbox(cast) == []


def test_what_is_due_and_nobody_elses(cast: Cast) -> None:
    with at(MONDAY) as clock:
        mine, other = apply_for_permit(cast), apply_for_permit(cast)
        take(cast, mine)
        clock.advance(timedelta(days=200))
        assert inbox(cast) == [mine]
        assert other != mine
