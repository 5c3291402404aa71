"""Rule 6: a change is an action: one transaction, an actor, its own record; without the record nothing commits."""

from contextlib import suppress
from uuid import UUID, uuid4

import pytest
from django.db import connection

from commonweal.capabilities.identity.models import Account
from commonweal.capabilities.organisations.models import Organisation, Team
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.actions import action as actions
from commonweal.foundations.actions.action import HalfDone, Unrecorded, action
from commonweal.foundations.audit.models import Entry
from commonweal.foundations.audit.record import record
from commonweal.foundations.errors import Conflict
from commonweal.foundations.scope.actors import Actor
from commonweal.foundations.scope.scopes import Kind, Scope, read_scope, write_scope
from tests.keepers.guards import WrittenOutsideAction, may_write, tables_written

committing = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture(autouse=True)
def _made_up_actions_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "ACTIONS", dict(actions.ACTIONS))


def _names_of_teams(organisation: int) -> set[str]:
    with read_scope(SET_UP, (organisation,)):
        return set(Team.objects.values_list("name", flat=True))


def _add(organisation: int, name: str) -> UUID:
    return Team.objects.create(organisation_id=organisation, name=name).id


@committing
def test_an_action_without_its_record_does_not_commit(cast: Cast) -> None:
    @action()
    def forget_to_say(actor: Actor, *, organisation: int) -> None:
        _add(organisation, "Unsaid")

    with pytest.raises(Unrecorded):
        forget_to_say(SET_UP, organisation=cast.leeds)
    assert "Unsaid" not in _names_of_teams(cast.leeds)


@committing
def test_each_action_of_several_leaves_its_own_record(cast: Cast) -> None:
    @action()
    def be_silent(actor: Actor, *, organisation: int) -> None:
        _add(organisation, "Silent")

    @action()
    def speak(actor: Actor, *, organisation: int) -> None:
        record("organisations.team", _add(organisation, "Spoken"))
        be_silent(actor, organisation=organisation)

    with pytest.raises(Unrecorded, match="be_silent"):
        speak(SET_UP, organisation=cast.leeds)
    assert not {"Silent", "Spoken"} & _names_of_teams(cast.leeds)


@committing
def test_a_record_of_the_inner_action_does_not_count_for_the_outer(cast: Cast) -> None:
    @action()
    def inner(actor: Actor, *, organisation: int) -> None:
        record("organisations.team", _add(organisation, "Inner"))

    @action()
    def outer(actor: Actor, *, organisation: int) -> None:
        inner(actor, organisation=organisation)

    with pytest.raises(Unrecorded, match="outer"):
        outer(SET_UP, organisation=cast.leeds)
    assert "Inner" not in _names_of_teams(cast.leeds)


@committing
def test_a_failure_inside_cannot_be_swallowed(cast: Cast) -> None:
    @action()
    def fail_half_way(actor: Actor, *, organisation: int) -> None:
        record("organisations.team", _add(organisation, "Half"))
        raise Conflict

    @action()
    def go_on(actor: Actor, *, organisation: int) -> None:
        with suppress(Conflict):
            fail_half_way(actor, organisation=organisation)
        record("organisations.team", _add(organisation, "Whole"))

    with pytest.raises(HalfDone, match="go_on"):
        go_on(SET_UP, organisation=cast.leeds)
    assert not {"Half", "Whole"} & _names_of_teams(cast.leeds)


@committing
def test_change_and_record_commit_together_or_not_at_all(cast: Cast) -> None:
    @action()
    def break_off(actor: Actor, *, organisation: int) -> None:
        record("organisations.team", _add(organisation, "Broken off"))
        raise RuntimeError("the machine stopped")

    before = _count_records(cast.leeds)
    with pytest.raises(RuntimeError, match="the machine stopped"):
        break_off(SET_UP, organisation=cast.leeds)
    assert "Broken off" not in _names_of_teams(cast.leeds)
    assert _count_records(cast.leeds) == before


def _count_records(organisation: int) -> int:
    with read_scope(SET_UP, (organisation,)):
        return Entry.objects.count()


@pytest.mark.django_db
class TestTheGuardBites:
    """What the whole suite runs under: no test can pass by a write outside an action."""

    def test_a_write_without_a_scope(self, cast: Cast) -> None:
        with pytest.raises(WrittenOutsideAction):
            Organisation.objects.filter(id=cast.leeds).update(contact="someone@else.example")

    def test_a_write_in_a_scope_that_is_no_action(self, cast: Cast) -> None:
        with pytest.raises(WrittenOutsideAction), write_scope(SET_UP, cast.leeds):
            _add(cast.leeds, "Without an action")

    def test_a_write_while_reading(self, cast: Cast) -> None:
        with pytest.raises(WrittenOutsideAction), read_scope(SET_UP, (cast.leeds,)):
            Account(id=uuid4(), email="new@people.example").save(force_insert=True)

    def test_a_write_in_plain_sql(self, cast: Cast) -> None:
        with pytest.raises(WrittenOutsideAction), connection.cursor() as cursor:
            cursor.execute("delete from identity_membership")

    def test_sessions_of_the_framework_are_let_through(self) -> None:
        assert may_write("django_session", None)

    @pytest.mark.parametrize("kind", Kind)
    def test_what_a_scope_leaves_behind(self, kind: Kind) -> None:
        scope = Scope(kind, SET_UP, (1,))
        assert may_write("audit_entry", scope) is (kind is Kind.WRITE)
        assert may_write("personal_data_trace", scope) is (kind is Kind.READING)
        assert not may_write("people_person", scope)


@pytest.mark.parametrize(
    ("sql", "tables"),
    [
        ('INSERT INTO "people_person" ("id") VALUES (%s)', {"people_person"}),
        ("insert into people_person (id) values (1) on conflict (id) do update set id = 2", {"people_person"}),
        ('UPDATE "cases_case" SET "stage" = %s', {"cases_case"}),
        ("update only public.cases_case as c set stage = 1", {"cases_case"}),
        ("with gone as (delete from cases_case returning id) select * from gone", {"cases_case"}),
        ("merge into cases_case using x on true when matched then delete", {"cases_case"}),
        ("truncate table cases_case", {"cases_case"}),
        ("copy cases_case (id) from stdin", {"cases_case"}),
        ('SELECT * FROM "cases_case" WHERE "id" = %s FOR UPDATE', set()),
        ("select 'update cases_case set stage = 1'", set()),
        ("select 1 -- delete from cases_case", set()),
        ("copy (select 1) to stdout", set()),
    ],
)
def test_the_guard_reads_sql(sql: str, tables: set[str]) -> None:
    assert tables_written(sql) == tables
