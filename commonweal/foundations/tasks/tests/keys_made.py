"""Keys in two organisations, for tests of what keeps them."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from django.db import connections

from commonweal.conftest import SET_UP
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.personal_data import keys as data_keys
from commonweal.foundations.scope.actors import Actor
from commonweal.foundations.scope.scopes import read_scope
from commonweal.foundations.tasks import keys

MADE = datetime(2026, 11, 1, 9, tzinfo=UTC)
BODIES = (1, 2)


@action()
def make_keys(actor: Actor, *, organisation: int, count: int) -> list[UUID]:
    record("tests.key")
    return [data_keys.key_for_subject(uuid4(), "people.closed") for _number in range(count)]


@action()
def destroy_holder(actor: Actor, *, organisation: int, holder: UUID) -> int:
    record("tests.key")
    data_keys.key_for_subject(holder, "people.closed")
    return data_keys.destroy(holder)


def bare(organisation: int, wanted: list[UUID]) -> dict[UUID, bytes]:
    """The data keys themselves, as this process opens them."""
    with read_scope(SET_UP, (organisation,)):
        return data_keys.unwrapped(wanted)


def wrappers() -> dict[str, int]:
    with connections["owner"].cursor() as cursor:
        cursor.execute("select wrapped_by, count(*) from personal_data_datakey group by 1")
        return dict(cursor.fetchall())


def rotate() -> list[str]:
    told: list[str] = []
    assert keys.rotate(connections["owner"], is_wanted=True, tell=told.append)
    return told
