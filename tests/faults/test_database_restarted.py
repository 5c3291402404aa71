"""The database goes away during a submit, or takes no writes: nothing is lost, and nothing is there twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from commonweal.frontends.cli.postgres.server import Server
from tests.faults.looking import cases, letters, wait_until_delivered
from tests.stack.reporting import MissedBin, read_receipt, send
from tests.stack.stack import Stack
from tests.stack.visiting import Visitor


def _crash(server: Server) -> None:
    server.kill()
    server.start()


@pytest.mark.parametrize("go_away", [Server.restart, _crash], ids=["restarted", "crashed"])
def test_a_submit_that_meets_a_restart_can_be_sent_again(
    stack: Stack, resident: Visitor, told: MissedBin, go_away: Callable[[Server], None]
) -> None:
    before = cases(stack.database)
    with ThreadPoolExecutor(1) as pool, stack.database.locked("cases_case"):
        sending = pool.submit(send, resident)
        stack.database.wait_until_blocked("cases_case", doing="insert")
        go_away(stack.server)
        answer = sending.result()

    assert answer.status == 503
    assert "not available at the moment" in answer.text
    assert cases(stack.database) == before
    still_there = resident.get(resident.at.path)
    assert [text for text in told.secrets if text not in still_there.text] == []
    receipt = read_receipt(send(resident))
    assert cases(stack.database) == before + 1
    wait_until_delivered(stack.database, receipt.reference)
    assert letters(stack.database, receipt.reference) == ["received"]


def test_a_submit_that_could_not_be_written_can_be_sent_again(stack: Stack, resident: Visitor) -> None:
    before = cases(stack.database)
    with stack.database.read_only():
        answer = send(resident)
        assert answer.status == 503
        assert "not available at the moment" in answer.text

    read_receipt(send(resident))

    assert cases(stack.database) == before + 1
