"""A disclosure log names nobody, is found by words, and is taken back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.capabilities.cases.actions.publishing import (
    NewDisclosure,
    _require_nobody,
    publish_case,
    withdraw_case,
)
from commonweal.capabilities.cases.actions.reviewing import reopen
from commonweal.capabilities.cases.errors import NoSuchCase, NotAllowedNow
from commonweal.capabilities.cases.queries.closed import closed_page
from commonweal.capabilities.cases.queries.published import PAGE, disclosures
from commonweal.capabilities.cases.tests.permits import decide, row_of
from commonweal.conftest import Cast, apply_for_permit
from commonweal.foundations.clocks.now import at
from commonweal.foundations.errors import Invalid
from commonweal.foundations.scope.actors import Staff, Visitor

MONDAY = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


def publish(cast: Cast, reference: str, who: Staff | None = None, **more: Any) -> None:
    written = replace(NewDisclosure("Permits in March", "How many permits there were: 12"), **more)
    publish_case(who or cast.priya, organisation=cast.leeds, case=row_of(cast, reference).id, written=written)


def titles(cast: Cast, words: str = "", after: str = "") -> list[str]:
    log = disclosures(Visitor(), organisation=cast.leeds, service="permit", words=words, after=after)
    return [row.title for row in log.rows]


@pytest.fixture
def granted(cast: Cast) -> str:
    reference = apply_for_permit(cast)
    decide(cast, cast.priya, reference, "granted")
    return reference


@pytest.mark.django_db
class TestPublishing:
    def test_it_is_there_for_everybody_and_gone_when_taken_back(self, cast: Cast, granted: str) -> None:
        publish(cast, granted)
        publish(cast, granted, title="Permits in spring")
        assert titles(cast) == ["Permits in spring"]
        withdraw_case(cast.priya, organisation=cast.leeds, case=row_of(cast, granted).id)
        assert titles(cast) == []
        with pytest.raises(NoSuchCase):
            withdraw_case(cast.priya, organisation=cast.leeds, case=row_of(cast, granted).id)

    def test_the_applicants_name_is_refused_and_a_part_of_it_asked_about(self, cast: Cast, granted: str) -> None:
        with pytest.raises(Invalid):
            publish(cast, granted, summary="rosa  DELGADO asked for it", is_sure=True)
        with pytest.raises(Invalid):
            publish(cast, granted, summary="The Delgado bridge")
        publish(cast, granted, summary="The Delgado bridge", is_sure=True)

    def test_only_what_may_be_published_and_by_whom(self, cast: Cast, granted: str) -> None:
        with pytest.raises(NotAllowedNow):
            publish(cast, granted, replace(cast.priya, roles=frozenset({"team_manager"})))
        withdrawn = apply_for_permit(cast, cast.sam)
        with pytest.raises(NotAllowedNow):
            publish(cast, withdrawn)
        decide(cast, cast.priya, withdrawn, "withdrawn")
        with pytest.raises(NotAllowedNow):
            publish(cast, withdrawn)

    def test_it_is_also_taken_back_once_the_case_is_open_again(self, cast: Cast, granted: str) -> None:
        publish(cast, granted)
        case = row_of(cast, granted)
        reopen(cast.priya, organisation=cast.leeds, case=case.id, revision=case.revision, text="It told too much")
        page = closed_page(cast.priya, organisation=cast.leeds, reference=granted)
        assert (page.publication, page.may_publish) == ("What we published", False)
        with pytest.raises(NotAllowedNow):
            publish(cast, granted, title="Once more")
        with pytest.raises(NotAllowedNow):
            withdraw_case(replace(cast.priya, roles=frozenset({"team_manager"})), organisation=cast.leeds, case=case.id)
        withdraw_case(cast.priya, organisation=cast.leeds, case=case.id)
        assert titles(cast) == []
        assert closed_page(cast.priya, organisation=cast.leeds, reference=granted).publication == ""

    @pytest.mark.parametrize("wrong", [{"title": " "}, {"summary": ""}, {"title": "x" * 201}])
    def test_it_has_words(self, cast: Cast, granted: str, wrong: dict[str, Any]) -> None:
        with pytest.raises(Invalid):
            publish(cast, granted, **wrong)

    def test_it_is_found_by_all_of_its_words_and_paged(self, cast: Cast) -> None:
        with at(MONDAY) as clock:
            for number in range(PAGE + 2):
                reference = apply_for_permit(cast)
                decide(cast, cast.priya, reference, "granted")
                publish(cast, reference, title=f"Number {number:02}")
                clock.advance(timedelta(hours=2))
        log = disclosures(Visitor(), organisation=cast.leeds, service="permit")
        assert [row.title for row in log.rows] == [f"Number {number:02}" for number in range(PAGE + 1, 1, -1)]
        assert titles(cast, after=log.following) == ["Number 01", "Number 00"]
        assert titles(cast, words="PERMITS 07") == ["Number 07"]
        assert titles(cast, words="permits nowhere") == []
        assert titles(cast, after="nonsense") == [row.title for row in log.rows]


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(["Ana Ruiz", "Li", "J. O'Neill (Jr)"]))
def test_a_whole_name_is_found_wherever_it_stands(before: str, after: str, name: str) -> None:
    with pytest.raises(Invalid):
        _require_nobody(f"{before} {name} {after}", [name], is_sure=True)
