"""Who may open and change a case (decision 11): the rule, and what is recorded of each refusal."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.capabilities.cases.actions import assigning, closing, moving, noting
from commonweal.capabilities.cases.actions.relating import declare_relative
from commonweal.capabilities.cases.errors import NoSuchCase
from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.cases.queries.closing import closing_page
from commonweal.capabilities.cases.queries.opening import case_page
from commonweal.capabilities.cases.rules import Bond, judge
from commonweal.capabilities.identity.actions import relations as identity
from commonweal.capabilities.identity.actions.appointing import end_membership
from commonweal.capabilities.identity.errors import MayNotDecide
from commonweal.capabilities.identity.queries import relations as identities
from commonweal.conftest import SET_UP, Appoint, Cast, Report
from commonweal.foundations.personal_data.models import Trace
from commonweal.foundations.personal_data.prompts import MOST_REASONS, PROMPTS, Prompt, ReasonNeeded
from commonweal.foundations.personal_data.trace import ReadingRefused
from commonweal.foundations.scope.actors import Resident, Staff
from commonweal.foundations.scope.scopes import read_scope

TEAMS = st.sampled_from([UUID(int=1), UUID(int=2), UUID(int=3)])


class TestTheRule:
    @given(TEAMS, st.frozensets(TEAMS), st.booleans(), st.sampled_from(Bond), st.none() | TEAMS)
    def test_it_is_refused_prompted_or_open_and_never_two_of_these(
        self, team: UUID, teams: frozenset[UUID], is_manager: bool, bond: Bond, works_in: UUID | None
    ) -> None:
        judged = judge(team, teams=teams, is_manager=is_manager, bond=bond, works_in=works_in)
        assert not (judged.refusal and (judged.prompt or judged.may_change))
        assert judged.refusal or judged.prompt or judged.may_change
        assert not judged.prompt or (is_manager and judged.prompt in PROMPTS)

    @given(TEAMS, st.frozensets(TEAMS), st.booleans(), st.none() | TEAMS)
    def test_ones_own_and_a_relatives_are_closed_to_everyone(
        self, team: UUID, teams: frozenset[UUID], is_manager: bool, works_in: UUID | None
    ) -> None:
        for bond in (Bond.OWN, Bond.RELATIVE):
            assert judge(team, teams=teams, is_manager=is_manager, bond=bond, works_in=works_in).refusal == bond

    def test_a_prompt_has_at_most_five_reasons(self) -> None:
        assert all(0 < len(prompt.reasons) <= 5 for prompt in PROMPTS.values())
        assert MOST_REASONS == 5
        with pytest.raises(ValueError):
            Prompt("too_many", {str(number): "" for number in range(6)})


@pytest.fixture
def grace(cast: Cast, appoint: Appoint) -> Staff:
    """The manager of another team than the one the case belongs to."""
    return appoint("Grace Bell", "team_manager", cast.parks_team)


@pytest.fixture
def wes(cast: Cast, appoint: Appoint) -> Staff:
    """The manager of the team the case belongs to."""
    return appoint("Wes Hart", "team_manager", cast.waste_team)


def test_another_teams_manager_opens_it_with_a_reason_and_changes_nothing(
    cast: Cast, report: Report, grace: Staff
) -> None:
    reference = report(cast.rosa)
    for reason in ("", "curious", "instead_of_team"):
        with pytest.raises(ReasonNeeded):
            case_page(grace, organisation=cast.leeds, reference=reference, reason=reason)
    page = case_page(grace, organisation=cast.leeds, reference=reference, reason="safety")
    assert page.person.name == "Rosa Delgado"
    assert (page.may_be_changed, page.moves, page.outcomes, page.colleagues) == (False, (), (), ())
    assert _lines(cast, grace) == [("opened", "safety", True)]
    with pytest.raises(ReadingRefused):
        noting.add_note(grace, organisation=cast.leeds, case=page.id, text="I was here")
    assert _lines(cast, grace)[-1] == ("refused", "other_team", False)


def test_in_ones_own_team_no_reason_is_asked(cast: Cast, report: Report, wes: Staff) -> None:
    reference = report(cast.rosa)
    assert case_page(wes, organisation=cast.leeds, reference=reference).may_be_changed
    case_page(cast.priya, organisation=cast.leeds, reference=reference, reason="safety")
    assert [*_lines(cast, wes), *_lines(cast, cast.priya)] == [("opened", "", False)] * 2


def test_a_case_worker_of_another_team_is_refused_whatever_the_reason(cast: Cast, report: Report) -> None:
    reference = report(cast.rosa)
    with pytest.raises(ReadingRefused):
        case_page(cast.tom, organisation=cast.leeds, reference=reference, reason="safety")
    assert _lines(cast, cast.tom) == [("refused", "other_team", False)]


def test_a_colleagues_case_is_dealt_with_by_a_manager_of_another_team(
    cast: Cast, report: Report, grace: Staff, wes: Staff
) -> None:
    """Priya, of the waste team, reports her own bin: neither she, nor Tom, nor her manager may; Grace may, and acts."""
    reference = report(Resident(account=cast.priya.account))
    for actor, reason in ((cast.priya, "own_record"), (cast.tom, "colleague"), (wes, "colleague")):
        with pytest.raises(ReadingRefused):
            case_page(actor, organisation=cast.leeds, reference=reference, reason="instead_of_team")
        assert _lines(cast, actor) == [("refused", reason, False)]
    page = case_page(grace, organisation=cast.leeds, reference=reference, reason="instead_of_team")
    closing.close(grace, organisation=cast.leeds, case=page.id, revision=page.revision, outcome="collected")
    assert _lines(cast, grace) == [("opened", "instead_of_team", True)]


def test_whoever_works_elsewhere_or_no_longer_is_no_colleague(cast: Cast, report: Report) -> None:
    elsewhere, former = report(Resident(account=cast.huw.account)), report(Resident(account=cast.tom.account))
    end_membership(SET_UP, organisation=cast.leeds, account=cast.tom.account)
    for reference in (elsewhere, former):
        assert case_page(cast.priya, organisation=cast.leeds, reference=reference).may_be_changed


def test_a_declared_relatives_cases_are_closed_until_the_officer_ends_it(cast: Cast, report: Report) -> None:
    """One case is declared; another record of the same account is the same person."""
    declared, other, strangers = report(cast.rosa), report(cast.rosa), report(cast.sam)
    declare_relative(cast.priya, organisation=cast.leeds, reference=declared.lower())
    declare_relative(cast.priya, organisation=cast.leeds, reference=declared)
    for reference in (declared, other):
        with pytest.raises(ReadingRefused):
            case_page(cast.priya, organisation=cast.leeds, reference=reference)
    assert _lines(cast, cast.priya) == [("refused", "relative", False)] * 2
    case_page(cast.priya, organisation=cast.leeds, reference=strangers)
    (relation,) = identities.relations(cast.olu, organisation=cast.leeds)
    assert (relation.name, relation.reference) == ("Priya Nair", declared)
    identity.end_relation(cast.olu, organisation=cast.leeds, relation=relation.id)
    case_page(cast.priya, organisation=cast.leeds, reference=declared)


def test_nobody_ends_their_own_relation(cast: Cast, report: Report) -> None:
    declare_relative(cast.priya, organisation=cast.leeds, reference=report(cast.rosa))
    (relation,) = identities.relations(cast.olu, organisation=cast.leeds)
    with pytest.raises(MayNotDecide):
        identity.end_relation(cast.priya, organisation=cast.leeds, relation=relation.id)


def test_a_relation_to_nobody_is_told_so(cast: Cast) -> None:
    with pytest.raises(NoSuchCase):
        declare_relative(cast.priya, organisation=cast.leeds, reference="BCDF-GHJK-B")


Change = Callable[[Staff, int, UUID, str], object]


def _note(actor: Staff, organisation: int, case: UUID, reference: str) -> None:
    noting.add_note(actor, organisation=organisation, case=case, text="A note")


def _move(actor: Staff, organisation: int, case: UUID, reference: str) -> None:
    moving.move(actor, organisation=organisation, case=case, revision=1, to="schedule")


def _assign(actor: Staff, organisation: int, case: UUID, reference: str) -> None:
    assigning.assign(actor, organisation=organisation, case=case, revision=1, assignee=None)


def _close(actor: Staff, organisation: int, case: UUID, reference: str) -> None:
    closing.close(actor, organisation=organisation, case=case, revision=1, outcome="collected")


def _look_at_closing(actor: Staff, organisation: int, case: UUID, reference: str) -> None:
    closing_page(actor, organisation=organisation, reference=reference)


@pytest.mark.parametrize("change", [_note, _move, _assign, _close, _look_at_closing])
@pytest.mark.parametrize(
    ("lacks", "reason"),
    [
        ({"is_trained": False}, "training"),
        ({"has_second_factor": False}, "second_factor"),
        ({"purposes": frozenset()}, "role"),
    ],
)
def test_actions_ask_the_gates_as_readings_do(
    cast: Cast, report: Report, change: Change, lacks: dict[str, object], reason: str
) -> None:
    reference = report(cast.rosa)
    with read_scope(SET_UP, (cast.leeds,)):
        case = Case.objects.get(reference=reference)
    actor = replace(cast.priya, **lacks)  # type: ignore[arg-type]
    with pytest.raises(ReadingRefused):
        change(actor, cast.leeds, case.id, reference)
    assert _lines(cast, actor) == [("refused", reason, False)]


def test_declaring_asks_the_gates_too(cast: Cast, report: Report) -> None:
    with pytest.raises(ReadingRefused):
        declare_relative(replace(cast.priya, is_trained=False), organisation=cast.leeds, reference=report(cast.rosa))


def test_a_case_that_is_not_here_is_not_here(cast: Cast) -> None:
    with pytest.raises(NoSuchCase):
        noting.add_note(cast.priya, organisation=cast.leeds, case=uuid4(), text="A note")


def _lines(cast: Cast, actor: Staff) -> list[tuple[str, str, bool]]:
    with read_scope(SET_UP, (cast.leeds,)):
        lines = Trace.objects.filter(actor_id=actor.account).order_by("id")
        return list(lines.values_list("kind", "reason", "prompted"))
