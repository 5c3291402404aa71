"""What every test runs under, beside the code and in `tests/`: its database and the guards."""

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

from tests.keepers.databases import django_db_setup, quick_passwords
from tests.keepers.guards import guarded_network, guarded_writes

__all__ = ["django_db_setup", "guarded_network", "guarded_writes", "quick_passwords"]

# By itself Hypothesis fails what takes 200 ms once: on a busy machine that may be anything. A change is judged by the
# examples that judged the one before it; `--hypothesis-profile exploring` looks for new ones.
settings.register_profile("exploring", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("judging", settings.get_profile("exploring"), derandomize=True)
settings.load_profile("judging")


@pytest.fixture(autouse=True)
def in_english() -> None:
    """A page in Welsh leaves its thread in Welsh: every test begins in English."""
    translation.activate("en")
