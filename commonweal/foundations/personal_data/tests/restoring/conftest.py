"""Two people, and tables that lie where they should."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connections

from commonweal.foundations.personal_data import installation
from commonweal.foundations.personal_data.tests.restoring.backups import COPIED, ask_owner, make_person


@pytest.fixture
def settled() -> Iterator[None]:
    """The process asks again where the tables lie."""
    installation._home.at.clear()
    with connections["owner"].cursor() as cursor:
        installation.identify(cursor)
        installation.settle(cursor)
    yield
    for table in COPIED:
        ask_owner(f"drop table if exists kept_{table}")
    with connections["owner"].cursor() as cursor:
        installation.settle(cursor)
    installation._home.at.clear()


@pytest.fixture
def people(settled: None) -> tuple[UUID, UUID]:
    """Two people with a key and a search token each."""
    return make_person(), make_person()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "newest.keys"
