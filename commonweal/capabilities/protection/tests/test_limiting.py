"""Restriction, correction and objection are carried out (UK GDPR Articles 16, 18, 19, 21, 22A to 22D)."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from commonweal.capabilities.cases.queries.finding import search
from commonweal.capabilities.cases.queries.naming import named_case
from commonweal.capabilities.cases.queries.opening import case_page
from commonweal.capabilities.protection.actions import correcting, objecting, restricting
from commonweal.capabilities.protection.actions.answering import complete
from commonweal.capabilities.protection.actions.requests import match_person
from commonweal.capabilities.protection.errors import CannotObject, NoAuthority, NotNow, NotRestricted, NotTold
from commonweal.capabilities.protection.models import Notice, Request, RestrictionOrder
from commonweal.capabilities.protection.queries.correcting import correction_page
from commonweal.capabilities.protection.queries.objecting import objection_page
from commonweal.capabilities.protection.queries.requests import request_page
from commonweal.capabilities.protection.tests.conftest import AskedFor
from commonweal.conftest import SET_UP, Cast, Report
from commonweal.foundations.clocks.due import end_of
from commonweal.foundations.clocks.now import at, today
from commonweal.foundations.errors import Invalid
from commonweal.foundations.personal_data.restricting import Restricted
from commonweal.foundations.scope.scopes import read_scope

pytestmark = pytest.mark.django_db


def case_of(cast: Cast) -> str:
    with read_scope(SET_UP, (cast.leeds,)):
        found = apps.get_model("cases", "Case").objects.get(organisation_id=cast.leeds)
        return str(found.reference)


def request_of(cast: Cast, reference: str) -> Request:
    with read_scope(SET_UP, (cast.leeds,)):
        return Request.objects.get(organisation_id=cast.leeds, reference=reference)


class TestRestricting:
    def test_nobody_opens_it_any_more_and_they_are_told(self, cast: Cast, asked_for: AskedFor) -> None:
        asked = asked_for("restriction")
        restricting.restrict(cast.olu, organisation=cast.leeds, reference=asked.reference, ground="accuracy")
        with pytest.raises(Restricted):
            case_page(cast.priya, organisation=cast.leeds, reference=case_of(cast))
        page = request_page(cast.olu, organisation=cast.leeds, reference=asked.reference)
        assert (page.outcome, page.steps[-1].is_shown) == ("done", True)
        assert "before we lift this" in page.steps[-1].text

    def test_done_twice_it_is_ordered_once(self, cast: Cast, asked_for: AskedFor) -> None:
        asked = asked_for("restriction")
        for _time in range(2):
            restricting.restrict(cast.olu, organisation=cast.leeds, reference=asked.reference, ground="accuracy")
        with read_scope(SET_UP, (cast.leeds,)):
            assert RestrictionOrder.objects.count() == 1

    def test_while_it_stands_the_request_is_about_nobody_else(
        self, cast: Cast, asked_for: AskedFor, report: Report
    ) -> None:
        here: dict[str, Any] = {"organisation": cast.leeds, "reference": asked_for("rectification").reference}
        rosa = request_page(cast.olu, **here).subject
        sam = named_case(cast.olu, organisation=cast.leeds, reference=report(cast.sam)).person
        restricting.restrict(cast.olu, **here, ground="accuracy")
        with pytest.raises(NotNow):
            match_person(cast.olu, **here, person=sam)
        match_person(cast.olu, **here, person=rosa)
        restricting.announce_lifting(cast.olu, **here, lifts_on=today() + timedelta(days=1))
        with at(end_of(today())):
            restricting.lift_restriction(cast.olu, **here)
            match_person(cast.olu, **here, person=sam)
            assert request_page(cast.olu, **here).subject == sam

    def test_it_is_not_lifted_before_the_person_was_told(self, cast: Cast, asked_for: AskedFor) -> None:
        """Article 18(3)."""
        here: dict[str, Any] = {"organisation": cast.leeds, "reference": asked_for("restriction").reference}
        restricting.restrict(cast.olu, **here, ground="claims")
        with pytest.raises(NotTold):
            restricting.lift_restriction(cast.olu, **here)
        with pytest.raises(Invalid):
            restricting.announce_lifting(cast.olu, **here, lifts_on=today())
        restricting.announce_lifting(cast.olu, **here, lifts_on=today() + timedelta(days=3))
        with pytest.raises(NotTold):
            restricting.lift_restriction(cast.olu, **here)
        with at(end_of(today() + timedelta(days=2))):
            restricting.lift_restriction(cast.olu, **here)
        assert case_page(cast.priya, organisation=cast.leeds, reference=case_of(cast)).person.name
        with pytest.raises(NotRestricted):
            restricting.lift_restriction(cast.olu, **here)


class TestTheWordOfAnother:
    """Article 5(1)(f): whoever asks for somebody else shows first what lets them."""

    def asked_by_an_agent(self, cast: Cast, asked_for: AskedFor, kind: str) -> dict[str, Any]:
        subject = request_of(cast, asked_for(kind).reference).subject_id
        asked = asked_for(kind, authority="agent", on_behalf_of="Rosa Delgado")
        match_person(cast.olu, organisation=cast.leeds, reference=asked.reference, person=subject)
        return {"organisation": cast.leeds, "reference": asked.reference}

    def test_nothing_is_put_right_on_it(self, cast: Cast, asked_for: AskedFor) -> None:
        here = self.asked_by_an_agent(cast, asked_for, "rectification")
        with pytest.raises(NoAuthority):
            correcting.correct_details(cast.olu, **here, right={"email": "agent@people.example"})

    def test_nothing_is_told_on_it_not_even_that_nothing_is_held(self, cast: Cast, asked_for: AskedFor) -> None:
        here = self.asked_by_an_agent(cast, asked_for, "access")
        with pytest.raises(NoAuthority):
            complete(cast.olu, **here, outcome="nothing_held", text="We hold nothing")


class TestCorrecting:
    def test_a_name_is_right_everywhere_and_the_one_before_is_gone(self, cast: Cast, asked_for: AskedFor) -> None:
        asked = asked_for("rectification")
        correcting.correct_details(
            cast.olu, organisation=cast.leeds, reference=asked.reference, right={"name": "Rosa Ibarra"}
        )
        case = case_of(cast)
        assert case_page(cast.priya, organisation=cast.leeds, reference=case).person.name == "Rosa Ibarra"
        found = {
            words: len(search(cast.priya, organisation=cast.leeds, words=words).cases)
            for words in ("Ibarra", "Delgado")
        }
        assert found == {"Ibarra": 1, "Delgado": 0}

    def test_the_former_name_is_kept_only_when_they_want_it(self, cast: Cast, asked_for: AskedFor) -> None:
        asked = asked_for("rectification")
        correcting.correct_details(
            cast.olu,
            organisation=cast.leeds,
            reference=asked.reference,
            right={"name": "Rosa Ibarra"},
            keeps_former_name=True,
        )
        with read_scope(SET_UP, (cast.leeds,)):
            assert apps.get_model("people", "PersonName").objects.filter(kind="former").count() == 1

    def test_an_answer_is_replaced(self, cast: Cast, asked_for: AskedFor) -> None:
        asked = asked_for("rectification")
        here: dict[str, Any] = {"organisation": cast.leeds, "reference": asked.reference}
        wrong = next(each for each in correction_page(cast.olu, **here).answers if each.question.key == "left_at")
        correcting.correct_answer(
            cast.olu, **here, case=wrong.reference, question="left_at", item=0, given={"left_at": "By the door"}
        )
        shown = case_page(cast.priya, organisation=cast.leeds, reference=case_of(cast)).answers
        assert "By the door" in [answer.text for answer in shown]
        assert "By the gate" not in [answer.text for answer in shown]

    def test_a_mistyped_detail_changes_nothing(self, cast: Cast, asked_for: AskedFor) -> None:
        asked = asked_for("rectification")
        with pytest.raises(Invalid) as refused:
            correcting.correct_details(
                cast.olu, organisation=cast.leeds, reference=asked.reference, right={"email": "rosa", "name": "R"}
            )
        assert list(refused.value.fields) == ["email"]
        assert case_page(cast.priya, organisation=cast.leeds, reference=case_of(cast)).person.name == "Rosa Delgado"

    def test_refused_their_statement_stands_beside_it(self, cast: Cast, asked_for: AskedFor) -> None:
        asked = asked_for("rectification")
        correcting.refuse_correction(
            cast.olu,
            organisation=cast.leeds,
            reference=asked.reference,
            why="The crew’s log says so.",
            statement="I was there and the bin was out.",
        )
        page = correction_page(cast.olu, organisation=cast.leeds, reference=asked.reference)
        assert page.statements == ("I was there and the bin was out.",)
        answered = request_page(cast.olu, organisation=cast.leeds, reference=asked.reference)
        assert answered.outcome == "refused"
        assert "a court" in answered.steps[-1].text

    def test_those_who_were_given_it_are_told_or_it_says_why_not(self, cast: Cast, asked_for: AskedFor) -> None:
        """Article 19: each recipient that the service declares."""
        here: dict[str, Any] = {"organisation": cast.leeds, "reference": asked_for("rectification").reference}
        first, *_others = correction_page(cast.olu, **here).notices
        assert (first.told_on, first.why_not) == (None, "")
        correcting.tell_recipient(cast.olu, **here, recipient=first.recipient, told_on=today(), why_not="")
        with pytest.raises(Invalid):
            correcting.tell_recipient(cast.olu, **here, recipient="A crew", told_on=None, why_not="")
        correcting.tell_recipient(cast.olu, **here, recipient="A crew", told_on=None, why_not="They kept nothing")
        told = {row.recipient: row for row in correction_page(cast.olu, **here).notices}
        assert told[first.recipient].told_on == today()
        assert told["A crew"].why_not == "They kept nothing"
        with read_scope(SET_UP, (cast.leeds,)):
            assert Notice.objects.count() == 2
        correcting.finish_correction(cast.olu, **here, text="We corrected it.")
        letter = request_page(cast.olu, **here).steps[-1].text
        assert first.recipient in letter
        assert "A crew" not in letter


class TestObjecting:
    def test_upheld_the_service_does_not_use_it_any_more(self, cast: Cast, asked_for: AskedFor) -> None:
        asked = asked_for("objection")
        assert objection_page(cast.olu, organisation=cast.leeds, reference=asked.reference).may_object
        objecting.uphold_objection(cast.olu, organisation=cast.leeds, reference=asked.reference)
        with pytest.raises(Restricted):
            case_page(cast.priya, organisation=cast.leeds, reference=case_of(cast))

    def test_refused_only_with_grounds_in_words(self, cast: Cast, asked_for: AskedFor) -> None:
        here: dict[str, Any] = {"organisation": cast.leeds, "reference": asked_for("objection").reference}
        with pytest.raises(Invalid) as refused:
            objecting.refuse_objection(cast.olu, **here, ground="", why=" ")
        assert set(refused.value.fields) == {"ground", "why"}
        objecting.refuse_objection(cast.olu, **here, ground="compelling", why="Streets must be kept clean.")
        assert request_of(cast, here["reference"]).outcome == "refused"

    def test_another_kind_of_request_is_no_objection(self, cast: Cast, asked_for: AskedFor) -> None:
        with pytest.raises(CannotObject):
            objecting.uphold_objection(cast.olu, organisation=cast.leeds, reference=asked_for("restriction").reference)


class TestAnAutomatedDecision:
    def test_a_person_looks_again_and_the_team_is_asked(self, cast: Cast, asked_for: AskedFor) -> None:
        asked_for("access")
        case = case_of(cast)
        asked = asked_for("automated_decision", about=case)
        objecting.look_again(
            cast.olu,
            organisation=cast.leeds,
            reference=asked.reference,
            words="A rule compared the day with the calendar. A person decides.",
        )
        history = case_page(cast.priya, organisation=cast.leeds, reference=case).history
        assert any("22C" in happened.text for happened in history)
        assert request_of(cast, asked.reference).outcome == "done"
