"""Who may hold which roles together, and how long training counts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.capabilities.identity.rules import ROLES, Sat, Standing, conflict_of, purposes_of, standing_of
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


EXPIRES = date(2026, 11, 2)


def standing(today: date, *courses: Sat) -> Standing:
    return standing_of(courses or [Sat(date(2026, 1, 5), EXPIRES)], today)


class TestTraining:
    """Practice, gates that must not harm: reminders, 14 days' grace, own open cases read-only, then stop."""

    def test_none_is_a_hard_stop(self) -> None:
        assert standing_of([], EXPIRES) is Standing.NONE
        assert not Standing.NONE.may_break_glass

    @pytest.mark.parametrize(
        ("days", "expected"),
        [
            *((-31, "current"), (-30, "due"), (0, "due"), (1, "grace"), (14, "grace")),
            *((15, "read_only"), (28, "read_only"), (29, "stopped"), (4000, "stopped")),
        ],
    )
    def test_each_step_has_its_days(self, days: int, expected: str) -> None:
        found = standing(EXPIRES + timedelta(days=days))
        assert found == expected
        assert found.counts is (days <= 14)
        assert found.may_break_glass

    @given(today=DAYS, failed=DAYS)
    def test_a_failed_test_is_a_hard_stop_whatever_was_passed_before(self, today: date, failed: date) -> None:
        passed, test = Sat(date(2020, 1, 1), date(2099, 1, 1)), Sat(failed, failed, is_passed=False)
        assert standing_of([passed, test], today) is Standing.NONE
        assert standing_of([passed, test, Sat(today, today + timedelta(days=365))], today) is Standing.CURRENT

    @given(expires=DAYS, today=DAYS, later=st.integers(min_value=0, max_value=4000))
    def test_a_later_course_never_counts_less(self, expires: date, today: date, later: int) -> None:
        one = Sat(date(2020, 1, 1), expires)
        more = standing_of([one, Sat(date(2020, 1, 1), expires + timedelta(days=later))], today)
        steps = list(Standing)
        assert steps.index(more) <= steps.index(standing_of([one], today))


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
