"""The order of one subject's events, when ids and commits disagree and several dispatchers are at it."""

import itertools
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection, connections
from psycopg.types.json import Jsonb

from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.events import event as events
from commonweal.foundations.events import waiting
from commonweal.foundations.events.event import Event, handles, publish
from commonweal.foundations.events.models import Outgoing
from commonweal.foundations.personal_data.tests.conftest import acting
from commonweal.foundations.scope.actors import System
from commonweal.foundations.tasks import dispatcher
from commonweal.foundations.tasks.dispatcher import dispatch, dispatch_all

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

_INSERT = (
    "insert into events_outgoing (organisation_id, at, name, body, subject_id, attempts, next_at, error)"
    " values (%s, now(), %s, %s, %s, 0, now(), '') returning id"
)


@dataclass(frozen=True, kw_only=True)
class Ordered(Event):
    number: int


Event.REGISTERED.pop(Ordered.name)


@pytest.fixture(autouse=True)
def _only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Event, "REGISTERED", {Ordered.name: Ordered})
    handlers: dict[str, Any] = {}
    monkeypatch.setattr(events, "HANDLERS", handlers)
    monkeypatch.setattr(dispatcher, "HANDLERS", handlers)


@pytest.fixture
def arrived() -> list[tuple[UUID, int]]:
    """What arrived, in the order in which it did."""
    given: list[tuple[UUID, int]] = []

    @handles(Ordered)
    def take(actor: System, event: Ordered) -> None:
        given.append((event.subject_id, event.number))

    return given


def tell(organisation: int, subject: UUID, *numbers: int) -> None:
    for number in numbers:
        with acting(SET_UP, organisation):
            publish(Ordered(organisation=organisation, subject_id=subject, number=number))


def test_a_lower_id_that_commits_after_a_higher_one_was_delivered(arrived: list[tuple[UUID, int]], cast: Cast) -> None:
    """The order of the commits, which is not that of the ids; and the late one is not passed over."""
    dispatch_all()
    subject = uuid4()
    body = {"organisation": cast.leeds, "subject_id": str(subject), "number": 1}
    with _another_transaction() as late:
        ((lower,),) = late.execute(_INSERT, [cast.leeds, Ordered.name, Jsonb(body), subject]).fetchall()
        tell(cast.leeds, subject, 2)
        assert dispatch() == 1
        late.commit()
    assert Outgoing.objects.filter(id__gt=lower, delivered_at__isnull=False).exists()

    dispatch_all()

    assert arrived == [(subject, 2), (subject, 1)]


def test_a_change_that_saw_another_comes_after_it_whatever_is_running_beside(
    arrived: list[tuple[UUID, int]], cast: Cast
) -> None:
    """A transaction that never ends holds up nobody: what is promised needs no waiting for it."""
    subject = uuid4()
    with _another_transaction() as endless:
        body = {"organisation": cast.leeds, "subject_id": str(uuid4()), "number": 0}
        endless.execute(_INSERT, [cast.leeds, Ordered.name, Jsonb(body), uuid4()])
        tell(cast.leeds, subject, 1, 2, 3)
        dispatch_all()
        assert arrived == [(subject, 1), (subject, 2), (subject, 3)]


def test_a_dispatcher_that_wakes_late_with_an_old_list_does_nothing(
    arrived: list[tuple[UUID, int]], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    subject = uuid4()
    tell(cast.leeds, subject, 1, 2)
    with monkeypatch.context() as patch:
        patch.setattr(dispatcher, "due_events", _read_then_be_overtaken)
        assert dispatch() == 0
    assert arrived == [(subject, 1), (subject, 2)]


def test_a_dispatcher_does_not_wait_where_another_is_at_work(
    arrived: list[tuple[UUID, int]], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one is at a subject, another deals with the next."""
    slow, other = uuid4(), uuid4()
    tell(cast.leeds, slow, 1)
    tell(cast.leeds, other, 2)
    with _another_transaction() as busy:
        busy.execute(dispatcher._LOCK, [str(slow)])
        dispatch_all()
        assert arrived == [(other, 2)]
    dispatch_all()
    assert arrived == [(other, 2), (slow, 1)]


def test_many_dispatchers_with_failures_keep_the_order_of_every_subject(cast: Cast) -> None:
    """Bounded stress: six subjects of twelve events, four dispatchers, two handlers, every fifth attempt fails."""
    arrived: dict[str, list[tuple[UUID, int]]] = {"first": [], "second": []}
    attempts = itertools.count()

    def stumble() -> None:
        if next(attempts) % 5 == 0:
            raise ConnectionError

    @handles(Ordered)
    def first(actor: System, event: Ordered) -> None:
        stumble()
        arrived["first"].append((event.subject_id, event.number))

    @handles(Ordered)
    def second(actor: System, event: Ordered) -> None:
        stumble()
        arrived["second"].append((event.subject_id, event.number))

    subjects = [uuid4() for _number in range(6)]
    for number in range(12):
        for subject in subjects:
            tell(cast.leeds, subject, number)
    _dispatch_together(4)
    for given in arrived.values():
        for subject in subjects:
            assert [number for whose, number in given if whose == subject] == list(range(12))


def _dispatch_together(count: int) -> None:
    """Dispatchers side by side, until nothing of ours waits; a failed event waits a second, which we do not."""
    begin = threading.Barrier(count)

    def work(_number: int) -> None:
        try:
            begin.wait(timeout=20)
            for _turn in range(400):
                dispatch()
                if not Outgoing.objects.filter(name=Ordered.name, delivered_at=None).exists():
                    return
                with connections["owner"].cursor() as cursor:
                    cursor.execute("update events_outgoing set next_at = at where delivered_at is null")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(work, range(count)))
    assert not Outgoing.objects.filter(name=Ordered.name, delivered_at=None).exists()


def _read_then_be_overtaken(*, at_most: int) -> list[Any]:
    """While this dispatcher slept, another one did it all."""
    due = waiting.due_events(at_most=at_most)

    def work() -> None:
        try:
            dispatch_all()
        finally:
            connection.close()

    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(1) as pool:
        patch.setattr(dispatcher, "due_events", waiting.due_events)
        pool.submit(work).result()
    return due


@contextmanager
def _another_transaction() -> Iterator["psycopg.Connection[tuple[int]]"]:
    """A transaction beside those of the test, as the owner; what is not committed is rolled back."""
    parameters = connections["owner"].get_connection_params()
    known = ("dbname", "user", "password", "host", "port")
    beside = psycopg.connect(**{name: parameters[name] for name in known if name in parameters})
    try:
        yield beside
    finally:
        beside.rollback()
        beside.close()
