"""A named person who has seen the evidence decides: every other door to a significant decision is closed."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from commonweal.capabilities.cases.actions.bereavement import record_death
from commonweal.capabilities.cases.actions.closing import close
from commonweal.capabilities.cases.actions.lettering import NewLetter, mark_posted
from commonweal.capabilities.cases.actions.publishing import NewDisclosure, publish_case, withdraw_case
from commonweal.capabilities.cases.actions.undoing import undo
from commonweal.capabilities.cases.errors import (
    CaseChanged,
    DecidedByNobody,
    EvidenceNotSeen,
    NotAllowedNow,
    OneAtATime,
    TooLateToUndo,
)
from commonweal.capabilities.cases.models import Decision, Grant, Letter
from commonweal.capabilities.cases.queries.closing import closing_page
from commonweal.capabilities.cases.queries.finding import listed
from commonweal.capabilities.cases.queries.visiting import visit_page
from commonweal.capabilities.cases.tests.permits import LETTER, decide, look, row_of
from commonweal.conftest import SET_UP, Appoint, Cast, apply_for_permit
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import today
from commonweal.foundations.errors import Invalid
from commonweal.foundations.personal_data.trace import ReadingRefused
from commonweal.foundations.scope.actors import Actor, Channel, Staff, Supplier, System
from commonweal.foundations.scope.scopes import read_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def reference(cast: Cast) -> str:
    return apply_for_permit(cast)


def refuse(cast: Cast, who: Any, reference: str, **more: Any) -> None:
    case = row_of(cast, reference)
    usual = {"revision": case.revision, "outcome": "refused", "reasons": ("no_need",), "letter": LETTER}
    close(who, organisation=cast.leeds, case=case.id, **{**usual, **more})


def decisions(cast: Cast) -> list[tuple[str, list[str], int]]:
    with read_scope(SET_UP, (cast.leeds,)):
        return [(each.outcome, each.reasons, each.round) for each in Decision.objects.order_by("at")]


def test_who_opened_the_case_decides_it_with_its_reasons(cast: Cast, reference: str) -> None:
    look(cast, cast.priya, reference)
    refuse(cast, cast.priya, reference, reasons=("no_proof", "no_need"))
    assert decisions(cast) == [("refused", ["no_need", "no_proof"], 1)]
    with read_scope(SET_UP, (cast.leeds,)):
        made = Decision.objects.get()
        assert (made.by_id, made.version_id) == (cast.priya.account, row_of(cast, reference).version_id)


def test_whoever_has_not_opened_it_does_not(cast: Cast, reference: str) -> None:
    with pytest.raises(EvidenceNotSeen):
        refuse(cast, cast.priya, reference)
    assert decisions(cast) == []


def test_a_list_in_which_it_stood_is_not_opening_it(cast: Cast, reference: str) -> None:
    rows = listed(cast.priya, organisation=cast.leeds, cases=[row_of(cast, reference).id])
    assert [row.reference for row in rows] == [reference]
    with pytest.raises(EvidenceNotSeen):
        refuse(cast, cast.priya, reference)


def test_what_one_takes_along_to_a_visit_is_not_the_evidence(cast: Cast, reference: str) -> None:
    assert visit_page(cast.priya, organisation=cast.leeds, reference=reference).person.name == "Rosa Delgado"
    with pytest.raises(EvidenceNotSeen):
        refuse(cast, cast.priya, reference)


def test_that_a_colleague_opened_it_is_not_enough(cast: Cast, reference: str, appoint: Appoint) -> None:
    look(cast, appoint("Wes Hart", "case_worker", cast.waste_team), reference)
    with pytest.raises(EvidenceNotSeen):
        refuse(cast, cast.priya, reference)


@pytest.mark.parametrize(
    "program",
    [
        System(task="cases.rule", purposes=frozenset({"casework"})),
        Supplier(key=uuid4(), organisation=1, purposes=frozenset({"casework"})),
    ],
)
@pytest.mark.parametrize("outcome", ["refused", "granted", "withdrawn"])
def test_no_task_no_rule_and_no_supplier_decides(cast: Cast, reference: str, program: Actor, outcome: str) -> None:
    with pytest.raises(DecidedByNobody):
        refuse(cast, program, reference, outcome=outcome)
    assert row_of(cast, reference).closed_at is None


@pytest.mark.parametrize("channel", [Channel.API, Channel.AUTOMATIC, Channel.COMMAND])
def test_no_program_decides_in_somebodys_name(cast: Cast, reference: str, channel: Channel) -> None:
    look(cast, cast.priya, reference)
    with pytest.raises(DecidedByNobody):
        refuse(cast, replace(cast.priya, channel=channel), reference)


@action()
def _close_all(actor: Staff, *, organisation: int, cases: tuple[tuple[Any, int, str], ...]) -> None:
    for case, revision, outcome in cases:
        close(actor, organisation=organisation, case=case, revision=revision, outcome=outcome)
    record("cases.case", changed=["closed_at"])


def test_nothing_significant_is_decided_in_bulk(cast: Cast, reference: str) -> None:
    pages = [look(cast, cast.priya, each) for each in (reference, apply_for_permit(cast, cast.sam))]
    significant = tuple((page.id, page.revision, "granted") for page in pages)
    with pytest.raises(OneAtATime):
        _close_all(cast.priya, organisation=cast.leeds, cases=significant)
    _close_all(cast.priya, organisation=cast.leeds, cases=((pages[0].id, pages[0].revision, "withdrawn"),))
    assert decisions(cast) == [("withdrawn", [], 1)]


@pytest.mark.parametrize("reasons", [(), ("made_up",), ("no_need", "made_up")])
def test_a_refusal_says_why(cast: Cast, reference: str, reasons: tuple[str, ...]) -> None:
    look(cast, cast.priya, reference)
    with pytest.raises(Invalid):
        refuse(cast, cast.priya, reference, reasons=reasons)
    assert row_of(cast, reference).closed_at is None


@pytest.mark.parametrize("letter", [None, NewLetter("", " \n", "en"), NewLetter("", "x" * 20_001, "en")])
def test_no_letter_goes_out_empty_or_endless(cast: Cast, reference: str, letter: NewLetter | None) -> None:
    look(cast, cast.priya, reference)
    with pytest.raises(Invalid):
        refuse(cast, cast.priya, reference, letter=letter)
    with read_scope(SET_UP, (cast.leeds,)):
        assert not Letter.objects.exists()


def test_an_outcome_is_chosen_only_where_it_may_be(cast: Cast, reference: str) -> None:
    page = look(cast, cast.priya, reference)
    assert [outcome.key for outcome in page.outcomes] == ["granted", "refused", "withdrawn"]
    with pytest.raises(NotAllowedNow):
        refuse(cast, cast.priya, reference, outcome="made_up")
    manager = replace(cast.priya, roles=frozenset({"team_manager"}))
    look(cast, manager, reference)
    with pytest.raises(NotAllowedNow):
        refuse(cast, manager, reference)


def test_of_two_officers_on_one_case_the_first_decides_and_the_second_is_told(
    cast: Cast, reference: str, appoint: Appoint
) -> None:
    wes = appoint("Wes Hart", "case_worker", cast.waste_team)
    seen = look(cast, wes, reference).revision
    decide(cast, cast.priya, reference, "granted")
    with pytest.raises((CaseChanged, NotAllowedNow)):
        refuse(cast, wes, reference, revision=seen)
    assert decisions(cast) == [("granted", [], 1)]


def test_nobody_decides_about_themselves(cast: Cast) -> None:
    own = apply_for_permit(cast, replace(cast.rosa, account=cast.priya.account))
    with pytest.raises(ReadingRefused):
        refuse(cast, cast.priya, own)


def test_what_left_is_not_taken_back(cast: Cast, reference: str) -> None:
    decide(cast, cast.priya, reference, "refused")
    case = row_of(cast, reference)
    with read_scope(SET_UP, (cast.leeds,)):
        letter = Letter.objects.get().id
    mark_posted(cast.priya, organisation=cast.leeds, case=case.id, letter=letter)
    with pytest.raises(TooLateToUndo):
        undo(cast.priya, organisation=cast.leeds, changes=[(case.id, case.revision)])
    other = apply_for_permit(cast, cast.sam)
    decide(cast, cast.priya, other, "granted")
    case = row_of(cast, other)
    written = NewDisclosure("Permits in March", "How many permits there were: 12")
    publish_case(cast.priya, organisation=cast.leeds, case=case.id, written=written)
    with pytest.raises(TooLateToUndo):
        undo(cast.priya, organisation=cast.leeds, changes=[(case.id, case.revision)])
    withdraw_case(cast.priya, organisation=cast.leeds, case=case.id)
    undo(cast.priya, organisation=cast.leeds, changes=[(case.id, case.revision)])
    assert row_of(cast, other).closed_at is None


def test_a_decision_taken_back_at_once_was_never_made(cast: Cast, reference: str) -> None:
    decide(cast, cast.priya, reference, "granted")
    case = row_of(cast, reference)
    undo(cast.priya, organisation=cast.leeds, changes=[(case.id, case.revision)])
    with read_scope(SET_UP, (cast.leeds,)):
        assert not Grant.objects.exists()
        assert Decision.objects.get().undone_at is not None
    decide(cast, cast.priya, reference, "refused")
    case = row_of(cast, reference)
    with read_scope(SET_UP, (cast.leeds,)):
        assert Letter.objects.count() == 1
    undo(cast.priya, organisation=cast.leeds, changes=[(case.id, case.revision)])
    with read_scope(SET_UP, (cast.leeds,)):
        assert not Letter.objects.exists()


def test_nobody_writes_a_letter_to_somebody_who_has_died(cast: Cast, reference: str) -> None:
    record_death(
        cast.priya,
        organisation=cast.leeds,
        reference=reference,
        died_on=today(),
        told_by="Her son, on the phone",
        certainty="told",
    )
    assert not closing_page(cast.priya, organisation=cast.leeds, reference=reference).outcomes[1].has_letter
    look(cast, cast.priya, reference)
    refuse(cast, cast.priya, reference, letter=None)
    with read_scope(SET_UP, (cast.leeds,)):
        assert not Letter.objects.exists()
