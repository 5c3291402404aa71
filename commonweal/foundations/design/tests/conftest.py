"""Pages are drawn here without the assets having been built."""

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def plain_assets(settings: Settings) -> None:
    """Addresses of static files without the hash of their content."""
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
