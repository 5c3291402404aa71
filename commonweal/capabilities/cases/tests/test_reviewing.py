"""A decision is challenged in time, by whom it concerns, and looked at again by somebody else."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.capabilities.cases.actions.reviewing import ask_review, record_review, reopen
from commonweal.capabilities.cases.errors import (
    ChallengedBefore,
    DecidedBefore,
    EvidenceNotSeen,
    NoReviewNow,
    NoSuchCase,
    NotAllowedNow,
)
from commonweal.capabilities.cases.models import Decision, Round
from commonweal.capabilities.cases.queries.filters import Filter
from commonweal.capabilities.cases.queries.worklists import worklist
from commonweal.capabilities.cases.rules import Decided, barred_from, kept_from, review_until, valid_until
from commonweal.capabilities.cases.tests.permits import decide, look, row_of
from commonweal.capabilities.cases.tests.test_deciding import refuse
from commonweal.conftest import SET_UP, Appoint, Cast, apply_for_permit
from commonweal.foundations.clocks.now import at
from commonweal.foundations.errors import Invalid
from commonweal.foundations.scope.actors import Resident, Staff
from commonweal.foundations.scope.scopes import read_scope

MONDAY = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def refused(cast: Cast) -> str:
    """A permit that Priya refused on a Monday."""
    with at(MONDAY):
        reference = apply_for_permit(cast)
        decide(cast, cast.priya, reference, "refused")
    return reference


@pytest.fixture
def wes(appoint: Appoint, cast: Cast) -> Staff:
    """Another officer of the team."""
    return appoint("Wes Hart", "case_worker", cast.waste_team)


def challenge(cast: Cast, reference: str, who: Resident | None = None, **more: Any) -> None:
    usual = {"review": "review", "text": "I do need it"}
    ask_review(who or cast.rosa, organisation=cast.leeds, reference=reference, **{**usual, **more})


@pytest.mark.django_db
class TestAsking:
    def test_a_list_says_no_more_of_it_than_to_open_it(self, cast: Cast, refused: str) -> None:
        """Who may decide depends on who decided before, which the case says and no list."""
        with at(MONDAY + timedelta(days=1)):
            challenge(cast, refused)
            fresh = apply_for_permit(cast)
            rows = worklist(cast.priya, organisation=cast.leeds, asked=Filter()).rows
        assert {row.reference: (row.may_be_closed, row.must_be_opened) for row in rows} == {
            refused: (False, True),
            fresh: (True, False),
        }

    def test_a_challenge_opens_the_case_again_for_nobody_yet(self, cast: Cast, refused: str) -> None:
        with at(MONDAY + timedelta(days=31)):
            challenge(cast, refused)
        case = row_of(cast, refused)
        assert (case.stage, case.outcome, case.closed_at, case.assignee_id) == ("received", "", None, None)
        with read_scope(SET_UP, (cast.leeds,)):
            opened = Round.objects.get()
        assert (opened.number, opened.review, opened.by_id) == (2, "review", None)

    def test_the_day_after_its_time_it_is_too_late_for_the_applicant_and_not_for_staff(
        self, cast: Cast, refused: str
    ) -> None:
        with at(MONDAY + timedelta(days=32)):
            with pytest.raises(NoReviewNow):
                challenge(cast, refused)
            case = row_of(cast, refused)
            record_review(
                cast.priya,
                organisation=cast.leeds,
                case=case.id,
                revision=case.revision,
                review="review",
                text="Was in hospital until today",
            )
        assert row_of(cast, refused).closed_at is None

    def test_only_whose_case_it_is_challenges_it(self, cast: Cast, refused: str) -> None:
        with at(MONDAY):
            for stranger in (cast.sam, Resident(), Resident(case=UUID(int=7))):
                with pytest.raises(NoSuchCase):
                    challenge(cast, refused, stranger)
            challenge(cast, refused, Resident(case=row_of(cast, refused).id))
        assert row_of(cast, refused).closed_at is None

    def test_twice_it_is_one_review(self, cast: Cast, refused: str) -> None:
        with at(MONDAY):
            challenge(cast, refused)
            case = row_of(cast, refused)
            challenge(cast, refused)
            challenge(cast, refused, Resident(case=case.id), text=" I do need it\r\n")
            with pytest.raises(ChallengedBefore):
                challenge(cast, refused, text="And another thing")
        assert row_of(cast, refused).revision == case.revision
        with read_scope(SET_UP, (cast.leeds,)):
            assert Round.objects.count() == 1

    @pytest.mark.parametrize("text", [" ", "x" * 10_001])
    def test_it_says_why(self, cast: Cast, refused: str, text: str) -> None:
        with at(MONDAY), pytest.raises(Invalid):
            challenge(cast, refused, text=text)

    def test_what_was_granted_is_not_challenged_here(self, cast: Cast) -> None:
        reference = apply_for_permit(cast)
        decide(cast, cast.priya, reference, "granted")
        with pytest.raises(NoReviewNow):
            challenge(cast, reference)


@pytest.mark.django_db
class TestDeciding:
    def test_an_officer_does_not_review_their_own_decision(self, cast: Cast, refused: str, wes: Staff) -> None:
        with at(MONDAY) as clock:
            clock.advance(timedelta(hours=1))
            challenge(cast, refused)
            clock.advance(timedelta(hours=1))
            look(cast, cast.priya, refused)
            with pytest.raises(DecidedBefore):
                refuse(cast, cast.priya, refused)
            decide(cast, wes, refused, "granted")
        with read_scope(SET_UP, (cast.leeds,)):
            made = list(Decision.objects.order_by("round").values_list("round", "outcome", "by_id"))
        assert made == [(1, "refused", cast.priya.account), (2, "granted", wes.account)]

    def test_nor_does_a_manager_who_decided(self, cast: Cast, refused: str) -> None:
        with at(MONDAY):
            challenge(cast, refused)
            manager = replace(cast.priya, roles=frozenset({"case_worker", "team_manager"}))
            look(cast, manager, refused)
            with pytest.raises(DecidedBefore):
                refuse(cast, manager, refused)

    def test_nor_after_the_case_was_only_reopened(self, cast: Cast, refused: str, wes: Staff) -> None:
        with at(MONDAY) as clock:
            challenge(cast, refused)
            clock.advance(timedelta(hours=1))
            decide(cast, wes, refused, "refused")
            case = row_of(cast, refused)
            reopen(wes, organisation=cast.leeds, case=case.id, revision=case.revision, text="A paper was overlooked")
            clock.advance(timedelta(hours=1))
            look(cast, cast.priya, refused)
            with pytest.raises(DecidedBefore):
                refuse(cast, cast.priya, refused)
            decide(cast, wes, refused, "granted")

    def test_the_evidence_is_seen_again_in_each_round(self, cast: Cast, refused: str, wes: Staff) -> None:
        with at(MONDAY) as clock:
            look(cast, wes, refused)
            clock.advance(timedelta(hours=1))
            challenge(cast, refused)
            with pytest.raises(EvidenceNotSeen):
                refuse(cast, wes, refused)


@pytest.mark.django_db
class TestReopening:
    def test_staff_reopen_with_a_reason_and_may_decide_anew(self, cast: Cast, refused: str) -> None:
        case = row_of(cast, refused)
        with at(MONDAY) as clock:
            usual: dict[str, Any] = {"organisation": cast.leeds, "case": case.id, "revision": case.revision}
            with pytest.raises(Invalid):
                reopen(cast.priya, **usual, text=" ")
            reopen(cast.priya, **usual, text="The proof was in the post")
            clock.advance(timedelta(hours=1))
            decide(cast, cast.priya, refused, "granted")
            assert row_of(cast, refused).outcome == "granted"

    def test_an_open_case_and_another_role_cannot(self, cast: Cast, refused: str) -> None:
        reference = apply_for_permit(cast, cast.sam)
        manager = replace(cast.priya, roles=frozenset({"team_manager"}))
        for who, which in ((cast.priya, reference), (manager, refused)):
            case = row_of(cast, which)
            with pytest.raises(NotAllowedNow):
                reopen(who, organisation=cast.leeds, case=case.id, revision=case.revision, text="Because")

    def test_opening_and_closing_it_lengthens_nothing(self, cast: Cast, refused: str) -> None:
        with at(MONDAY + timedelta(days=300)) as clock:
            case = row_of(cast, refused)
            reopen(cast.priya, organisation=cast.leeds, case=case.id, revision=case.revision, text="By mistake")
            clock.advance(timedelta(hours=1))
            decide(cast, cast.priya, refused, "refused")
        with read_scope(SET_UP, (cast.leeds,)):
            first, second = Decision.objects.order_by("round")
        assert second.kept_from == first.kept_from == first.at


OFFICERS = [UUID(int=number) for number in range(1, 4)]
ROUNDS = st.tuples(st.sampled_from("ab"), st.sampled_from(OFFICERS), st.booleans())
HISTORIES = st.lists(ROUNDS, min_size=1, max_size=6).map(
    lambda rounds: [
        Decided(outcome, by, MONDAY + timedelta(days=number), is_review=is_review)
        for number, (outcome, by, is_review) in enumerate(rounds)
    ]
)


@given(HISTORIES)
def test_whoever_decided_before_never_decides_a_review(decided: list[Decided]) -> None:
    assert barred_from(decided, is_review=True) == {each.by for each in decided}


@given(HISTORIES)
def test_reopening_lets_nobody_back_in_whom_a_review_kept_out(decided: list[Decided]) -> None:
    barred = barred_from(decided, is_review=False)
    for number, each in enumerate(decided):
        if each.is_review:
            assert {one.by for one in decided[:number]} <= barred
    if not any(each.is_review for each in decided):
        assert not barred


@given(HISTORIES)
def test_a_case_is_kept_from_a_decision_and_never_from_before_its_last_review(decided: list[Decided]) -> None:
    kept = kept_from(decided)
    assert kept in {each.at for each in decided}
    assert all(kept >= each.at for each in decided if each.is_review)
    assert all(kept >= each.at for before, each in pairwise(decided) if each.outcome != before.outcome)


@given(st.dates(date(2026, 1, 1), date(2040, 1, 1)), st.integers(1, 240))
def test_periods_end_where_calendars_say(day: date, months: int) -> None:
    assert valid_until(day, months) < (review_until(day, months) or day)
    assert review_until(day, None) is None


def test_three_years_from_29_february_end_on_27_february() -> None:
    assert valid_until(date(2028, 2, 29), 36) == date(2031, 2, 27)
    assert valid_until(date(2026, 3, 1), 36) == date(2029, 2, 28)
