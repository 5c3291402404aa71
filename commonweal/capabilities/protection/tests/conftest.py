"""Cases of residents who are signed in, and more people of Leeds: managers, and a stranger to the waste team."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from commonweal.capabilities.cases.actions.opening import submit
from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.capabilities.forms.actions.filling import answer_page, start_draft
from commonweal.capabilities.identity import actions as identity
from commonweal.capabilities.identity import queries as identities
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks.now import today
from commonweal.foundations.scope.actors import DraftHolder, Resident, Staff

Report = Callable[[Resident], str]
Appoint = Callable[..., Staff]


@pytest.fixture
def report(cast: Cast) -> Report:
    """Somebody who is signed in reports a missed bin to Leeds; returns the reference."""
    declaration = (Path(settings.SERVICES) / "missed_collection" / "service.yaml").read_text()
    offer_service(SET_UP, organisation=cast.leeds, declaration=declaration)

    def send(who: Resident) -> str:
        draft = start_draft(who, organisation=cast.leeds, service="missed_collection")
        holder = DraftHolder(draft=draft, account=who.account)
        day = today()
        given = {
            "bin": {"bin": "recycling"},
            "due": {"due-day": str(day.day), "due-month": str(day.month), "due-year": str(day.year)},
            "where": {"place-address": "12 High Street", "place-postcode": "LS1 1UR", "left_at": "By the gate"},
            "contact": {"name": "Rosa Delgado", "email": "rosa@people.example", "phone": "01632 960 001"},
        }
        for page, typed in given.items():
            answer_page(holder, organisation=cast.leeds, page=page, given=typed)
        return submit(holder, organisation=cast.leeds).reference

    return send


@pytest.fixture
def appoint(cast: Cast) -> Appoint:
    """One more member of staff in Leeds, trained and with a second factor."""

    def make(name: str, role: str, team: object = None, *, is_trained: bool = True) -> Staff:
        first = name.split(maxsplit=1)[0].lower()
        account = identity.register_account(SET_UP, email=f"{first}@leeds.example", password="a long enough password")
        identity.appoint(SET_UP, organisation=cast.leeds, account=account, name=name, roles=[role], team=team)  # type: ignore[arg-type]
        if is_trained:
            identity.record_training(
                SET_UP, account=account, course="starter", passed_on=date(2026, 1, 5), expires_on=date(2099, 1, 5)
            )
        return identities.staff(
            Resident(account=account), organisation=cast.leeds, account=account, has_second_factor=True
        )

    return make
