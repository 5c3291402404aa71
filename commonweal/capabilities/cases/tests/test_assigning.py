"""A case is given to someone as long as it is open."""

from uuid import UUID

import pytest

from commonweal.capabilities.cases.actions import assigning, closing, noting
from commonweal.capabilities.cases.errors import NotAllowedNow
from commonweal.capabilities.cases.queries.opening import CasePage, case_page
from commonweal.conftest import Cast, Report

pytestmark = pytest.mark.django_db


def test_a_closed_case_is_given_to_nobody_and_keeps_who_dealt_with_it(cast: Cast, report: Report) -> None:
    reference = report(cast.rosa)

    def look() -> CasePage:
        return case_page(cast.priya, organisation=cast.leeds, reference=reference)

    def assign(assignee: UUID | None) -> None:
        seen = look()
        note = noting.NewNote(UUID(int=1), "Over to you")
        assigning.assign(
            cast.priya, organisation=cast.leeds, case=seen.id, revision=seen.revision, assignee=assignee, note=note
        )

    assign(cast.priya.account)
    page = look()
    closing.close(cast.priya, organisation=cast.leeds, case=page.id, revision=page.revision, outcome="collected")
    closed = look()
    for assignee in (cast.priya.account, None):
        with pytest.raises(NotAllowedNow):
            assign(assignee)
    assert look() == closed
    assert closed.assignee == cast.priya.account
