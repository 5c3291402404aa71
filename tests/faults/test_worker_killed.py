"""The worker is killed outright: what was committed is delivered once, later."""

from tests.faults.looking import letters, wait_until_delivered
from tests.stack.reporting import read_receipt, send
from tests.stack.stack import Stack
from tests.stack.visiting import Visitor


def test_killed_between_commit_and_delivery_the_letter_is_written_once(stack: Stack, resident: Visitor) -> None:
    stack.pause_worker()
    receipt = read_receipt(send(resident))
    stack.kill_worker()
    assert letters(stack.database, receipt.reference) == []

    stack.start_worker()

    wait_until_delivered(stack.database, receipt.reference)
    assert letters(stack.database, receipt.reference) == ["received"]


def test_killed_in_the_middle_of_a_delivery_the_letter_is_written_once(stack: Stack, resident: Visitor) -> None:
    with stack.database.locked("messages_message"):
        receipt = read_receipt(send(resident))
        stack.database.wait_until_blocked("messages_message", doing="insert")
        stack.kill_worker()
    stack.database.wait_until_idle()
    assert letters(stack.database, receipt.reference) == []

    stack.start_worker()

    wait_until_delivered(stack.database, receipt.reference)
    assert letters(stack.database, receipt.reference) == ["received"]
