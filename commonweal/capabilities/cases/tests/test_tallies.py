"""The numbers of open cases: whatever is done to cases, in whatever order, they are what a count would say."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonweal.capabilities.cases.actions import assigning, closing, counting, moving
from commonweal.capabilities.cases.actions.recounting import recount_clocks
from commonweal.capabilities.cases.models import Case, Tally
from commonweal.capabilities.cases.queries import counters
from commonweal.capabilities.cases.tasks import COUNTER, fold_tallies
from commonweal.capabilities.organisations import actions as organisations
from commonweal.conftest import SET_UP, Cast, Report
from commonweal.foundations.clocks.now import today
from commonweal.foundations.scope.scopes import read_scope, write_scope

pytestmark = pytest.mark.django_db

STEPS = ("open", "assign", "give_back", "move", "close", "fold", "closure")


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 5)), min_size=3, max_size=12))
def test_tallies_say_what_a_count_would(cast: Cast, report: Report, steps: list[tuple[str, int]]) -> None:
    for step, number in [("open", 0), *steps]:
        _STEPS[step](cast, report, number)
        assert _tallied(cast) == _counted(cast)
        assert not counters.is_miscounted(COUNTER, organisation=cast.leeds)


def test_folding_leaves_one_line_of_each_kind_and_every_number(cast: Cast, report: Report) -> None:
    for number in range(4):
        _open(cast, report, number)
        _assign(cast, report, number)
    before = _tallied(cast)
    assert counting.fold(COUNTER, organisation=cast.leeds, team=cast.waste_team) == 12
    with read_scope(SET_UP, (cast.leeds,)):
        assert list(Tally.objects.values_list("n", "is_sum")) == [(4, True)]
    assert _tallied(cast) == before


def test_what_is_wrong_is_noticed_and_mended(cast: Cast, report: Report) -> None:
    _open(cast, report, 0)
    with write_scope(SET_UP, cast.leeds):
        connection.connection.execute("delete from cases_tally")
    assert counters.is_miscounted(COUNTER, organisation=cast.leeds)
    assert counting.recount(COUNTER, organisation=cast.leeds) == 1
    assert not counters.is_miscounted(COUNTER, organisation=cast.leeds)
    assert _tallied(cast) == _counted(cast)


def test_only_teams_with_many_new_lines_are_folded(cast: Cast, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    _open(cast, report, 0)
    fold_tallies()
    assert _sums(cast) == 0
    monkeypatch.setattr(counters, "_NEW_LINES", 0)
    fold_tallies()
    assert _sums(cast) == 1


def _sums(cast: Cast) -> int:
    with read_scope(SET_UP, (cast.leeds,)):
        return Tally.objects.filter(is_sum=True).count()


def _open(cast: Cast, report: Report, number: int) -> None:
    report(cast.rosa)


def _assign(cast: Cast, report: Report, number: int) -> None:
    _give(cast, number, cast.priya.account)


def _give_back(cast: Cast, report: Report, number: int) -> None:
    _give(cast, number, None)


def _give(cast: Cast, number: int, account: UUID | None) -> None:
    for case in _some(cast, number, closed_at=None):
        assigning.assign(cast.priya, organisation=cast.leeds, case=case.id, revision=case.revision, assignee=account)


def _move(cast: Cast, report: Report, number: int) -> None:
    for case in _some(cast, number, closed_at=None, stage="received"):
        moving.move(cast.priya, organisation=cast.leeds, case=case.id, revision=case.revision, to="schedule")


def _close(cast: Cast, report: Report, number: int) -> None:
    for case in _some(cast, number, closed_at=None):
        closing.close(cast.priya, organisation=cast.leeds, case=case.id, revision=case.revision, outcome="collected")


def _fold(cast: Cast, report: Report, number: int) -> None:
    counting.fold(COUNTER, organisation=cast.leeds, team=cast.waste_team)


def _closure(cast: Cast, report: Report, number: int) -> None:
    """A day on which nobody works moves due dates, many cases in one statement."""
    day = today() + timedelta(days=number)
    with read_scope(SET_UP, (cast.leeds,)), connection.cursor() as cursor:
        cursor.execute("select exists (select from organisations_closure where day = %s)", [day])
        if cursor.fetchone()[0]:
            return
    organisations.add_closure(SET_UP, organisation=cast.leeds, day=day, name="Closed")
    recount_clocks(COUNTER, organisation=cast.leeds, subject=cast.waste_team, day=day, why="closure_added")


_STEPS: dict[str, Callable[[Cast, Report, int], None]] = {
    "open": _open,
    "assign": _assign,
    "give_back": _give_back,
    "move": _move,
    "close": _close,
    "fold": _fold,
    "closure": _closure,
}


def _some(cast: Cast, number: int, **asked: object) -> Iterator[Case]:
    with read_scope(SET_UP, (cast.leeds,)):
        found = list(Case.objects.filter(organisation_id=cast.leeds, **asked).order_by("id"))
    yield from found[number : number + 1]


def _tallied(cast: Cast) -> counters.Count:
    with read_scope(SET_UP, (cast.leeds,)):
        return counters.total(count for *_key, count in counters.counted(cast.leeds, [cast.waste_team]))


def _counted(cast: Cast) -> counters.Count:
    with read_scope(SET_UP, (cast.leeds,)):
        found = Case.objects.filter(organisation_id=cast.leeds, closed_at=None)
        return counters.Count(
            found.count(), found.filter(due_on__lt=today()).count(), found.filter(due_on=today()).count()
        )
