"""What a condition rests on is named where it does not hold; what the answers exclude for good is not spoken of."""

from functools import partial
from typing import Any

import pytest

from commonweal.capabilities.cases.actions.closing import close
from commonweal.capabilities.cases.errors import EvidenceNotSeen, StillMissing
from commonweal.capabilities.cases.queries.closing import ClosingPage, closing_page
from commonweal.capabilities.cases.tests.test_recounting import MONDAY
from commonweal.capabilities.cases.tests.test_recounting import report as send
from commonweal.capabilities.cases.tests.test_work import careful, found, look
from commonweal.capabilities.cases.tests.variants import case_of, offer
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks.now import at
from commonweal.foundations.personal_data.models import Opening, Trace
from commonweal.foundations.scope.scopes import read_scope

pytestmark = pytest.mark.django_db

RESTS = "An answer or finding that allows it (Which bin was missed?, Whose)"


def with_condition(condition: str, declared: dict[str, Any]) -> None:
    careful(declared)
    declared["case"]["outcomes"][0] |= {"when": condition, "is_significant": True}


def reported(cast: Cast, condition: str) -> str:
    offer(cast.leeds, partial(with_condition, condition))
    with at(MONDAY):
        return send(cast.leeds)


def closing(cast: Cast, reference: str) -> ClosingPage:
    return closing_page(cast.priya, organisation=cast.leeds, reference=reference)


def test_where_it_does_not_hold_pages_name_what_it_rests_on(cast: Cast) -> None:
    reference = reported(cast, "facts.whose == 'ours' && answers.bin != 'facts.health'")
    assert {row.key: row.lacks for row in closing(cast, reference).not_yet} == {"collected": (RESTS,)}
    assert [each.key for each in look(cast, reference).not_yet if each.key == "collected"] == ["collected"]
    assert look(cast, reference).work.lacks["collected"] == (RESTS,)
    case = case_of(cast.leeds, reference)
    with pytest.raises(StillMissing) as refused:
        close(cast.priya, organisation=cast.leeds, case=case.id, revision=case.revision, outcome="collected")
    assert RESTS in str(refused.value.message)
    found(cast, reference, whose="ours")
    assert "collected" in [row.key for row in closing(cast, reference).possible]


@pytest.mark.parametrize("finding", ["", "facts.whose == 'ours' && "])
def test_what_the_answers_exclude_is_no_more_spoken_of(cast: Cast, finding: str) -> None:
    reference = reported(cast, f"{finding}answers.bin == 'nothing'")
    assert "collected" not in [row.key for row in closing(cast, reference).outcomes]
    assert "collected" not in [each.key for each in look(cast, reference).not_yet]


def test_what_another_day_may_allow_is_not_excluded(cast: Cast) -> None:
    reference = reported(cast, "today < timestamp('2001-01-01T00:00:00Z')")
    assert "collected" in [each.key for each in look(cast, reference).not_yet]


def test_asking_what_is_missing_is_not_looking_at_the_case(cast: Cast) -> None:
    reference = reported(cast, "facts.whose == 'ours'")
    found(cast, reference, whose="ours")
    with read_scope(SET_UP, (cast.leeds,)):
        before = Trace.objects.filter(kind=Opening.OPENED, matter="case").count()
    closing(cast, reference)
    with read_scope(SET_UP, (cast.leeds,)):
        assert Trace.objects.filter(kind=Opening.OPENED, matter="case").count() == before
        assert Trace.objects.filter(kind=Opening.OPENED, matter="closing").exists()
    case = case_of(cast.leeds, reference)
    with pytest.raises(EvidenceNotSeen):
        close(cast.priya, organisation=cast.leeds, case=case.id, revision=case.revision, outcome="collected")
