"""A demonstration's people never sign in where real people's data may be."""

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from pytest_django import Settings

from commonweal.capabilities.identity.actions import accounts
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.personal_data.installation import NotServable
from commonweal.frontends import who
from commonweal.frontends.demo_people import PASSWORD, refuse_outside_demo

pytestmark = pytest.mark.django_db


def test_a_real_installation_does_not_start_on_a_demonstrations_data(cast: Cast, settings: Settings) -> None:
    settings.DEMO = False
    refuse_outside_demo()
    accounts.register_account(SET_UP, email="rosa@leeds.example", password=PASSWORD, is_demo=True)
    with pytest.raises(NotServable, match="demonstration"):
        refuse_outside_demo()


def test_nor_does_a_demo_account_get_anywhere(cast: Cast, settings: Settings) -> None:
    account = accounts.register_account(SET_UP, email="rosa@leeds.example", password=PASSWORD, is_demo=True)
    request = HttpRequest()
    request.user = get_user_model().objects.get(pk=account)
    assert who.account_of(request) == account
    settings.DEMO = False
    with pytest.raises(who.NotSignedIn):
        who.account_of(request)
