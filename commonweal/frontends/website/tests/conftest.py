"""People of the cast who can sign in, and an application of somebody's."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from commonweal.capabilities.cases.actions.opening import Receipt, submit
from commonweal.capabilities.forms.tests.conftest import leeds
from commonweal.capabilities.forms.tests.filled import fill_in
from commonweal.conftest import Cast
from commonweal.frontends.demo_people import DemoPerson, prepare_sign_in

__all__ = ["leeds", "no_attempts_yet", "receipt", "rosa", "sign_in_package_may_write"]

PASSWORD = "a long enough password"  # the cast's
ROSA = DemoPerson("Rosa Delgado", "rosa@people.example", "leeds")
PRIYA = DemoPerson("Priya Nair", "priya@people.example", "leeds", "case_worker")


@pytest.fixture(autouse=True)
def no_attempts_yet() -> None:
    """Each test begins with nobody slowed down."""
    cache.clear()


@pytest.fixture
def sign_in_package_may_write(settings: Settings) -> None:
    """Django and the sign-in package write an account's password and last sign-in by themselves."""
    reviewed: dict[str, Any] = settings.REVIEWED_TABLES
    settings.REVIEWED_TABLES = reviewed | {"identity_account": {}}


@pytest.fixture
def rosa(cast: Cast, client: Client, sign_in_package_may_write: None) -> Client:
    """Rosa's browser, signed in."""
    assert cast.rosa.account
    prepare_sign_in(ROSA, cast.rosa.account)
    client.post("/account/login/", {"login": ROSA.email, "password": PASSWORD})
    return client


@pytest.fixture
def receipt(leeds: int) -> Receipt:
    """An application to Leeds that somebody sent without signing in."""
    return submit(fill_in(leeds), organisation=leeds)
