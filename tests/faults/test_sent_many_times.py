"""Somebody sends the same form many times at once: one case, and everybody sees the same receipt."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tests.faults.looking import cases, letters, wait_until_delivered
from tests.stack.reporting import read_receipt, send
from tests.stack.stack import Stack
from tests.stack.visiting import Answer, Visitor

TIMES = 20


def test_the_same_submit_twenty_times_at_once_is_one_case(stack: Stack, resident: Visitor) -> None:
    before, start = cases(stack.database), Barrier(TIMES)

    def send_with_the_others(visitor: Visitor) -> Answer:
        start.wait(timeout=30)
        return send(visitor)

    with ThreadPoolExecutor(TIMES) as pool:
        answers = list(pool.map(send_with_the_others, [resident.twin() for _time in range(TIMES)]))

    receipts = {read_receipt(answer) for answer in answers}
    assert len(receipts) == 1
    assert cases(stack.database) == before + 1
    (receipt,) = receipts
    wait_until_delivered(stack.database, receipt.reference)
    assert letters(stack.database, receipt.reference) == ["received"]


def test_sent_again_much_later_it_is_still_the_same_case(stack: Stack, resident: Visitor) -> None:
    again = resident.twin()
    receipt = read_receipt(send(resident))
    before = cases(stack.database)

    assert read_receipt(send(again)) == receipt
    assert cases(stack.database) == before
