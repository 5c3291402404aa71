"""Facts, tasks and what they are required for; proposals; links; handing over; restricted services."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from commonweal.capabilities.cases.actions.assigning import assign
from commonweal.capabilities.cases.actions.closing import close
from commonweal.capabilities.cases.actions.finding import record_fact, tick_task
from commonweal.capabilities.cases.actions.handing import hand_over
from commonweal.capabilities.cases.actions.linking import link_case, unlink_case
from commonweal.capabilities.cases.actions.marking import ask_for_marker
from commonweal.capabilities.cases.actions.noting import NewNote, add_note
from commonweal.capabilities.cases.actions.opening import submit
from commonweal.capabilities.cases.actions.relating import declare_relative
from commonweal.capabilities.cases.errors import FactChanged, HiddenCase, NoSuchCase, NotAllowedNow, StillMissing
from commonweal.capabilities.cases.models import Fact
from commonweal.capabilities.cases.queries.bereavement import bereavement_page
from commonweal.capabilities.cases.queries.counters import workload
from commonweal.capabilities.cases.queries.facts import fact_page
from commonweal.capabilities.cases.queries.filters import Filter
from commonweal.capabilities.cases.queries.finding import listed, search
from commonweal.capabilities.cases.queries.opening import CasePage, case_page
from commonweal.capabilities.cases.queries.worklists import worklist
from commonweal.capabilities.cases.tests.test_recounting import MONDAY
from commonweal.capabilities.cases.tests.test_recounting import report as send
from commonweal.capabilities.cases.tests.variants import case_of, go, offer, words
from commonweal.capabilities.catalogue.actions import withdraw_service
from commonweal.capabilities.forms.actions import filling as forms
from commonweal.capabilities.people.actions import marking
from commonweal.capabilities.people.errors import NoSuchMarker
from commonweal.capabilities.people.queries import markers
from commonweal.conftest import SET_UP, Appoint, Cast
from commonweal.foundations.clocks.now import at, today
from commonweal.foundations.errors import Invalid
from commonweal.foundations.personal_data.models import Trace
from commonweal.foundations.personal_data.prompts import ReasonNeeded
from commonweal.foundations.personal_data.trace import ReadingRefused
from commonweal.foundations.scope.actors import DraftHolder, Staff, Visitor
from commonweal.foundations.scope.scopes import read_scope

pytestmark = pytest.mark.django_db


def question(key: str, *choices: str, **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "type": "choice",
        "label": words(key.capitalize()),
        "called": words(key.capitalize()),
        "if_missing": words(f"Choose {key}"),
        "choices": [{"key": choice, "label": words(choice.capitalize())} for choice in choices],
        "holds": "answer",
        "why": words("to decide"),
        **more,
    }


def careful(declared: dict[str, Any]) -> None:
    """A case goes on once it was checked and something was found, and is collected only when it is ours."""
    case = declared["case"]
    case["tasks"] = [{"key": "call", "label": words("Call the crew"), "stage": "received", "roles": ["case_worker"]}]
    case["facts"] = [
        question("whose", "ours", "theirs"),
        question("health", "well", "ill", opened_by=["medical_assessor"]),
    ]
    case["moves"][0]["requires"] = ["call", "whose"]
    case["outcomes"][0]["when"] = "facts.whose == 'ours' && answers.bin == 'recycling'"
    case["proposals"] = [
        {"key": "ours", "when": "facts.whose == 'ours'", "outcome": "collected", "words": words("it is ours")}
    ]


@pytest.fixture
def reference(cast: Cast) -> str:
    offer(cast.leeds, careful)
    with at(MONDAY):
        return send(cast.leeds)


def look(cast: Cast, reference: str, actor: Staff | None = None, reason: str = "") -> CasePage:
    return case_page(actor or cast.priya, organisation=cast.leeds, reference=reference, reason=reason)


def found(cast: Cast, reference: str, *, actor: Staff | None = None, seen: int = 0, **given: str) -> None:
    case = case_of(cast.leeds, reference)
    (fact,) = given
    record_fact(actor or cast.priya, organisation=cast.leeds, case=case.id, fact=fact, given=given, seen=seen)


def tick(cast: Cast, reference: str, *, is_done: bool = True) -> None:
    case = case_of(cast.leeds, reference)
    tick_task(cast.priya, organisation=cast.leeds, case=case.id, task="call", is_done=is_done)


class TestWhatIsRequired:
    def test_a_move_waits_for_its_facts_and_tasks_and_the_page_says_which(self, cast: Cast, reference: str) -> None:
        assert look(cast, reference).work.lacks["schedule"] == ("Call the crew", "Whose")
        with pytest.raises(StillMissing, match="still_missing") as refused:
            go(cast.priya, cast.leeds, reference, "schedule")
        assert str(refused.value.message) == "Before you can do this: Call the crew; Whose."
        tick(cast, reference)
        found(cast, reference, whose="theirs")
        assert look(cast, reference).work.lacks["schedule"] == ()
        tick(cast, reference, is_done=False)
        with pytest.raises(StillMissing):
            go(cast.priya, cast.leeds, reference, "schedule")
        tick(cast, reference)
        go(cast.priya, cast.leeds, reference, "schedule")
        assert case_of(cast.leeds, reference).stage == "scheduled"

    def test_an_outcome_waits_until_its_condition_holds(self, cast: Cast, reference: str) -> None:
        def collect() -> None:
            case = case_of(cast.leeds, reference)
            close(cast.priya, organisation=cast.leeds, case=case.id, revision=case.revision, outcome="collected")

        with pytest.raises(StillMissing):
            collect()
        found(cast, reference, whose="theirs")
        with pytest.raises(StillMissing):
            collect()
        found(cast, reference, whose="ours", seen=1)
        collect()
        assert case_of(cast.leeds, reference).outcome == "collected"

    def test_rules_propose_and_a_person_decides(self, cast: Cast, reference: str) -> None:
        assert look(cast, reference).work.proposals == ()
        found(cast, reference, whose="ours")
        (proposed,) = look(cast, reference).work.proposals
        assert (proposed.outcome, proposed.words) == ("Collected", "it is ours")
        assert case_of(cast.leeds, reference).closed_at is None


class TestFacts:
    def test_a_correction_keeps_what_was_recorded_before(self, cast: Cast, reference: str) -> None:
        found(cast, reference, whose="theirs")
        with pytest.raises(FactChanged):
            found(cast, reference, whose="ours")
        found(cast, reference, whose="ours", seen=1)
        (row, _health) = look(cast, reference).work.facts
        assert (row.text, row.number, row.who) == ("Ours", 2, "Priya Nair")
        with read_scope(SET_UP, (cast.leeds,)):
            assert Fact.objects.filter(organisation_id=cast.leeds).count() == 2

    def test_what_is_no_answer_is_told_at_its_field(self, cast: Cast, reference: str) -> None:
        with pytest.raises(Invalid) as wrong:
            found(cast, reference, whose="")
        assert dict(wrong.value.fields) == {"whose": "Choose whose"}

    def test_only_the_roles_it_is_for_see_or_record_it(self, cast: Cast, reference: str, appoint: Appoint) -> None:
        assessor = appoint("Ada Bright", "medical_assessor", cast.waste_team)
        with pytest.raises(ReadingRefused):
            found(cast, reference, health="ill")
        found(cast, reference, actor=assessor, health="ill")
        (_whose, kept) = look(cast, reference).work.facts
        assert (kept.text, kept.number, kept.opened_by) == ("", 1, ("medical_assessor",))
        (_whose, opened) = look(cast, reference, assessor).work.facts
        assert opened.text == "Ill"
        with read_scope(SET_UP, (cast.leeds,)):
            mine = Trace.objects.filter(actor_id=cast.priya.account, kind="opened")
            assert not any("cases.fact.value" in line.fields for line in mine)

    def test_an_answer_of_a_form_for_some_roles_is_said_to_be_there_and_not_opened(
        self, cast: Cast, appoint: Appoint
    ) -> None:
        def change(declared: dict[str, Any]) -> None:
            declared["pages"][0]["questions"][0]["opened_by"] = ["medical_assessor"]

        offer(cast.leeds, change)
        with at(MONDAY):
            reference = send(cast.leeds)
        (kept,) = [row for row in look(cast, reference).answers if row.opened_by]
        assert kept.text == ""
        assessor = appoint("Ada Bright", "medical_assessor", cast.waste_team)
        assert any(row.text == "Recycling" for row in look(cast, reference, assessor).answers)


class TestLinks:
    def test_they_are_shown_from_both_sides_and_open_nothing_of_the_other(self, cast: Cast, reference: str) -> None:
        with at(MONDAY):
            other = send(cast.leeds)
        case, second = case_of(cast.leeds, reference), case_of(cast.leeds, other)
        for _again in range(2):
            link_case(cast.priya, organisation=cast.leeds, case=case.id, reference=other.lower(), kind="duplicate")
        (here,) = look(cast, reference).work.links
        (there,) = look(cast, other).work.links
        assert (here.reference, here.kind, there.reference, there.kind) == (
            other,
            "duplicate",
            reference,
            "duplicate_of",
        )
        unlink_case(cast.priya, organisation=cast.leeds, case=second.id, other=case.id)
        assert look(cast, reference).work.links == ()
        with pytest.raises(NoSuchCase):
            unlink_case(cast.priya, organisation=cast.leeds, case=case.id, other=second.id)

    @pytest.mark.parametrize("typed", ["", "BCDF-2345-X", "itself"])
    def test_what_is_no_other_case_is_told(self, cast: Cast, reference: str, typed: str) -> None:
        case = case_of(cast.leeds, reference)
        with pytest.raises(Invalid):
            link_case(
                cast.priya,
                organisation=cast.leeds,
                case=case.id,
                reference=reference if typed == "itself" else typed,
                kind="related",
            )


class TestParties:
    def test_another_person_of_the_case_is_shown_and_leads_to_it(self, cast: Cast) -> None:
        def change(declared: dict[str, Any]) -> None:
            declared["parties"] = [{"key": "neighbour", "label": words("Neighbour"), "whose": "person_reported"}]
            name = {"type": "name", "label": words("Their name"), "called": words("Their name")}
            theirs = {"of_party": "neighbour", "whose": "person_reported", "fills": "person.name"}
            more = {"holds": "name", "why": words("to know them"), "if_missing": words("Enter their name")}
            declared["pages"][-1]["questions"].append({"key": "neighbour_name", **name, **theirs, **more})

        offer(cast.leeds, change)
        with at(MONDAY):
            draft = forms.start_draft(Visitor(), organisation=cast.leeds, service="missed_collection")
            holder = DraftHolder(draft=draft)
            for page, typed in {
                "bin": {"bin": "recycling"},
                "due": {"due-day": "7", "due-month": "6", "due-year": "2027"},
                "where": {"place-address": "12 Harewood Row", "place-postcode": "LS1 4HR", "left_at": "Outside"},
                "contact": {"name": "Amina Yusuf", "email": "amina@people.example", "neighbour_name": "Boris Quill"},
            }.items():
                forms.answer_page(holder, organisation=cast.leeds, page=page, given=typed)
            reference = submit(holder, organisation=cast.leeds).reference
        (party,) = look(cast, reference).work.parties
        assert (party.label, party.name, party.is_told) == ("Neighbour", "Boris Quill", False)
        case = case_of(cast.leeds, reference)
        assert search(cast.priya, organisation=cast.leeds, words="Boris Quill").cases == (case.id,)
        assert search(cast.tom, organisation=cast.leeds, words="Boris Quill").cases == ()


class TestHandingOver:
    def test_it_goes_to_nobody_of_the_other_team_with_the_reason(self, cast: Cast, reference: str) -> None:
        case = case_of(cast.leeds, reference)
        here: dict[str, Any] = {"organisation": cast.leeds, "case": case.id, "revision": 1}
        with pytest.raises(Invalid):
            hand_over(cast.priya, **here, team=cast.parks_team, note=NewNote(case.id, " "))
        with pytest.raises(Invalid):
            hand_over(cast.priya, **here, team=cast.waste_team, note=NewNote(case.id, "Yours"))
        hand_over(cast.priya, **here, team=cast.parks_team, note=NewNote(case.id, "It is in the park"))
        with pytest.raises(ReadingRefused):
            look(cast, reference)
        page = look(cast, reference, cast.tom)
        assert page.assignee is None
        assert "It is in the park" in [each.text for each in page.history]


class TestARestrictedService:
    @pytest.fixture
    def locked(self, cast: Cast) -> str:
        def change(declared: dict[str, Any]) -> None:
            declared["restriction"] = {"roles": ["social_worker"], "harm_checked_by": []}

        offer(cast.leeds, change)
        with at(MONDAY):
            return send(cast.leeds)

    @pytest.mark.parametrize("role", ["case_worker", "team_manager"])
    def test_to_all_others_it_does_not_exist_the_manager_included(
        self, cast: Cast, locked: str, role: str, appoint: Appoint
    ) -> None:
        actor = appoint("Mary Lowe", role, cast.waste_team)
        case = case_of(cast.leeds, locked)
        assert worklist(actor, organisation=cast.leeds, asked=Filter()).rows == ()
        assert set(worklist(actor, organisation=cast.leeds, asked=Filter()).counts.values()) == {0}
        assert search(actor, organisation=cast.leeds, words=locked).reference == ""
        assert search(actor, organisation=cast.leeds, words="Amina Yusuf").cases == ()
        assert listed(actor, organisation=cast.leeds, cases=[case.id]) == ()
        if role == "team_manager":
            assert [each.total.open for each in workload(actor, organisation=cast.leeds)] == [0]
        with pytest.raises(HiddenCase) as hidden:
            look(cast, locked, actor, "dealing")
        assert (hidden.value.status, hidden.value.message) == (NoSuchCase.status, NoSuchCase.message)
        with pytest.raises(HiddenCase):
            add_note(actor, organisation=cast.leeds, case=case.id, text="I was here")
        with pytest.raises(NoSuchCase):
            declare_relative(actor, organisation=cast.leeds, reference=locked)

    @pytest.mark.parametrize("read", [partial(fact_page, fact="whose"), bereavement_page])
    def test_no_other_page_of_it_opens_without_saying_why(
        self, cast: Cast, appoint: Appoint, read: Callable[..., object]
    ) -> None:
        def change(declared: dict[str, Any]) -> None:
            careful(declared)
            declared["restriction"] = {"roles": ["social_worker"], "harm_checked_by": []}

        offer(cast.leeds, change)
        with at(MONDAY):
            reference = send(cast.leeds)
        actor = appoint("Sol Weir", "social_worker", cast.waste_team)
        with pytest.raises(ReasonNeeded):
            read(actor, organisation=cast.leeds, reference=reference)
        assert read(actor, organisation=cast.leeds, reference=reference, reason="dealing")

    def test_a_link_with_it_is_shown_to_its_roles_alone(self, cast: Cast, locked: str, appoint: Appoint) -> None:
        offer(cast.leeds, careful)
        with at(MONDAY):
            here = send(cast.leeds)
        inside = appoint("Sol Weir", "social_worker", cast.waste_team)
        link_case(inside, organisation=cast.leeds, case=case_of(cast.leeds, here).id, reference=locked, kind="related")
        assert [row.reference for row in look(cast, here, inside).work.links] == [locked]
        assert look(cast, here).work.links == ()
        with pytest.raises(NoSuchCase):
            unlink_case(
                cast.priya,
                organisation=cast.leeds,
                case=case_of(cast.leeds, here).id,
                other=case_of(cast.leeds, locked).id,
            )

    def test_a_manager_outside_learns_nothing_of_what_it_says_of_danger_but_what_to_do(
        self, cast: Cast, locked: str, appoint: Appoint
    ) -> None:
        here: dict[str, Any] = {"organisation": cast.leeds}
        asks = appoint("Sol Weir", "social_worker", cast.waste_team)
        marker = ask_for_marker(
            asks,
            **here,
            reference=locked,
            danger="violence",
            evidence="Her brother threatened the social worker.",
            told="told",
            review_on=today() + timedelta(days=30),
        )
        outside = appoint("Grace Bell", "team_manager", cast.waste_team)
        inside = replace(outside, roles=outside.roles | {"social_worker"})
        assert markers.markers(outside, **here) == ()
        for refused in (markers.marker, marking.approve_marker, marking.end_marker):
            with pytest.raises(NoSuchMarker):
                refused(outside, **here, marker=marker)
        assert [row.reference for row in markers.markers(inside, **here)] == [locked]
        marking.approve_marker(inside, **here, marker=marker)
        person = case_of(cast.leeds, locked).person_id
        assert [str(each) for each in markers.instructions(outside, **here, person=person)] == ["Visit in pairs"]

    def test_nobody_counts_its_cases_once_it_is_no_longer_offered(
        self, cast: Cast, locked: str, appoint: Appoint
    ) -> None:
        withdraw_service(SET_UP, organisation=cast.leeds, name="missed_collection")
        assert set(worklist(cast.priya, organisation=cast.leeds, asked=Filter()).counts.values()) == {0}
        inside = appoint("Sol Weir", "social_worker", cast.waste_team)
        assert worklist(inside, organisation=cast.leeds, asked=Filter()).counts["open"] == 1

    def test_its_roles_say_why_unless_it_is_their_own(self, cast: Cast, locked: str, appoint: Appoint) -> None:
        actor = appoint("Sol Weir", "social_worker", cast.waste_team)
        (row,) = worklist(actor, organisation=cast.leeds, asked=Filter()).rows
        assert row.reference == locked
        with pytest.raises(ReasonNeeded):
            look(cast, locked, actor)
        page = look(cast, locked, actor, "dealing")
        assert page.may_be_changed
        assign(actor, organisation=cast.leeds, case=page.id, revision=page.revision, assignee=actor.account)
        assert look(cast, locked, actor).assignee == actor.account


def test_a_task_of_another_stage_is_not_ticked(cast: Cast, reference: str) -> None:
    tick(cast, reference)
    found(cast, reference, whose="ours")
    go(cast.priya, cast.leeds, reference, "schedule")
    with pytest.raises(NotAllowedNow):
        tick(cast, reference, is_done=False)
