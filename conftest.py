"""What every test runs under, beside the code and in `tests/`: its database and the guards."""

import pytest
from django.utils import translation

from tests.keepers.databases import django_db_setup, quick_passwords
from tests.keepers.guards import guarded_network, guarded_writes

__all__ = ["django_db_setup", "guarded_network", "guarded_writes", "quick_passwords"]


@pytest.fixture(autouse=True)
def in_english() -> None:
    """A page in Welsh leaves its thread in Welsh: every test begins in English."""
    translation.activate("en")
