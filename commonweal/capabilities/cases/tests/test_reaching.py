"""Where a stage says so, the applicant is written when their case first reaches it."""

from typing import Any

import pytest
from django.core.mail import EmailMessage

from commonweal.capabilities.cases.actions.undoing import undo
from commonweal.capabilities.cases.errors import TooLateToUndo
from commonweal.capabilities.cases.tests.variants import case_of, go, offer, words
from commonweal.conftest import Cast, Report
from commonweal.foundations.tasks.dispatcher import dispatch
from commonweal.foundations.tasks.standing import LOOPS

pytestmark = pytest.mark.django_db

TOLD = "We go back"


def _tells(declared: dict[str, Any]) -> None:
    scheduled = next(stage for stage in declared["case"]["stages"] if stage["key"] == "scheduled")
    scheduled["told"] = {"subject": words(TOLD), "body": words("By {due_on}: {reference}")}


@pytest.fixture
def reference(cast: Cast, report: Report) -> str:
    offer(cast.leeds, _tells)
    return report(cast.rosa)


def _told(mailoutbox: list[EmailMessage]) -> list[str]:
    while dispatch():
        pass
    (send,) = [loop.work for loop in LOOPS if loop.work.__name__ == "send_waiting"]
    send()
    return [str(mail.body) for mail in mailoutbox if mail.subject == TOLD]


def test_the_applicant_is_told_once_however_often_it_comes_there(
    cast: Cast, reference: str, mailoutbox: list[EmailMessage]
) -> None:
    for move in ("schedule", "unschedule", "schedule"):
        go(cast.priya, cast.leeds, reference, move)
    (body,) = _told(mailoutbox)
    assert reference in body


def test_what_they_are_told_is_not_taken_back(cast: Cast, reference: str, mailoutbox: list[EmailMessage]) -> None:
    go(cast.priya, cast.leeds, reference, "schedule")
    case = case_of(cast.leeds, reference)
    with pytest.raises(TooLateToUndo):
        undo(cast.priya, organisation=cast.leeds, changes=[(case.id, case.revision)])
    assert len(_told(mailoutbox)) == 1
