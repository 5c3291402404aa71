"""Delivering events, beside the bare claiming and marking of the same rows; and how long one waits under load."""

import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import psycopg
from django.db import connection, connections
from uuid6 import uuid7

from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.events.event import HANDLERS, Event, handles, publish
from commonweal.foundations.scope.actors import Actor, System
from commonweal.foundations.tasks.dispatcher import dispatch, dispatch_all
from commonweal.foundations.tasks.standing import LOOPS, keep_running
from tests.benchmarks.figures import Figure, in_turns

_N, _WARM_UP, _BATCH = 20, 5, 100
_A_SECOND, _SECONDS = 200, 5
_ORGANISATION = 1
_TELLER = System(task="benchmarks.tell")

_arrived: dict[UUID, float] = {}

_CLAIM = """
select id from bench_outgoing where delivered_at is null and next_at <= now() order by id limit 1 for update skip locked
"""


@dataclass(frozen=True, kw_only=True)
class Measured(Event):
    """Something happened that a handler only notes."""


@action()
def tell(actor: Actor, *, organisation: int, subject: UUID) -> None:
    """Publish one event, as a submit does beside its other work."""
    publish(Measured(organisation=organisation, subject_id=subject))
    record("benchmarks.told")


def figures() -> list[Figure]:
    """dispatch.events_per_second, and dispatch.lag: 95 in 100 events wait less; its floor is the pause of the loop."""
    dispatch_all()
    with _heard():
        return [_events(), _lag()]


def _events() -> Figure:
    for _number in range((_N + _WARM_UP) * _BATCH):
        tell(_TELLER, organisation=_ORGANISATION, subject=uuid7())
    with connections["owner"].cursor() as cursor:
        cursor.execute("create table bench_outgoing (like events_outgoing including all)")
        cursor.execute("create table bench_handled (like events_handled including all)")
        cursor.execute("insert into bench_outgoing select * from events_outgoing where delivered_at is null")
    with _bare_connection() as bare:
        ours, theirs = in_turns([_deliver, lambda: _claim_and_mark(bare)], _N)
    return Figure("dispatch.events_per_second", _BATCH / ours, "1/s", _BATCH / theirs, theirs / ours, _N)


def _deliver() -> None:
    if dispatch() != _BATCH:
        raise RuntimeError("There was no full batch to deliver.")


def _claim_and_mark(bare: "psycopg.Connection[tuple[int]]") -> None:
    """What any outbox does for each event: claim the row, note the handler, mark the row, commit."""
    for _number in range(_BATCH):
        with bare.transaction():
            ((event,),) = bare.execute(_CLAIM).fetchall()
            bare.execute("insert into bench_handled (event_id, handler) values (%s, 'bench')", [event])
            bare.execute("update bench_outgoing set delivered_at = now() where id = %s", [event])


def _lag() -> Figure:
    """Events are published at 200 a second, and a worker's loop delivers them beside."""
    stop = threading.Event()
    loop = next(loop for loop in LOOPS if loop.work is dispatch)
    worker = threading.Thread(target=keep_running, args=(loop, stop))
    worker.start()
    try:
        told = _tell_steadily()
        deadline = time.monotonic() + 30
        while len(told.keys() - _arrived.keys()) and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        stop.set()
        worker.join()
    if late := told.keys() - _arrived.keys():
        raise RuntimeError(f"{len(late)} of {len(told)} events did not arrive: what stopped the loop is told above.")
    waits = [_arrived[subject] - moment for subject, moment in told.items()]
    slow = statistics.quantiles(waits, n=20)[-1]
    return Figure("dispatch.lag", slow, "s", loop.seconds, slow / loop.seconds, len(waits))


def _tell_steadily() -> dict[UUID, float]:
    """When each event was committed. Raises RuntimeError when this machine cannot keep the pace."""
    told: dict[UUID, float] = {}
    began = time.perf_counter()
    for number in range(_A_SECOND * _SECONDS):
        time.sleep(max(0.0, began + number / _A_SECOND - time.perf_counter()))
        subject = uuid7()
        tell(_TELLER, organisation=_ORGANISATION, subject=subject)
        told[subject] = time.perf_counter()
    took = time.perf_counter() - began
    if took > _SECONDS * 1.2:
        raise RuntimeError(f"{len(told)} events took {took:.1f} s: this machine cannot publish {_A_SECOND} a second.")
    return told


@contextmanager
def _heard() -> Iterator[None]:
    """A handler that notes when the event came; it goes again afterwards."""

    @handles(Measured)
    def note(actor: System, event: Measured) -> None:
        _arrived[event.subject_id] = time.perf_counter()

    try:
        yield
    finally:
        HANDLERS.pop(Measured.name)


@contextmanager
def _bare_connection() -> Iterator["psycopg.Connection[tuple[int]]"]:
    connection.ensure_connection()
    parameters = connections["owner"].get_connection_params()
    known = ("dbname", "user", "password", "host", "port")
    with psycopg.connect(**{name: parameters[name] for name in known if name in parameters}, autocommit=True) as bare:
        yield bare
