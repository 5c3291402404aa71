"""The log holds ids and codes, and only grows."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from hypothesis import given
from hypothesis import strategies as st

from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.audit.codes import NotACode, check_code
from commonweal.foundations.personal_data.tests.conftest import acting


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        "update audit_entry set action = 'x'",
        "delete from audit_entry",
        "truncate audit_entry",
        "drop table audit_entry",
    ],
)
def test_the_application_takes_nothing_from_the_log(cast: Cast, change: str) -> None:
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), acting(SET_UP, cast.leeds):
        connection.cursor().execute(change)


@pytest.mark.parametrize(
    "value", [uuid4(), 7, True, None, date(2026, 11, 2), "", "cases.case", "LEE-12:34_5", "x" * 64]
)
def test_ids_and_codes_may_be_recorded(value: object) -> None:
    check_code("fact", value)


@pytest.mark.parametrize(
    "value", ["Rosa Lund", "rosa@people.example", "1 High Street", "a\nb", "x" * 65, "Siân", 1.5, b"x", ["a"], {"a": 1}]
)
def test_what_a_person_could_have_said_may_not(value: object) -> None:
    with pytest.raises(NotACode) as refusal:
        check_code("fact", value)
    assert str(value) not in str(refusal.value)


@given(st.text().filter(lambda text: any(character.isspace() or character == "@" for character in text)))
def test_no_text_with_a_space_or_an_at_sign_is_a_code(text: str) -> None:
    with pytest.raises(NotACode):
        check_code("fact", text)


def test_a_moment_is_a_code() -> None:
    check_code("fact", datetime(2026, 11, 2, 9, 0, tzinfo=UTC))
