"""What every test runs under, beside the code and in `tests/`: its database and the guards."""

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

from tests.keepers.databases import django_db_setup, quick_passwords
from tests.keepers.guards import guarded_network, guarded_writes

__all__ = ["django_db_setup", "guarded_network", "guarded_writes", "quick_passwords"]

# By itself Hypothesis fails what takes 200 ms once: on a busy machine that may be anything.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture(autouse=True)
def in_english() -> None:
    """A page in Welsh leaves its thread in Welsh: every test begins in English."""
    translation.activate("en")
