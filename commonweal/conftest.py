"""The fixed cast: people with names and roles, so that a test of access reads like a sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

from commonweal.capabilities.cases.actions.opening import Receipt, submit
from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.capabilities.forms.actions.filling import answer_page, start_draft
from commonweal.capabilities.identity.actions import accounts, appointing
from commonweal.capabilities.identity.actions.training import record_training
from commonweal.capabilities.identity.queries import acting
from commonweal.capabilities.organisations import actions as organisations
from commonweal.capabilities.organisations import queries as bodies
from commonweal.foundations.clocks.now import today
from commonweal.foundations.scope.actors import DraftHolder, Resident, Staff, System
from tests.keepers.databases import World

SET_UP = System(task="tests.set_up")
PERMIT = Path(__file__).parent / "capabilities" / "cases" / "tests" / "permit.yaml"
"""A service with significant outcomes, a stage that waits, a review, something granted and a disclosure log."""

Report = Callable[..., str]
Appoint = Callable[..., Staff]


@dataclass(frozen=True)
class Cast:
    """Leeds and its people, and an outsider from Cardiff. Cardiff is in Wales, Fife in Scotland."""

    leeds: int
    cardiff: int
    fife: int
    waste_team: UUID
    parks_team: UUID
    priya: Staff
    """A case worker of the waste team in Leeds."""
    tom: Staff
    """A colleague of another team, parks, in Leeds."""
    olu: Staff
    """The data protection officer of Leeds."""
    huw: Staff
    """An outsider: a case worker in Cardiff."""
    rosa: Resident
    """A resident of Leeds with an account."""
    sam: Resident
    """Another resident, with another account."""


@pytest.fixture
def cast(db: None, django_db_setup: World) -> Cast:
    """The cast, whom every test finds in the database."""
    return django_db_setup.cast


def make_cast() -> Cast:
    """Enter the councils and their people, by the real actions."""
    organisations.load_register(SET_UP)
    places = {slug: bodies.organisation_at(SET_UP, slug=slug).id for slug in ("leeds", "cardiff", "fife")}
    for organisation in places.values():
        organisations.open_organisation(
            SET_UP, organisation=organisation, colour="#1d4f5c", contact="dpo@council.example"
        )
    waste = organisations.add_team(SET_UP, organisation=places["leeds"], name="Waste and recycling")
    parks = organisations.add_team(SET_UP, organisation=places["leeds"], name="Parks")
    cardiff_waste = organisations.add_team(SET_UP, organisation=places["cardiff"], name="Waste and recycling")
    organisations.add_team(SET_UP, organisation=places["fife"], name="Waste and recycling")
    return Cast(
        leeds=places["leeds"],
        cardiff=places["cardiff"],
        fife=places["fife"],
        waste_team=waste,
        parks_team=parks,
        priya=_staff("Priya Nair", places["leeds"], "case_worker", waste),
        tom=_staff("Tom Okafor", places["leeds"], "case_worker", parks),
        olu=_staff("Olu Adeyemi", places["leeds"], "data_protection_officer", None),
        huw=_staff("Huw Morgan", places["cardiff"], "case_worker", cardiff_waste),
        rosa=_resident("rosa"),
        sam=_resident("sam"),
    )


@pytest.fixture
def report(cast: Cast) -> Report:
    """Somebody who is signed in reports a missed bin to Leeds, and may mark a point; returns the reference."""
    declaration = (Path(settings.SERVICES) / "missed_collection" / "service.yaml").read_text()
    offer_service(SET_UP, organisation=cast.leeds, declaration=declaration)

    def send(who: Resident, point: str = "") -> str:
        draft = start_draft(who, organisation=cast.leeds, service="missed_collection")
        holder = DraftHolder(draft=draft, account=who.account)
        day = today()
        given = {
            "bin": {"bin": "recycling"},
            "due": {"due-day": str(day.day), "due-month": str(day.month), "due-year": str(day.year)},
            "where": {
                "place-address": "12 High Street",
                "place-postcode": "LS1 1UR",
                "place-point": point,
                "left_at": "By the gate",
            },
            "contact": {"name": "Rosa Delgado", "email": "rosa@people.example", "phone": "01632 960 001"},
        }
        for page, typed in given.items():
            answer_page(holder, organisation=cast.leeds, page=page, given=typed)
        return submit(holder, organisation=cast.leeds).reference

    return send


def apply_for_permit(cast: Cast, who: Resident | None = None) -> str:
    """Somebody, Rosa unless another is named, asks Leeds for a permit; returns the reference."""
    return receive_permit(cast, who).reference


def receive_permit(cast: Cast, who: Resident | None = None) -> Receipt:
    """The same; returns what its confirmation shows."""
    offer_service(SET_UP, organisation=cast.leeds, declaration=PERMIT.read_text())
    person = who or cast.rosa
    draft = start_draft(person, organisation=cast.leeds, service="permit")
    holder = DraftHolder(draft=draft, account=person.account)
    given = {"name": "Rosa Delgado", "email": "rosa@people.example"}
    answer_page(holder, organisation=cast.leeds, page="you", given=given)
    return submit(holder, organisation=cast.leeds)


@pytest.fixture
def appoint(cast: Cast) -> Appoint:
    """One more member of staff in Leeds, trained and with a second factor."""

    def make(name: str, role: str, team: object = None, *, is_trained: bool = True) -> Staff:
        first = name.split(maxsplit=1)[0].lower()
        account = accounts.register_account(SET_UP, email=f"{first}@leeds.example", password="a long enough password")
        appointing.appoint(SET_UP, organisation=cast.leeds, account=account, name=name, roles=[role], team=team)  # type: ignore[arg-type]
        if is_trained:
            record_training(
                SET_UP, account=account, course="starter", passed_on=date(2026, 1, 5), expires_on=date(2099, 1, 5)
            )
        return acting.staff(Resident(account=account), organisation=cast.leeds, account=account, has_second_factor=True)

    return make


def _account(name: str) -> UUID:
    return accounts.register_account(SET_UP, email=f"{name}@people.example", password="a long enough password")


def _resident(name: str) -> Resident:
    return Resident(account=_account(name))


def _staff(name: str, organisation: int, role: str, team: UUID | None) -> Staff:
    account = _account(name.split(maxsplit=1)[0].lower())
    appointing.appoint(SET_UP, organisation=organisation, account=account, name=name, roles=[role], team=team)
    record_training(SET_UP, account=account, course="starter", passed_on=date(2026, 1, 5), expires_on=date(2099, 1, 5))
    return acting.staff(Resident(account=account), organisation=organisation, account=account, has_second_factor=True)
