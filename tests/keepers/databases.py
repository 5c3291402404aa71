"""The test database: made and owned by the owner's login, used by the application's, so that its policies bite."""

from collections.abc import Iterator

import pytest
from django.db import connection, connections
from django.test.utils import override_settings, setup_databases, teardown_databases
from pytest_django import DjangoDbBlocker

_BOTH = {"default": True, "owner": True}


class NotATestDatabase(RuntimeError):
    """The tests were about to use a database that is not theirs, or a login that policies do not hold."""


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """In place of pytest-django's, which sets up only the aliases that tests name: then the mirror would not be one."""
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
        enter_councils()
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            connections.close_all()
            teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Passwords are stretched for a quarter of a second each, and the cast has six: not here."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


def enter_councils() -> None:
    """The register of authorities is there once, as in any installation: no test has to enter 397 of them anew."""
    from commonweal.capabilities.organisations.actions import load_register
    from commonweal.foundations.scope.actors import System

    load_register(System(task="tests.set_up"))
    connections.close_all()


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
