"""An administrator sees what did not arrive, and has it tried again; nobody else does."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client

from commonweal.conftest import SET_UP, Appoint, Cast
from commonweal.foundations.clocks.now import now
from commonweal.foundations.scope.scopes import PLATFORM, write_scope
from commonweal.frontends.workspace.tests.conftest import SignIn
from commonweal.frontends.workspace.tests.pages import LEEDS, text_of

pytestmark = pytest.mark.django_db
PAGE = f"{LEEDS}deliveries/"


def _fail_an_event(organisation: int, subject: UUID | None = None) -> int:
    """An event that has been tried three times and is due again in an hour."""
    with write_scope(SET_UP, PLATFORM), connection.cursor() as cursor:
        cursor.execute(
            "insert into events_outgoing (organisation_id, at, name, body, subject_id, attempts, next_at, error)"
            " values (%s, %s, 'cases.CaseOpened', '{}', %s, 3, %s + interval '1 hour', 'ConnectionError') returning id",
            [organisation, now(), subject or uuid4(), now()],
        )
        return int(cursor.fetchone()[0])


def _publish(organisation: int, *subjects: UUID, seconds_ago: float) -> None:
    with write_scope(SET_UP, PLATFORM), connection.cursor() as cursor:
        cursor.execute(
            "insert into events_outgoing (organisation_id, at, name, body, subject_id, attempts, next_at, error)"
            " select %s, %s, 'cases.CaseOpened', '{}', subject, 0, %s, '' from unnest(%s::uuid[]) as subject",
            [organisation, *[now() - timedelta(seconds=seconds_ago)] * 2, list(subjects)],
        )


def _next_try(event: int) -> bool:
    with write_scope(SET_UP, PLATFORM), connection.cursor() as cursor:
        cursor.execute("select next_at <= %s from events_outgoing where id = %s", [now(), event])
        return bool(cursor.fetchone()[0])


@pytest.fixture
def noor(appoint: Appoint, sign_in: SignIn) -> Client:
    """An administrator of Leeds."""
    return sign_in(appoint("Noor Haddad", "administrator"))


def test_what_fails_is_shown_with_its_reason_and_tried_again(cast: Cast, noor: Client) -> None:
    event = _fail_an_event(cast.leeds)
    page = text_of(noor.get(PAGE))
    assert "cases.CaseOpened" in page
    assert "ConnectionError" in page
    assert not _next_try(event)
    assert noor.post(PAGE, {"event": event}).status_code == 302
    assert _next_try(event)


def test_how_far_behind_delivery_is_and_what_waits_for_what_fails(cast: Cast, noor: Client) -> None:
    assert "has waited for 0 seconds" in text_of(noor.get(PAGE))
    stuck = uuid4()
    _fail_an_event(cast.leeds, stuck)
    _publish(cast.leeds, stuck, stuck, seconds_ago=500)
    _publish(cast.leeds, uuid4(), seconds_ago=89.5)
    page = text_of(noor.get(PAGE))
    assert "has waited for 90 seconds" in page
    assert "cases.CaseOpened ConnectionError 3 2 " in page


def test_another_bodys_is_neither_shown_nor_tried(cast: Cast, noor: Client) -> None:
    event = _fail_an_event(cast.cardiff)
    assert "Everything has arrived." in text_of(noor.get(PAGE))
    for forged in (str(event), "", "x", "9" * 40):
        assert noor.post(PAGE, {"event": forged}).status_code == 404
    assert not _next_try(event)


def test_it_is_for_administrators(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.priya).get(PAGE).status_code == 403
    assert sign_in(cast.huw).get(PAGE).status_code == 404
