"""People signed in at their desks, and bins reported by the real actions."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.http import HttpRequest
from django.test import Client

from commonweal.capabilities.cases.actions import opening as cases
from commonweal.capabilities.catalogue import actions as catalogue
from commonweal.capabilities.forms.actions import filling as forms
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks.now import today
from commonweal.foundations.scope.actors import DraftHolder, Resident, Staff, Visitor

SERVICE = "missed_collection"
SignIn = Callable[[Staff | Resident], Client]


class Report(Protocol):
    """Reports a missed bin; returns the reference of the case."""

    def __call__(
        self, organisation: int | None = None, *, name: str = "", account: Resident | None = None, point: str = ""
    ) -> str: ...


@pytest.fixture
def sign_in(cast: Cast) -> SignIn:
    """Sign someone in; staff with their second factor, if the cast says that they have one."""

    def begin(who: Staff | Resident) -> Client:
        client = Client()
        account = get_user_model().objects.get(pk=str(who.account))
        session = client.session
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        if isinstance(who, Staff) and who.has_second_factor:
            request = HttpRequest()
            request.session, request.user = session, account
            record_authentication(request, account, method="mfa", type="totp")
        session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
        return client

    return begin


@pytest.fixture
def report(cast: Cast) -> Report:
    """Report a missed bin, in Leeds unless another body is named."""
    declaration = (Path(settings.SERVICES) / SERVICE / "service.yaml").read_text()
    for organisation in (cast.leeds, cast.cardiff):
        catalogue.offer_service(SET_UP, organisation=organisation, declaration=declaration)

    def send(
        organisation: int | None = None, *, name: str = "Amina Yusuf", account: Resident | None = None, point: str = ""
    ) -> str:
        body = organisation or cast.leeds
        draft = forms.start_draft(account or Visitor(), organisation=body, service=SERVICE)
        holder = DraftHolder(draft=draft, account=account.account if account else None)
        day = today()
        given = {
            "bin": {"bin": "recycling"},
            "due": {"due-day": str(day.day), "due-month": str(day.month), "due-year": str(day.year)},
            "where": {
                "place-address": "12 Harewood Row",
                "place-postcode": "LS1 4HR",
                "place-point": point,
                "left_at": "Behind the <gate>",
            },
            "contact": {"name": name, "email": "amina@people.example", "phone": "0113 496 0123"},
        }
        for page, typed in given.items():
            forms.answer_page(holder, organisation=body, page=page, given=typed)
        return cases.submit(holder, organisation=body).reference

    return send


@pytest.fixture
def reported_case(report: Report) -> str:
    """The reference of a case of the waste team in Leeds."""
    return report()
