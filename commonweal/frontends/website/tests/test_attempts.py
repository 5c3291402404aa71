"""Guessing is slowed down, and nobody can lock a person out of their own case."""

import pytest
from django.core.cache import caches
from django.test import RequestFactory

from commonweal.frontends.website.attempts import (
    TRIES_EVERYWHERE,
    TRIES_PER_REFERENCE,
    TRIES_PER_SOURCE,
    Attempts,
    TooManyAttempts,
)

REFERENCE = "BCDF-2345-X"


def attempts(source: str, reference: str = REFERENCE) -> Attempts:
    return Attempts.of(RequestFactory().post("/", REMOTE_ADDR=source), reference)


def guess(source: str, reference: str = REFERENCE, *, times: int = 1) -> None:
    for _time in range(times):
        attempts(source, reference).note_wrong()


def test_a_source_that_guesses_at_one_reference_has_to_wait() -> None:
    guess("192.0.2.1", times=TRIES_PER_REFERENCE - 1)
    attempts("192.0.2.1").check()
    guess("192.0.2.1")
    with pytest.raises(TooManyAttempts):
        attempts("192.0.2.1").check()


def test_typing_it_differently_is_the_same_reference() -> None:
    guess("192.0.2.1", "bcdf 2345 x", times=TRIES_PER_REFERENCE)
    with pytest.raises(TooManyAttempts):
        attempts("192.0.2.1").check()


def test_a_source_that_guesses_at_many_references_has_to_wait() -> None:
    for number in range(TRIES_PER_SOURCE):
        guess("192.0.2.1", f"REFERENCE{number}")
    with pytest.raises(TooManyAttempts):
        attempts("192.0.2.1", "ANOTHER").check()


def test_others_are_not_locked_out_of_the_reference() -> None:
    guess("192.0.2.1", times=TRIES_PER_REFERENCE)
    attempts("192.0.2.2").check()


def test_a_reference_guessed_at_from_everywhere_leaves_everyone_their_first_try() -> None:
    for number in range(TRIES_EVERYWHERE):
        guess(f"198.51.100.{number}")
    attempts("192.0.2.2").check()
    guess("192.0.2.2")
    with pytest.raises(TooManyAttempts):
        attempts("192.0.2.2").check()


def test_an_ipv6_subscriber_is_one_source() -> None:
    guess("2001:db8:1:2::1", times=TRIES_PER_REFERENCE)
    with pytest.raises(TooManyAttempts):
        attempts("2001:db8:1:2:ffff::9").check()
    attempts("2001:db8:1:3::1").check()


def test_ipv4_visitors_that_are_told_in_the_ipv6_form_are_not_all_one_source() -> None:
    guess("::ffff:192.0.2.7", times=TRIES_PER_REFERENCE)
    for same in ("::ffff:192.0.2.7", "192.0.2.7", "::ffff:c000:207"):
        with pytest.raises(TooManyAttempts):
            attempts(same).check()
    attempts("::ffff:198.51.100.4").check()


def test_the_cache_holds_neither_address_nor_reference() -> None:
    guess("192.0.2.1")
    held = " ".join(caches["default"]._cache)  # type: ignore[attr-defined]
    assert held
    assert "192.0.2.1" not in held
    assert "BCDF2345X" not in held
