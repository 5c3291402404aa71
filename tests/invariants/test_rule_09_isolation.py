"""Rule 9: every database access is inside a scope of an organisation; another's rows are out of reach."""

from collections.abc import Iterator

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections

from commonweal.conftest import Cast
from commonweal.foundations.personal_data.declarations import declaration_of
from tests.keepers.rows import Cursor, attempt, enter, insert_any, raw_cursor
from tests.keepers.tables import PLATFORM_TABLES, Policy, Table, tables

_READABLE = "(organisation_id = ANY ((current_setting('commonweal.organisations'::text))::bigint[]))"
_WRITABLE = "(organisation_id = (current_setting('commonweal.organisation'::text))::bigint)"
_READ = Policy("SELECT", _READABLE, "")
_ALLOWED = {
    _READ,
    Policy("INSERT", "", _WRITABLE),
    Policy("INSERT", "", _READABLE),
    Policy("UPDATE", _WRITABLE, _WRITABLE),
    Policy("DELETE", _WRITABLE, ""),
}
WRITTEN_BY_READINGS = {"personal_data_trace"}


def faults_of(table: Table, platform: set[str]) -> list[str]:
    """What is wrong with how a table is held apart; a table of the platform must be on its reviewed list."""
    if not table.is_isolated:
        return [] if table.name in platform else [f"{table.name} has no policies and is on no reviewed list"]
    faults = [f"{table.name}: {policy}" for policy in table.policies if policy not in _ALLOWED]
    if _READ not in table.policies:
        faults.append(f"{table.name} has no policy for reading")
    if Policy("INSERT", "", _READABLE) in table.policies and table.name not in WRITTEN_BY_READINGS:
        faults.append(f"{table.name} accepts rows of every organisation that may be read")
    return faults


def reviewed() -> set[str]:
    return set(PLATFORM_TABLES) | set(settings.REVIEWED_TABLES)


@pytest.mark.django_db
class TestTheTables:
    def test_every_table_is_under_its_policies_or_on_a_reviewed_list(self) -> None:
        assert [fault for table in tables() for fault in faults_of(table, reviewed())] == []

    def test_nothing_is_shown_past_the_policies(self) -> None:
        """A view reads with its owner's rights; a function that runs as its definer too."""
        assert [table.name for table in tables() if table.kind not in {"r", "p"}] == []
        with raw_cursor() as cursor:
            cursor.execute("select proname from pg_proc where prosecdef and pronamespace = 'public'::regnamespace")
            assert cursor.fetchall() == []

    def test_a_partition_is_reached_through_its_table_alone(self) -> None:
        parts = [table.name for table in tables() if table.is_partition]
        assert parts
        with raw_cursor() as cursor:
            for name in parts:
                cursor.execute("select has_table_privilege(%s, 'select, insert, update, delete')", [name])
                assert cursor.fetchone() == (False,), name

    def test_the_reviewed_list_names_only_what_is_there(self) -> None:
        assert set(PLATFORM_TABLES) <= {table.name for table in tables()}

    def test_no_table_of_the_platform_holds_a_sealed_column(self) -> None:
        held = [
            f"{model._meta.db_table}.{field.name}"
            for model in apps.get_models()
            if model._meta.db_table in PLATFORM_TABLES
            for field in model._meta.concrete_fields
            if (declaration := declaration_of(field)) is not None and declaration.is_sealed
        ]
        assert held == []


class TestTheCheckBites:
    def test_a_table_that_was_forgotten(self) -> None:
        bare = Table("cases_case", "r", is_isolated=False, policies=(), columns=("id", "organisation_id"))
        assert faults_of(bare, reviewed()) == ["cases_case has no policies and is on no reviewed list"]

    @pytest.mark.django_db(databases=["default", "owner"])
    def test_a_table_made_without_its_policies(self) -> None:
        with connections["owner"].cursor() as cursor:
            cursor.execute("create table cases_forgotten (id uuid primary key, organisation_id bigint)")
        faults = [fault for table in tables("owner") for fault in faults_of(table, reviewed())]
        assert "cases_forgotten has no policies and is on no reviewed list" in faults

    def test_a_policy_that_answers_nothing_where_it_should_raise(self) -> None:
        lax = Policy("SELECT", _READABLE.replace("'::text)", "'::text, true)"), "")
        held = Table("cases_case", "r", is_isolated=True, policies=(lax,), columns=())
        assert len(faults_of(held, reviewed())) == 2

    def test_a_table_that_takes_rows_for_every_readable_organisation(self) -> None:
        held = Table("cases_case", "r", True, (_READ, Policy("INSERT", "", _READABLE)), ())
        assert len(faults_of(held, reviewed())) == 1


@pytest.mark.django_db
class TestTheLogin:
    def test_it_has_no_power(self) -> None:
        with raw_cursor() as cursor:
            cursor.execute(
                "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,"
                " exists (select 1 from pg_auth_members where member = r.oid),"
                " has_schema_privilege('public', 'create') from pg_roles r where rolname = current_user"
            )
            assert cursor.fetchone() == (False,) * 7

    def test_it_owns_nothing(self) -> None:
        with raw_cursor() as cursor:
            cursor.execute(
                "select count(*) from pg_shdepend where deptype = 'o' and refclassid = 'pg_authid'::regclass"
                " and refobjid = (select oid from pg_roles where rolname = current_user)"
            )
            assert cursor.fetchone() == (0,)

    @pytest.mark.parametrize("privilege", ["truncate", "references", "trigger"])
    def test_it_may_not_pass_by_the_policies(self, privilege: str) -> None:
        with raw_cursor() as cursor:
            for table in tables():
                cursor.execute("select has_table_privilege(%s, %s)", [table.name, privilege])
                assert cursor.fetchone() == (False,), table.name


def isolated() -> list[str]:
    return [table.name for table in tables() if table.is_isolated and not table.is_partition]


def _is_refused(cursor: Cursor, statement: str, *values: object) -> bool:
    """Whether PostgreSQL refuses for want of right, not for any other reason."""
    try:
        with attempt(cursor):
            cursor.execute(statement, values or None)
    except psycopg.errors.InsufficientPrivilege:
        return True
    return False


@pytest.mark.django_db
class TestEveryTableFromAnotherOrganisation:
    """Huw's Cardiff tries each table for what Leeds keeps, with raw SQL under the application's login."""

    @pytest.fixture
    def cursor(self, cast: Cast) -> Iterator[Cursor]:
        with raw_cursor() as cursor:
            for table in isolated():
                enter(cursor, cast.leeds)
                insert_any(cursor, table, organisation=cast.leeds)
                cursor.execute(f'select 1 from "{table}" where organisation_id = %s', [cast.leeds])
                assert cursor.fetchone(), f"{table}: there is nothing to find"
            enter(cursor, cast.cardiff)
            yield cursor

    def test_nothing_is_read(self, cursor: Cursor, cast: Cast) -> None:
        for table in isolated():
            cursor.execute(f'select count(*) from "{table}" where organisation_id <> %s', [cast.cardiff])
            assert cursor.fetchone() == (0,), table

    @pytest.mark.parametrize(
        "statement",
        [
            'update "{0}" set organisation_id = organisation_id where organisation_id = %s',
            'delete from "{0}" where organisation_id = %s',
        ],
    )
    def test_nothing_is_changed_or_deleted(self, cursor: Cursor, cast: Cast, statement: str) -> None:
        for table in isolated():
            if not _is_refused(cursor, statement.format(table), cast.leeds):
                cursor.execute(statement.format(table), [cast.leeds])
                assert cursor.rowcount == 0, table

    def test_nothing_is_put_in(self, cursor: Cursor, cast: Cast) -> None:
        for table in isolated():
            with pytest.raises(psycopg.errors.InsufficientPrivilege), attempt(cursor):
                insert_any(cursor, table, organisation=cast.leeds)

    def test_nothing_is_given_away(self, cursor: Cursor, cast: Cast) -> None:
        """A row of one's own cannot be made another's: that would plant it there."""
        for table in isolated():
            insert_any(cursor, table, organisation=cast.cardiff)
            move = f'update "{table}" set organisation_id = %s where organisation_id = %s'
            with pytest.raises(psycopg.errors.InsufficientPrivilege), attempt(cursor):
                cursor.execute(move, [cast.leeds, cast.cardiff])


@pytest.mark.django_db
class TestWithoutAScope:
    """A forgotten scope is an error, never an empty answer."""

    def test_after_a_scope_has_ended(self, cast: Cast) -> None:
        with raw_cursor() as cursor:
            enter(cursor, None)
            for table in isolated():
                for statement in _STATEMENTS:
                    with (
                        pytest.raises((psycopg.errors.DataError, psycopg.errors.InsufficientPrivilege)),
                        attempt(cursor),
                    ):
                        cursor.execute(statement.format(table))

    def test_on_a_fresh_connection(self) -> None:
        parameters = connections["default"].get_connection_params()
        parameters = {
            name: parameters[name] for name in ("dbname", "user", "password", "host", "port") if name in parameters
        }
        names = isolated()
        with psycopg.connect(**parameters) as fresh, fresh.cursor() as cursor:
            for table in names:
                for statement in _STATEMENTS:
                    with pytest.raises(psycopg.errors.ProgrammingError), attempt(cursor):
                        cursor.execute(statement.format(table))


_STATEMENTS = ('select * from "{0}" limit 1', 'delete from "{0}"', 'update "{0}" set organisation_id = 1')
