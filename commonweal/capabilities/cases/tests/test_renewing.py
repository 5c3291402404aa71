"""Whoever applies again for what ends finds what they told before, and nobody else does."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.mail import EmailMessage
from django.db import connection

from commonweal.capabilities.cases.actions import closing
from commonweal.capabilities.cases.actions.bereavement import record_death
from commonweal.capabilities.cases.actions.renewing import apply_again
from commonweal.capabilities.cases.errors import NoSuchCase
from commonweal.capabilities.cases.queries.opening import case_page
from commonweal.capabilities.cases.tasks import remind_of_grants
from commonweal.capabilities.cases.tests.variants import case_of, offer, words
from commonweal.capabilities.forms.actions.filling import start_draft
from commonweal.capabilities.forms.queries.filling import draft_answers, draft_page, where_to_go_on
from commonweal.conftest import SET_UP, Cast, Report
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import at, now, today
from commonweal.foundations.scope.actors import Actor, DraftHolder, Resident
from commonweal.foundations.tasks.dispatcher import dispatch
from commonweal.foundations.tasks.standing import LOOPS

pytestmark = pytest.mark.django_db

EARLIER = {
    "key": "earlier",
    "type": "reference",
    "label": words("Your earlier report"),
    "called": words("The reference"),
    "is_optional": True,
    "holds": "identifier",
    "why": words("to find it"),
    "fills": "case.earlier",
}
REMINDER = {"subject": words("It ends"), "body": words("Go on here: {again}")}


def _ends(declared: dict[str, Any]) -> None:
    collected = next(each for each in declared["case"]["outcomes"] if each["key"] == "collected")
    again = {"answers": {"bin": "garden"}}
    collected["lasts"] = {"months": 12, "remind_days": 30, "reminder": REMINDER, "again": again}
    _bin, due, where, _contact = declared["pages"]
    for question in (*due["questions"], where["questions"][1]):
        question["is_recalled"] = True
    where["questions"].append(EARLIER)


@pytest.fixture
def ended(cast: Cast, report: Report) -> str:
    """The reference of a case of Rosa's that granted something for a year."""
    offer(cast.leeds, _ends)
    reference = report(cast.rosa)
    page = case_page(cast.priya, organisation=cast.leeds, reference=reference)
    with at(now() - timedelta(minutes=1)):
        closing.close(cast.priya, organisation=cast.leeds, case=page.id, revision=page.revision, outcome="collected")
    return reference


def _holder(cast: Cast, who: Resident, reference: str) -> DraftHolder:
    draft = apply_again(who, organisation=cast.leeds, reference=reference)
    return DraftHolder(draft=draft, account=who.account)


def _shown(cast: Cast, holder: DraftHolder, page: str) -> Mapping[str, str]:
    return draft_page(holder, organisation=cast.leeds, service="missed_collection", page=page).given


@action()
def _damage(actor: Actor, *, organisation: int, table: str, column: str) -> None:
    """Change one byte of all that is sealed there, as a failing disk may."""
    with connection.cursor() as cursor:
        cursor.execute(f"update {table} set {column} = set_byte({column}, 40, 255 - get_byte({column}, 40))")
    record("cases.case")


class TestWhoeverAppliesAgain:
    def test_finds_what_they_told_and_looks_at_every_page_of_it(self, cast: Cast, ended: str) -> None:
        holder = _holder(cast, cast.rosa, ended)
        place = where_to_go_on(holder, organisation=cast.leeds)
        assert place is not None
        assert place.page == "due"
        assert _shown(cast, holder, "due")["due-day"] == str(today().day)
        kept = draft_answers(holder, organisation=cast.leeds)
        assert kept.value("bin") == "garden"
        assert kept.value("due") == ""

    def test_need_not_look_for_the_reference(self, cast: Cast, ended: str) -> None:
        holder = _holder(cast, cast.rosa, ended)
        assert draft_answers(holder, organisation=cast.leeds).value("earlier") == ended

    @pytest.mark.parametrize(
        ("table", "column", "page"), [("forms_answer", "value", "due"), ("people_person", "name", "contact")]
    )
    def test_goes_on_where_something_they_told_was_damaged(
        self, cast: Cast, ended: str, table: str, column: str, page: str
    ) -> None:
        holder = _holder(cast, cast.rosa, ended)
        before = _shown(cast, holder, page)
        _damage(SET_UP, organisation=cast.leeds, table=table, column=column)
        after = _shown(cast, holder, page)
        assert {name for name, value in after.items() if value} < {name for name, value in before.items() if value}

    def test_is_anybody_but_the_holder_of_the_case_not(self, cast: Cast, ended: str) -> None:
        with pytest.raises(NoSuchCase):
            apply_again(cast.sam, organisation=cast.leeds, reference=ended)

    def test_finds_nothing_of_a_submission_that_is_not_theirs(self, cast: Cast, ended: str) -> None:
        """Whatever a draft says that it repeats."""
        submission: UUID = case_of(cast.leeds, ended).submission_id
        draft = start_draft(
            cast.sam, organisation=cast.leeds, service="missed_collection", known={"bin": "food"}, again=submission
        )
        assert not _shown(cast, DraftHolder(draft=draft, account=cast.sam.account), "due")

    def test_is_not_whoever_uses_the_account_of_somebody_who_died(self, cast: Cast, ended: str) -> None:
        holder = _holder(cast, cast.rosa, ended)
        record_death(
            cast.priya, organisation=cast.leeds, reference=ended, died_on=None, told_by="Her son", certainty="told"
        )
        assert not _shown(cast, holder, "due")
        with pytest.raises(NoSuchCase):
            apply_again(cast.rosa, organisation=cast.leeds, reference=ended)


def test_what_granted_nothing_is_not_applied_for_again(cast: Cast, report: Report) -> None:
    reference = report(cast.rosa)
    with pytest.raises(NoSuchCase):
        apply_again(cast.rosa, organisation=cast.leeds, reference=reference)


def test_the_reminder_leads_there(cast: Cast, ended: str, mailoutbox: list[EmailMessage]) -> None:
    with at(now() + timedelta(days=340)):
        remind_of_grants()
        while dispatch():
            pass
        (send,) = [loop.work for loop in LOOPS if loop.work.__name__ == "send_waiting"]
        send()
    (reminder,) = [mail for mail in mailoutbox if mail.subject == "It ends"]
    assert f"/leeds/missed-collection/again/{ended}/" in reminder.body
