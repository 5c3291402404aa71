"""What tests of faults look for in the tables afterwards."""

from tests.stack.database import StackDatabase
from tests.stack.waiting import wait_until


def cases(database: StackDatabase) -> int:
    """How many cases there are."""
    return int(database.value("select count(*) from cases_case"))


def letters(database: StackDatabase, reference: str) -> list[str]:
    """Which messages were written about a case, oldest first."""
    rows = database.rows("select template from messages_message where reference = %s order by created_at", reference)
    return [template for (template,) in rows]


def wait_until_delivered(database: StackDatabase, reference: str) -> None:
    """Return when every event about a case's person has been delivered, and each letter was taken by the provider."""
    events = (
        "select count(*) = 0 from events_outgoing join cases_case on person_id = subject_id"
        " where reference = %s and delivered_at is null"
    )
    wait_until(lambda: database.value(events, reference), "delivering every event")
    sent = "select bool_and(status = 'sent') from messages_message where reference = %s"
    wait_until(lambda: database.value(sent, reference), "sending every letter")
