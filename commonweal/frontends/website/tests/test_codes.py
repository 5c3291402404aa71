"""The code of an authenticator app: taken a little early or late, never twice, whatever the clocks do."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from allauth.mfa import app_settings
from allauth.mfa.totp.internal import auth
from django.core.cache import cache
from django.test import Client

from commonweal.conftest import Cast
from commonweal.frontends.demo_people import totp_secret
from commonweal.frontends.website.tests.conftest import PRIYA
from commonweal.frontends.website.tests.test_accounts import sign_in_priya

PERIOD = app_settings.TOTP_PERIOD
NOON = 1_800_000_000 // PERIOD * PERIOD
DESK = "/workspace/"

SetClock = Callable[[float], None]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """The machine's clock as the sign-in package sees it."""
    return lambda moment: monkeypatch.setattr(auth, "time", SimpleNamespace(time=lambda: moment))


def shown_at(moment: float) -> str:
    """What the app shows, to the second."""
    return str(auth.format_hotp_value(auth.hotp_value(totp_secret(PRIYA), int(moment) // PERIOD)))


@pytest.mark.parametrize(("seconds", "where"), [(29, DESK), (30, ""), (-60, DESK), (-61, "")])
def test_a_code_is_taken_one_step_late_or_early(
    cast: Cast, client: Client, set_clock: SetClock, seconds: int, where: str
) -> None:
    """It is the code of the half minute before noon, sent so many seconds after noon by the server's clock."""
    set_clock(NOON + seconds)
    assert sign_in_priya(cast, client, code=shown_at(NOON - 1)) == where


def test_no_process_takes_a_code_twice(cast: Cast, client: Client, set_clock: SetClock) -> None:
    code = shown_at(NOON)
    set_clock(NOON)
    assert sign_in_priya(cast, client, code=code) == DESK
    cache.clear()  # as in another process
    assert sign_in_priya(cast, Client(), code=code) == ""
    set_clock(NOON + PERIOD)
    assert sign_in_priya(cast, Client(), code=code) == ""
    assert sign_in_priya(cast, Client(), code=shown_at(NOON + PERIOD)) == DESK


def test_a_clock_that_was_ahead_locks_nobody_out(cast: Cast, client: Client, set_clock: SetClock) -> None:
    set_clock(NOON + 400 * PERIOD)
    assert sign_in_priya(cast, client, code=shown_at(NOON + 400 * PERIOD)) == DESK
    set_clock(NOON)
    assert sign_in_priya(cast, Client(), code=shown_at(NOON)) == DESK
