"""The test database: made and owned by the owner's login, used by the application's, so that its policies bite."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase
from django.test.utils import override_settings, setup_databases, teardown_databases
from pytest_django import DjangoDbBlocker

if TYPE_CHECKING:
    from commonweal.conftest import Cast

_BOTH = {"default": True, "owner": True}


class NotATestDatabase(RuntimeError):
    """The tests were about to use a database that is not theirs, or a login that policies do not hold."""


class World:
    """What every test finds in the database: the register of authorities, as any installation has it, and the cast."""

    cast: Cast

    def make(self) -> None:
        """Make it by the real actions, once for all tests."""
        from commonweal.conftest import make_cast

        self.cast = make_cast()
        connections.close_all()

    def make_again_when_emptied(self, patch: pytest.MonkeyPatch) -> None:
        """A test whose transactions are real empties every table after it: the next one finds the same world."""
        empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

        def empty_and_make(case: TransactionTestCase) -> None:
            empty(case)
            self.make()

        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_and_make)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_modify_db_settings: None,
    *,
    quick_passwords: None,
) -> Iterator[World]:
    """In place of pytest-django's, which sets up only the aliases that tests name: then the mirror would not be one."""
    world = World()
    is_kept = django_db_keepdb and not django_db_createdb
    with django_db_blocker.unblock():
        made = setup_databases(
            verbosity=0,
            interactive=False,
            keepdb=is_kept,
            aliases=_BOTH,
            serialized_aliases=(),
        )
        never_wait_for_ever()
        require_application_login()
        if is_kept:
            call_command("flush", database="owner", interactive=False, verbosity=0)
        world.make()
    with pytest.MonkeyPatch.context() as patch:
        world.make_again_when_emptied(patch)
        yield world
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            connections.close_all()
            teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Passwords are stretched for a quarter of a second each, and the cast has six: not here."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


def never_wait_for_ever() -> None:
    """Two connections of one test that wait for each other fail with an error instead of hanging."""
    name = connections["owner"].settings_dict["NAME"]
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"alter database \"{name}\" set lock_timeout = '20s'")
    connections.close_all()


def require_application_login() -> None:
    """Raises NotATestDatabase unless this is a test database and the login owns nothing and passes by no policy."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_database(), rolsuper or rolbypassrls or rolcreaterole,"
            " exists (select 1 from pg_class where relowner = r.oid) from pg_roles r where rolname = current_user"
        )
        name, is_powerful, owns = cursor.fetchone()
    if not name.startswith("test_") or is_powerful or owns:
        raise NotATestDatabase(f"{name}: powerful={is_powerful}, owns tables={owns}")
