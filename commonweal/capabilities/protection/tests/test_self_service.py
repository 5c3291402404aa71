"""A copy goes without a person's check only where every condition of practice holds (practice: self-service)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.capabilities.protection.rules.at_once import QUIET, Asking, SignIn, may_go_at_once

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CLEAR = Asking(
    is_confirmed=True, needs_factor=False, factor_since=None, changed_at=None, is_marked=False, has_copy=False
)
BY_PASSWORD = SignIn(password_at=NOON)

moments = st.none() | st.timedeltas(timedelta(hours=-200), timedelta(0)).map(lambda span: NOON + span)
askings = st.builds(
    Asking,
    is_confirmed=st.booleans(),
    needs_factor=st.booleans(),
    factor_since=moments,
    changed_at=moments,
    is_marked=st.booleans(),
    has_copy=st.booleans(),
)
sign_ins = st.builds(SignIn, password_at=moments, factor_at=moments)


def test_who_meets_every_condition_has_it_at_once() -> None:
    assert may_go_at_once(CLEAR, BY_PASSWORD, NOON)


@pytest.mark.parametrize(
    "failing",
    [
        {"is_confirmed": False},
        {"needs_factor": True},
        {"changed_at": NOON - QUIET + timedelta(seconds=1)},
        {"is_marked": True},
        {"has_copy": True},
    ],
)
def test_each_condition_is_needed(failing: dict[str, bool]) -> None:
    assert not may_go_at_once(replace(CLEAR, **failing), BY_PASSWORD, NOON)  # type: ignore[arg-type]


def test_a_link_in_an_email_alone_is_never_enough() -> None:
    assert not may_go_at_once(CLEAR, SignIn(), NOON)
    assert not may_go_at_once(CLEAR, SignIn(factor_at=NOON), NOON)


def test_after_a_change_it_is_enough_to_step_up_with_a_second_step_that_was_there_before() -> None:
    changed = replace(CLEAR, changed_at=NOON - timedelta(hours=1), factor_since=NOON - QUIET)
    assert may_go_at_once(changed, SignIn(NOON, NOON), NOON)
    assert not may_go_at_once(changed, SignIn(NOON, NOON - timedelta(hours=2)), NOON)
    new_factor = replace(changed, factor_since=NOON - timedelta(hours=1))
    assert not may_go_at_once(new_factor, SignIn(NOON, NOON), NOON)


@given(askings, sign_ins)
def test_what_is_marked_is_always_looked_at_and_nothing_else_depends_on_it(asking: Asking, sign_in: SignIn) -> None:
    assert not may_go_at_once(replace(asking, is_marked=True), sign_in, NOON)
    if may_go_at_once(asking, sign_in, NOON):
        assert asking.is_confirmed
        assert sign_in.password_at is not None
        assert not asking.has_copy
        assert sign_in.factor_at is not None or not asking.needs_factor


@given(askings, sign_ins)
def test_seventy_two_quiet_hours_are_asked_of_everybody_who_does_not_step_up(asking: Asking, sign_in: SignIn) -> None:
    lately = replace(asking, changed_at=NOON - timedelta(hours=71), factor_since=None)
    assert not may_go_at_once(lately, sign_in, NOON)
