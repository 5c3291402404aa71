"""Two workers on one outbox, with a poisoned event in it; one is killed on the way."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from psycopg.types.json import Jsonb
from uuid6 import uuid7

from commonweal.frontends.cli.children import Child
from tests.faults.commands import commonweal
from tests.stack.stack import Stack
from tests.stack.waiting import wait_until

_WAITING = "select count(*) from events_outgoing where delivered_at is null and given_up_at is null and attempts = 0"

_PUBLISH = """
insert into events_outgoing (organisation_id, at, name, body, subject_id, attempts, next_at, error)
select organisation_id, now(), %s, jsonb_build_object('organisation', organisation_id, 'subject_id', person_id,
    'case', id, 'stage', stage, 'outcome', outcome), person_id, 0, now(), ''
from cases_case where %s <> 'cases.CaseClosed' or outcome <> '' order by id
"""


@pytest.fixture
def second_worker(stack: Stack) -> Iterator[Child]:
    """Another worker process beside the stack's own; not started."""
    worker = Child(
        "worker",
        stack.worker.command,
        log=stack.installation.logs / "worker-2.log",
        environment=stack.worker.environment,
    )
    yield worker
    worker.ask_to_stop()
    worker.finish(time.monotonic() + 8)


def test_each_case_is_told_of_once_and_in_order(stack: Stack, second_worker: Child) -> None:
    """All that happened to the demonstration's cases is published once more, as if nobody had been told."""
    cases: dict[str, bool] = dict(stack.database.rows("select reference, outcome <> '' from cases_case"))
    with _stopped(stack):
        for table in ("messages_message", "events_handled", "events_outgoing"):
            stack.database.change(f"delete from {table}")
        poisoned = _poison(stack)
        for name in ("cases.CaseOpened", "cases.CaseMoved", "cases.CaseClosed"):
            stack.database.change(_PUBLISH, name, name)
        total = stack.database.value(_WAITING)
        second_worker.start()
    wait_until(lambda: stack.database.value(_WAITING) < total / 2, "half of the deliveries")
    assert second_worker.pid is not None
    os.kill(second_worker.pid, signal.SIGKILL)

    wait_until(lambda: stack.database.value(_WAITING) == 0, "delivering what is not poisoned")

    assert _letters(stack) == {
        reference: ["received", "outcome"] if is_closed else ["received"] for reference, is_closed in cases.items()
    }
    _see_and_give_up(stack, poisoned)


def _letters(stack: Stack) -> dict[str, list[str]]:
    """What was written about each case, oldest first."""
    letters = "select reference, array_agg(template::text order by id) from messages_message group by 1"
    return dict(stack.database.rows(letters))


def _see_and_give_up(stack: Stack, poisoned: int) -> None:
    code, said = commonweal(stack, "events", "list")
    assert (code, f"{poisoned}  cases.CaseOpened" in said, "DoesNotExist" in said) == (1, True, True), said
    code, said = commonweal(stack, "events", "retry", str(poisoned))
    assert code == 0, said
    attempts = "select attempts > 1 from events_outgoing where id = %s"
    wait_until(lambda: stack.database.value(attempts, poisoned), "another attempt")
    code, said = commonweal(stack, "events", "give-up", str(poisoned))
    assert code == 0, said
    code, said = commonweal(stack, "events", "list")
    assert (code, "0 fail" in said) == (0, True), said
    given_up = "select count(*) from audit_entry where about = 'events.outgoing' and (facts ->> 'event')::bigint = %s"
    assert stack.database.value(given_up, poisoned) == 2


@contextmanager
def _stopped(stack: Stack) -> Iterator[None]:
    """The stack's own worker is down in the block."""
    stack.kill_worker()
    stack.database.wait_until_idle()
    yield
    stack.start_worker()


def _poison(stack: Stack) -> int:
    """An event about a case that is not there; returns its number."""
    subject: UUID = uuid7()
    organisation = stack.database.value("select min(organisation_id) from cases_case")
    body = {"organisation": organisation, "subject_id": str(subject), "case": str(subject)}
    stack.database.change(
        "insert into events_outgoing (organisation_id, at, name, body, subject_id, attempts, next_at, error)"
        " values (%s, now(), 'cases.CaseOpened', %s, %s, 0, now(), '')",
        organisation,
        Jsonb(body),
        subject,
    )
    return int(stack.database.value("select id from events_outgoing where subject_id = %s", subject))
