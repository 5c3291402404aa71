"""Erasure on the real services (UK GDPR Article 17; data-protection.md section 3; practice: keys, erasure, backups)."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps

from commonweal.capabilities.cases.actions.marking import ask_for_marker
from commonweal.capabilities.cases.queries.naming import named_case
from commonweal.capabilities.cases.queries.opening import case_page
from commonweal.capabilities.people.actions.marking import approve_marker, end_marker
from commonweal.capabilities.protection.actions import erasing, erasing_letter
from commonweal.capabilities.protection.actions.deciding import withhold
from commonweal.capabilities.protection.actions.erasing import choose_fate, erase_person
from commonweal.capabilities.protection.actions.holding import end_hold, hold
from commonweal.capabilities.protection.actions.requests import make_request, match_person
from commonweal.capabilities.protection.actions.timing import record_evidence
from commonweal.capabilities.protection.errors import (
    AlreadyClosed,
    HeldForClaim,
    MarkedForSafety,
    NoAuthority,
    NotNow,
    NotTheOfficer,
    PlanChanged,
)
from commonweal.capabilities.protection.models import ErasureLine, Request
from commonweal.capabilities.protection.queries.erasing import ErasurePage, erasure_page
from commonweal.capabilities.protection.queries.requests import request_page
from commonweal.capabilities.protection.rules.fates import Fate
from commonweal.capabilities.protection.tests.conftest import AskedFor
from commonweal.conftest import SET_UP, Appoint, Cast, Report
from commonweal.foundations.clocks.counting import months_after
from commonweal.foundations.clocks.now import today
from commonweal.foundations.personal_data.declarations import SubjectKind
from commonweal.foundations.personal_data.ledger import backups_close_on
from commonweal.foundations.personal_data.models import DataKey, Erasure
from commonweal.foundations.personal_data.subjects.plan import plan_for
from commonweal.foundations.personal_data.trace import ReadingRefused
from commonweal.foundations.scope.actors import Visitor
from commonweal.foundations.scope.scopes import read_scope
from tests.scenes.copying import Copying

pytestmark = pytest.mark.django_db


def page_of(cast: Cast, reference: str) -> ErasurePage:
    return erasure_page(cast.olu, organisation=cast.leeds, reference=reference)


def erase(cast: Cast, reference: str) -> None:
    erase_person(cast.olu, organisation=cast.leeds, reference=reference, seen=page_of(cast, reference).seen)


def case_of(cast: Cast) -> Any:
    with read_scope(SET_UP, (cast.leeds,)):
        return apps.get_model("cases", "Case").objects.filter(organisation_id=cast.leeds).order_by("opened_at").first()


class TestTheDryRun:
    def test_an_open_case_is_kept_while_it_is_dealt_with(self, cast: Cast, asked_for: AskedFor) -> None:
        (row,) = page_of(cast, asked_for("erasure").reference).cases
        assert (row.decided.fate, row.decided.fate.ground) == (Fate.OPEN, "legal_obligation")

    def test_it_tells_of_each_field_what_goes_and_changes_nothing(self, cast: Cast, asked_for: AskedFor) -> None:
        asked = asked_for("erasure")
        go(cast, asked.reference)
        told = {(one.label, one.field): one for one in page_of(cast, asked.reference).told}
        assert told["people.person", "email"].rows == 1
        assert told["forms.answer", "value"].outcome == "erase"
        assert page_of(cast, asked.reference).cases[0].decided.fate == Fate.ERASE


def go(cast: Cast, reference: str) -> None:
    """The officer decides that Rosa's only case goes."""
    case = case_of(cast).reference
    choose_fate(cast.olu, organisation=cast.leeds, reference=reference, case=case, is_erased=True, why="She moved away")


class TestErasing:
    def test_only_the_officer(self, cast: Cast, asked_for: AskedFor) -> None:
        asked = asked_for("erasure")
        with pytest.raises((NotTheOfficer, ReadingRefused)):
            erase_person(cast.priya, organisation=cast.leeds, reference=asked.reference, seen="")

    def test_nothing_goes_on_the_word_of_another(self, cast: Cast, asked_for: AskedFor) -> None:
        subject = request_page(cast.olu, organisation=cast.leeds, reference=asked_for("erasure").reference).subject
        asked = asked_for("erasure", authority="agent", on_behalf_of="Rosa Delgado")
        match_person(cast.olu, organisation=cast.leeds, reference=asked.reference, person=subject)
        go(cast, asked.reference)
        with pytest.raises(NoAuthority):
            erase(cast, asked.reference)
        seen = "Her signed letter, at the counter"
        record_evidence(cast.olu, organisation=cast.leeds, reference=asked.reference, came_on=today(), text=seen)
        erase(cast, asked.reference)
        assert request_page(cast.olu, organisation=cast.leeds, reference=asked.reference).outcome == "done"

    def test_everything_goes_and_nothing_of_others(self, cast: Cast, asked_for: AskedFor, report: Report) -> None:
        asked = asked_for("erasure")
        go(cast, asked.reference)
        other = report(cast.sam)
        erase(cast, asked.reference)
        with read_scope(SET_UP, (cast.leeds,)):
            request = Request.objects.get(reference=asked.reference)
            assert request.outcome == "done"
            lines = ErasureLine.objects.filter(request_id=request.id)
            assert lines.get(label="people.person", field="email").outcome == "erase"
            assert not DataKey.objects.filter(holder=request.subject_id).exists()
            assert Erasure.objects.filter(holder=request.subject_id, plan="person").exists()
        assert case_page(cast.priya, organisation=cast.leeds, reference=other).person.name == "Rosa Delgado"

    def test_the_person_reads_what_went_and_until_when_backups_hold_it(self, cast: Cast, asked_for: AskedFor) -> None:
        asked = asked_for("erasure")
        go(cast, asked.reference)
        erase(cast, asked.reference)
        page = request_page(cast.olu, organisation=cast.leeds, reference=asked.reference)
        letter = page.steps[-1].text
        until = backups_close_on()
        assert f"{today().day} {today():%B %Y}" in letter
        assert f"{until.day} {until:%B %Y}" in letter

    def test_done_twice_or_by_two_officers_it_is_done_once(self, cast: Cast, asked_for: AskedFor) -> None:
        asked = asked_for("erasure")
        go(cast, asked.reference)
        seen = page_of(cast, asked.reference).seen
        erase_person(cast.olu, organisation=cast.leeds, reference=asked.reference, seen=seen)
        with pytest.raises(AlreadyClosed):
            erase_person(cast.olu, organisation=cast.leeds, reference=asked.reference, seen=seen)

    def test_staff_are_not_left_unwarned(self, cast: Cast, asked_for: AskedFor, appoint: Appoint) -> None:
        """Article 17(3)(b): a marker that stands is ended first, or its case is kept."""
        asked = asked_for("erasure")
        go(cast, asked.reference)
        grace = appoint("Grace Bell", "team_manager", cast.waste_team)
        review_on = today() + timedelta(days=90)
        marker = ask_for_marker(
            cast.priya,
            organisation=cast.leeds,
            reference=case_of(cast).reference,
            danger="violence",
            evidence="They threw a bin at the crew",
            told="told",
            review_on=review_on,
        )
        approve_marker(grace, organisation=cast.leeds, marker=marker)
        with pytest.raises(MarkedForSafety):
            erase(cast, asked.reference)
        end_marker(grace, organisation=cast.leeds, marker=marker)
        erase(cast, asked.reference)
        with read_scope(SET_UP, (cast.leeds,)):
            assert not apps.get_model("people", "Marker").objects.filter(id=marker).exists()

    def test_what_changed_since_the_officer_looked_is_not_erased(
        self, cast: Cast, asked_for: AskedFor, report: Report
    ) -> None:
        asked = asked_for("erasure")
        go(cast, asked.reference)
        seen = page_of(cast, asked.reference).seen
        report(cast.rosa)
        with pytest.raises(PlanChanged):
            erase_person(cast.olu, organisation=cast.leeds, reference=asked.reference, seen=seen)

    def test_kept_cases_still_open_and_the_letter_names_the_law(self, cast: Cast, asked_for: AskedFor) -> None:
        asked = asked_for("erasure")
        erase(cast, asked.reference)
        assert case_page(cast.priya, organisation=cast.leeds, reference=case_of(cast).reference).person.name
        page = request_page(cast.olu, organisation=cast.leeds, reference=asked.reference)
        assert page.outcome == "refused"
        assert "Environmental Protection Act 1990" in page.steps[-1].text
        assert "17(3)(b)" in page.steps[-1].text


class TestALegalHold:
    def test_blocks_it_whatever_was_chosen(self, cast: Cast, asked_for: AskedFor) -> None:
        asked = asked_for("erasure")
        go(cast, asked.reference)
        case = case_of(cast).reference
        made = hold(
            cast.olu,
            organisation=cast.leeds,
            case=case,
            is_everything=True,
            why="Claim 12",
            review_on=months_after(today(), 3),
        )
        assert page_of(cast, asked.reference).cases[0].decided.fate is Fate.HOLD
        with pytest.raises(HeldForClaim):
            go(cast, asked.reference)
        end_hold(cast.olu, organisation=cast.leeds, hold=made)
        assert page_of(cast, asked.reference).cases[0].decided.fate is Fate.ERASE


class TestACaseOfOthersThatIsWithheld:
    """Practice: tipping off. Whoever is named in it reads what somebody reads whom no such case is about."""

    @pytest.fixture
    def asked(self, cast: Cast) -> dict[str, Any]:
        """The neighbour of Rosa's case asks for erasure."""
        copying = Copying(cast)
        with read_scope(SET_UP, (cast.leeds,)):
            neighbour = apps.get_model("cases", "Party").objects.get(organisation_id=cast.leeds).person_id
        said = {"name": "Noor Haddad", "contact": "noor@people.example"}
        request = make_request(Visitor(), organisation=cast.leeds, kind="erasure", **said)  # type: ignore[arg-type]
        here: dict[str, Any] = {"organisation": cast.leeds, "reference": request.reference}
        match_person(cast.olu, **here, person=neighbour)
        return {"case": copying.case, **here}

    def answered(self, cast: Cast, asked: dict[str, Any]) -> tuple[str, str, set[str]]:
        erase(cast, asked["reference"])
        page = request_page(cast.olu, organisation=cast.leeds, reference=asked["reference"])
        with read_scope(SET_UP, (cast.leeds,)):
            lines = set(ErasureLine.objects.filter(request_id=page.id).values_list("reference", flat=True))
        return page.outcome, page.steps[-1].text, lines

    def test_without_a_withholding_they_read_that_it_stays(self, cast: Cast, asked: dict[str, Any]) -> None:
        outcome, letter, lines = self.answered(cast, asked)
        assert outcome == "refused"
        assert asked["case"] in letter
        assert asked["case"] in lines

    def test_with_one_nothing_tells_of_it(self, cast: Cast, asked: dict[str, Any]) -> None:
        review_on = today() + timedelta(days=30)
        case = asked["case"]
        withhold(cast.olu, organisation=cast.leeds, reference=case, exemption="crime", review_on=review_on)
        outcome, letter, lines = self.answered(cast, asked)
        assert outcome == "nothing_held"
        assert case not in letter
        assert "for the reasons below" not in letter
        assert case not in lines

    def test_once_it_is_done_nobody_else_is_whom_it_is_about(
        self, cast: Cast, asked: dict[str, Any], report: Report
    ) -> None:
        """While texts that name them wait for a decision; what went was that person's."""
        case, here = asked.pop("case"), asked
        choose_fate(cast.olu, **here, case=case, is_erased=True, why="They moved away")
        erase(cast, here["reference"])
        assert erasure_page(cast.olu, **here).redactions
        other = named_case(cast.olu, organisation=cast.leeds, reference=report(cast.sam)).person
        before = request_page(cast.olu, **here).subject
        with pytest.raises(NotNow):
            match_person(cast.olu, **here, person=other)
        assert request_page(cast.olu, **here).subject == before != other

    def test_whose_own_cases_all_went_reads_done(self) -> None:
        gone: Any = SimpleNamespace(is_nothing=False, held=frozenset())
        own, other = SimpleNamespace(fate=Fate.ERASE), SimpleNamespace(fate=Fate.OPEN)
        assert erasing._outcome(gone, [own]) == "done"  # type: ignore[list-item]
        assert erasing._outcome(gone, [own, other]) == "partly"  # type: ignore[list-item]

    def test_no_copy_holds_what_was_decided_of_it(self) -> None:
        plan = plan_for(SubjectKind.PERSON)
        assert not plan.table("protection.erasure_choice").is_collected
        assert not plan.table("protection.erasureline").is_collected


def test_the_letter_tells_of_no_case_of_others_that_is_withheld(monkeypatch: pytest.MonkeyPatch) -> None:
    """Practice: tipping off."""
    monkeypatch.setattr(erasing_letter, "withheld_cases", lambda *_given: frozenset({"HID"}))
    cases = [
        SimpleNamespace(case=SimpleNamespace(is_own=is_own, reference=reference))
        for is_own, reference in [(False, "HID"), (False, "TOLD"), (True, "HID")]
    ]
    request: Any = SimpleNamespace(organisation_id=1)
    decisions: Any = SimpleNamespace(cases=cases, subjects=frozenset())
    assert [each.case.reference for each in erasing_letter.shown_cases(request, decisions)] == ["TOLD", "HID"]
