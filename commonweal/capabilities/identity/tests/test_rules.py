"""Who may hold which roles together, and how long training counts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.capabilities.identity.rules import GRACE, ROLES, conflict_of, is_trained, purposes_of
from commonweal.foundations.personal_data.purposes import PURPOSES

OFFICER = "data_protection_officer"
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2099, 1, 1))
SETS_OF_ROLES = st.sets(st.sampled_from(sorted(ROLES)))


class TestConflicts:
    """UK GDPR Article 38(6): the officer's other tasks may not lead to a conflict of interests."""

    @pytest.mark.parametrize("role", ["team_manager", "service_designer", "administrator"])
    def test_an_officer_decides_no_purposes_and_no_means(self, role: str) -> None:
        assert conflict_of([OFFICER, role])
        assert conflict_of([role, OFFICER])

    @given(SETS_OF_ROLES)
    def test_nobody_else_conflicts(self, roles: set[str]) -> None:
        deciding = {role for role in roles if ROLES[role].decides_means}
        assert bool(conflict_of(roles)) == (OFFICER in roles and bool(deciding))

    @given(SETS_OF_ROLES, SETS_OF_ROLES)
    def test_more_roles_never_make_a_conflict_go_away(self, roles: set[str], others: set[str]) -> None:
        assert not conflict_of(roles) or conflict_of(roles | others)

    def test_the_rule_cites_its_article(self) -> None:
        assert "Article 38(6)" in (conflict_of.__doc__ or "")


class TestTraining:
    """Practice: a hard stop before first access; an expired refresher counts for 14 days more."""

    def test_none_is_a_hard_stop(self) -> None:
        assert not is_trained(None, date(2026, 11, 2))

    @pytest.mark.parametrize(("today", "counts"), [(date(2026, 11, 16), True), (date(2026, 11, 17), False)])
    def test_the_grace_ends_after_fourteen_days(self, today: date, counts: bool) -> None:
        assert is_trained(date(2026, 11, 2), today) is counts

    @given(expires=DAYS, today=DAYS)
    def test_it_counts_until_the_grace_is_over_and_not_a_day_longer(self, expires: date, today: date) -> None:
        assert is_trained(expires, today) == (today <= expires + GRACE)

    @given(expires=DAYS, today=DAYS, later=st.integers(min_value=0, max_value=4000))
    def test_a_later_course_never_counts_less(self, expires: date, today: date, later: int) -> None:
        assert not is_trained(expires, today) or is_trained(expires + timedelta(days=later), today)


class TestPurposes:
    def test_every_purpose_of_a_role_is_one_of_the_closed_set(self) -> None:
        assert all(role.purposes <= set(PURPOSES) for role in ROLES.values())

    def test_no_role_reads_for_what_people_do_themselves(self) -> None:
        own = {purpose.code for purpose in PURPOSES.values() if purpose.is_own}
        assert not purposes_of(ROLES) & own

    def test_an_officer_opens_no_cases_and_a_case_worker_oversees_nothing(self) -> None:
        assert "casework" not in purposes_of([OFFICER])
        assert purposes_of(["case_worker"]) == {"casework", "safety"}

    def test_those_who_make_services_read_nothing(self) -> None:
        assert purposes_of(["service_designer", "administrator"]) == frozenset()

    def test_no_role_no_purpose(self) -> None:
        assert purposes_of([]) == frozenset()
