"""Leeds offers the service that the tests of forms fill in."""

import pytest

from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.capabilities.forms.tests.asked import MISSED_COLLECTION
from commonweal.conftest import SET_UP, Cast


@pytest.fixture
def leeds(cast: Cast) -> int:
    """Leeds, which offers to report a missed collection."""
    offer_service(SET_UP, organisation=cast.leeds, declaration=MISSED_COLLECTION)
    return cast.leeds
