"""Whatever is declared, whoever asks: all of theirs and nobody else's; after the erasure nothing of it opens."""

import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.personal_data import keys
from commonweal.foundations.personal_data.declarations import SubjectKind
from commonweal.foundations.personal_data.models import Erasure, SearchToken
from commonweal.foundations.personal_data.purposes import RIGHTS
from commonweal.foundations.personal_data.reading import reading
from commonweal.foundations.personal_data.subjects.collecting import collect
from commonweal.foundations.personal_data.subjects.erasing import StillNamed, erase
from commonweal.foundations.personal_data.subjects.plan import CannotPlan, Plan, compile_plan
from commonweal.foundations.personal_data.subjects.reaching import Gone
from commonweal.foundations.personal_data.subjects.tables import TableDeclaration
from commonweal.foundations.personal_data.subjects.tests import made as hand
from commonweal.foundations.personal_data.subjects.tests.made import Made, declared, fill, stand
from commonweal.foundations.personal_data.subjects.texts import texts
from commonweal.foundations.personal_data.tests.conftest import acting
from commonweal.foundations.scope.actors import System
from commonweal.foundations.scope.scopes import read_scope

DESK = System(task="tests.rights", purposes=frozenset({RIGHTS.code}))
by_chance = settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.mark.django_db
class TestAnyDeclarations:
    @by_chance
    @given(data=st.data())
    def test_a_copy_holds_every_row_of_theirs_and_none_of_anybody_elses(self, cast: Cast, data: st.DataObject) -> None:
        tables = data.draw(declared())
        plan = _plan(tables)
        with stand(tables):
            people, made = _fill(cast, data, tables)
            asking = set(data.draw(st.lists(st.sampled_from(people), min_size=1, unique=True)))
            expected = hand.theirs(made, asking)
            with TemporaryDirectory() as folder:
                assert _copied(cast, plan, asking, Path(folder) / "pack") == {
                    label: {made.by_id()[row].text for row in rows} for label, rows in expected.items() if rows
                }
            with reading(DESK, purpose=RIGHTS, organisation=cast.leeds):
                found = {text.text for text in texts(plan, subjects=asking)}
            assert found == {
                row.text
                for label, rows in made.rows.items()
                for row in rows
                if row.id in expected[label] and row.holder not in people
            }

    @by_chance
    @given(data=st.data())
    def test_after_an_erasure_nothing_that_had_to_go_is_there_or_opens(self, cast: Cast, data: st.DataObject) -> None:
        tables = data.draw(declared())
        plan = _plan(tables)
        with stand(tables):
            people, made = _fill(cast, data, tables)
            gone = _gone(data, made, people)
            expected = hand.going(made, set(gone.people), set(gone.records), set(gone.within), set(gone.about))
            before = _texts(cast, plan)
            with acting(SET_UP, cast.leeds):
                if expected.staying:
                    with pytest.raises(StillNamed):
                        erase(plan, gone=gone)
                else:
                    erase(plan, gone=gone)
            after = _texts(cast, plan)
            if expected.staying:
                assert after == before
                return
            _assert_gone(cast, made, gone, expected, after)

    def test_a_plan_is_the_same_in_every_process_and_another_for_other_declarations(self) -> None:
        people = hand.table(0, "self", "", is_kept=False, points_at="", is_record=False)
        one = hand.table(1, "plain", "", is_kept=False, points_at="", is_record=False)
        two = hand.table(2, "reference", "made.t1", is_kept=False, points_at="", is_record=False)
        assert _plan((people, one, two)).version == _plan((two, one, people)).version
        assert _plan((people, one, replace(two, is_record=True))).version != _plan((people, one, two)).version

    def test_a_ring_and_a_required_reference_to_what_may_go_make_no_plan(self) -> None:
        people = hand.table(0, "self", "", is_kept=False, points_at="", is_record=False)
        one = hand.table(1, "plain", "made.t2", is_kept=False, points_at="", is_record=False)
        two = hand.table(2, "plain", "made.t1", is_kept=False, points_at="", is_record=False)
        with pytest.raises(CannotPlan, match="in a ring"):
            _plan((people, one, two))


def _assert_gone(cast: Cast, made: Made, gone: Gone, expected: hand.Going, after: dict[str, dict[UUID, str]]) -> None:
    for label, rows in made.rows.items():
        left = {row.id for row in rows} - expected.rows.get(label, set())
        assert set(after.get(label, {})) == left, label
    met = set().union(*expected.met.values()) if expected.met else set()
    anywhere = json.dumps([list(texts.values()) for texts in after.values()])
    went = set().union(*expected.rows.values())
    for row in made.by_id().values():
        assert (row.text in anywhere) == (row.id not in went and row.id not in met)
    with read_scope(SET_UP, (cast.leeds,)):
        assert not SearchToken.objects.filter(row__in=gone.people).exists()
        lines = set(Erasure.objects.filter(plan="person").values_list("holder", flat=True))
        assert {*gone.people, *gone.records} - met <= lines
    staying = {row.key for row in made.by_id().values() if row.id not in went}
    with read_scope(SET_UP, (cast.leeds,)):
        for row in made.by_id().values():
            is_of_gone = row.holder in {*gone.people, *went}
            assert bool(keys.unwrapped([row.key])) == (row.key in staying or not is_of_gone)  # type: ignore[list-item]


def _plan(tables: tuple[TableDeclaration, ...]) -> Plan:
    return compile_plan(tables, SubjectKind.PERSON)


def _fill(cast: Cast, data: st.DataObject, tables: tuple[TableDeclaration, ...]) -> tuple[list[UUID], Made]:
    """Three people of Leeds; and of Cardiff the same three ids, which are nobody's business in Leeds."""
    people = [uuid4() for _person in range(3)]
    with acting(SET_UP, cast.cardiff):
        fill(data.draw, tables, [uuid4(), *people[1:]][:1])
    with acting(SET_UP, cast.leeds):
        made = fill(data.draw, tables, people)
        for person in people:
            SearchToken.objects.create(organisation_id=cast.leeds, token=b"12345678", label="made.t0.note", row=person)
    return people, made


def _gone(data: st.DataObject, made: Made, people: list[UUID]) -> Gone:
    leaving = data.draw(st.lists(st.sampled_from(people), min_size=0, max_size=2, unique=True))
    roots = [row for label in sorted(made.records()) for row in made.rows[label]]
    if data.draw(st.booleans()):
        records = [row.id for row in roots if row.about in leaving]
        within = [row.id for row in roots if row.about not in leaving]
    else:
        some = st.lists(st.sampled_from([row.id for row in roots]), unique=True) if roots else st.just([])
        records, within = data.draw(some), data.draw(some)
    about = data.draw(st.lists(st.sampled_from(people), max_size=1))
    return Gone(people=leaving, records=records, within=within, about=about)


def _copied(cast: Cast, plan: Plan, subjects: set[UUID], folder: Path) -> dict[str, set[str]]:
    """What the files say: the text in the clear and the sealed one must be the same."""
    with reading(DESK, purpose=RIGHTS, organisation=cast.leeds):
        collected = collect(plan, subjects=subjects, folder=folder)
    found = {}
    for one in collected:
        if one.rows:
            rows = json.loads((folder / f"{one.table.label}.json").read_text())
            assert all(row["note"] == row["secret"] for row in rows)
            assert len(rows) == one.rows
            found[one.table.label] = {row["note"] for row in rows}
    return found


def _texts(cast: Cast, plan: Plan) -> dict[str, dict[UUID, str]]:
    """The text of every row in Leeds."""
    found = {}
    with read_scope(SET_UP, (cast.leeds,)), connection.cursor() as cursor:
        for table in plan.tables:
            cursor.execute(f"select id, note from {table.table}")
            found[table.label] = dict(cursor.fetchall())
    return found
