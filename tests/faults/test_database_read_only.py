"""The database takes no writes: no trace can be left, so nothing about anybody is shown."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.stack.people import sign_in
from tests.stack.reporting import MissedBin, Receipt, fill_in, read_receipt, send
from tests.stack.stack import Stack
from tests.stack.visiting import Visitor


@dataclass(frozen=True)
class Affected:
    """Who meets a database that takes no writes."""

    resident: Visitor
    """Somebody who has filled in everything and not sent it."""
    priya: Visitor
    """A case worker of the waste team in Leeds."""
    receipt: Receipt
    """Of what somebody reported before."""
    told: MissedBin


@pytest.fixture(scope="module")
def affected(stack: Stack) -> Iterator[Affected]:
    """From here to the end of these tests nothing can be written."""
    told, resident, reporter = MissedBin(), Visitor(stack.address), Visitor(stack.address)
    fill_in(resident, told)
    fill_in(reporter, told)
    receipt = read_receipt(send(reporter))
    priya = sign_in(Visitor(stack.address), "priya@leeds.example")
    with stack.database.read_only():
        yield Affected(resident, priya, receipt, told)


def _assert_refused(visitor: Visitor, path: str, told: MissedBin) -> None:
    answer = visitor.get(path)
    assert answer.status == 503, f"{path}: {answer.status}"
    assert "Sorry, this is not available at the moment" in answer.text
    assert [text for text in told.secrets if text in answer.html] == []


@pytest.mark.parametrize("page", ["contact", "where", "check"])
def test_the_answers_given_so_far_are_not_shown(affected: Affected, page: str) -> None:
    path = affected.resident.at.path.replace("/check/", f"/{page}/")
    _assert_refused(affected.resident, path, affected.told)


def test_no_case_is_opened(affected: Affected) -> None:
    _assert_refused(affected.priya, f"/workspace/leeds/cases/{affected.receipt.reference}/", affected.told)


def test_no_list_shows_even_a_masked_name(affected: Affected) -> None:
    _assert_refused(affected.priya, "/workspace/leeds/cases/", affected.told)


def test_nobody_is_found(affected: Affected) -> None:
    answer = affected.priya.post({"q": "Thistlewood"}, "/workspace/leeds/find/")
    assert answer.status == 503
    assert [text for text in affected.told.secrets if text in answer.html] == []


def test_nobodys_messages_are_shown(stack: Stack, affected: Affected) -> None:
    _assert_refused(Visitor(stack.address), "/demo/inbox/?from=leeds", affected.told)


@pytest.mark.parametrize("page", ["/", "/leeds/", "/leeds/missed-collection/", "/leeds/status/"])
def test_what_is_about_nobody_is_still_there(stack: Stack, affected: Affected, page: str) -> None:
    answer = Visitor(stack.address).get(page)

    assert answer.status == 200
    assert [text for text in affected.told.secrets if text in answer.html] == []
