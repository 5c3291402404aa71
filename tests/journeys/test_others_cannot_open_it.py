"""Whoever does not deal with a case cannot open it: another team is refused, another organisation finds nothing."""

import re

import pytest

from tests.journeys.acting import Person
from tests.journeys.residents import Resident
from tests.journeys.staff import Colleague
from tests.stack.reporting import MissedBin, Receipt, report
from tests.stack.stack import Stack

_NO_SUCH_REFERENCE = "BCDF-GHJK-B"


@pytest.fixture
def told() -> MissedBin:
    """What somebody reported."""
    return MissedBin(name="Augusta Penhaligon", email="augusta@people.example")


@pytest.fixture
def receipt(stack: Stack, told: MissedBin) -> Receipt:
    """Of what somebody reported."""
    return report(stack.address, told)


def _answer(person: Person) -> tuple[int, str]:
    """The answer as sent, but for what is new in every page and for the address that was asked."""
    new_each_time = r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|next=[^"]*'
    return person.status, re.sub(new_each_time, "", person.source)


def test_a_colleague_of_another_team_cannot_open_it(tom: Colleague, told: MissedBin, receipt: Receipt) -> None:
    tom.opens_the_case(receipt.reference)

    assert tom.status == 403
    tom.sees("You cannot open this", "This case belongs to another team. Your attempt has been recorded.")
    tom.sees_nowhere(told.name, told.email, told.phone, told.left_at, told.address)
    tom.opens_the_worklist()
    tom.sees_nowhere(receipt.reference)
    tom.finds("Penhaligon")
    tom.sees_nowhere(receipt.reference)


def test_staff_of_another_organisation_cannot_find_that_it_exists(huw: Colleague, receipt: Receipt) -> None:
    huw.opens_the_case(receipt.reference)
    there = _answer(huw)
    huw.opens_the_case(_NO_SUCH_REFERENCE)

    assert there == _answer(huw)
    assert there[0] == 404


def test_at_their_own_desk_there_is_no_such_case(huw: Colleague, receipt: Receipt) -> None:
    huw.council = "cardiff"
    huw.opens_the_case(receipt.reference)
    there = _answer(huw)
    huw.opens_the_case(_NO_SUCH_REFERENCE)

    assert there == _answer(huw)
    huw.opens_the_worklist()
    huw.finds(receipt.reference)
    huw.sees("No case of your team was found.")
    huw.finds("Penhaligon")
    huw.sees("No case of your team was found.")


def test_residents_have_no_desk(rosa: Resident, receipt: Receipt) -> None:
    rosa.opens(f"/workspace/leeds/cases/{receipt.reference}/")
    there = _answer(rosa)
    rosa.opens(f"/workspace/leeds/cases/{_NO_SUCH_REFERENCE}/")

    assert there == _answer(rosa)
    assert there[0] == 404


def test_another_resident_cannot_go_on_with_a_draft(someone: Resident, rosa: Resident, told: MissedBin) -> None:
    someone.begins_a_report()
    someone.answers_everything(told)

    rosa.opens(someone.path)

    rosa.sees_nowhere(told.name, told.email, told.phone, told.left_at)
