"""Events come twice, or cannot be dealt with at all: neither shows in what people get."""

from uuid import UUID

from psycopg.types.json import Jsonb
from uuid6 import uuid7

from tests.faults.looking import letters, wait_until_delivered
from tests.stack.reporting import read_receipt, send
from tests.stack.stack import Stack
from tests.stack.visiting import Visitor
from tests.stack.waiting import wait_until


def test_an_event_delivered_twice_changes_nothing_the_second_time(stack: Stack, resident: Visitor) -> None:
    receipt = read_receipt(send(resident))
    wait_until_delivered(stack.database, receipt.reference)
    before = _state(stack, receipt.reference)

    stack.database.change(
        "update events_outgoing set delivered_at = null from cases_case"
        " where person_id = subject_id and reference = %s",
        receipt.reference,
    )

    wait_until_delivered(stack.database, receipt.reference)
    assert _state(stack, receipt.reference) == before
    assert letters(stack.database, receipt.reference) == ["received"]


def test_a_poisoned_event_stops_no_other_and_stays_visible(stack: Stack, resident: Visitor) -> None:
    poisoned, organisation = uuid7(), stack.database.value("select min(organisation_id) from cases_case")
    _publish_about_nothing(stack, poisoned, organisation)
    wait_until(lambda: _attempts(stack, poisoned) > 0, "the first attempt at the poisoned event")
    try:
        receipt = read_receipt(send(resident))

        wait_until_delivered(stack.database, receipt.reference)
        assert letters(stack.database, receipt.reference) == ["received"]
        error = stack.database.value("select error from events_outgoing where subject_id = %s", poisoned)
        assert error == "DoesNotExist"
    finally:
        stack.database.change("delete from events_outgoing where subject_id = %s", poisoned)


def _publish_about_nothing(stack: Stack, subject: UUID, organisation: int) -> None:
    body = {"organisation": organisation, "subject_id": str(subject), "case": str(subject)}
    stack.database.change(
        "insert into events_outgoing (organisation_id, at, name, body, subject_id, attempts, next_at, error)"
        " values (%s, now(), 'cases.CaseOpened', %s, %s, 0, now(), '')",
        organisation,
        Jsonb(body),
        subject,
    )


def _attempts(stack: Stack, subject: UUID) -> int:
    return int(stack.database.value("select attempts from events_outgoing where subject_id = %s", subject))


def _state(stack: Stack, reference: str) -> list[tuple[object, ...]]:
    """The case, its letters and their audit, down to when each was last changed."""
    return stack.database.rows(
        "select c.revision, c.stage, m.id, m.status, m.tried_at,"
        " (select count(*) from audit_entry a where a.about_id = m.id)"
        " from cases_case c join messages_message m on m.matter_id = c.id where c.reference = %s",
        reference,
    )
