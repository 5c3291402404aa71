"""The demonstration: three living councils, with people to play and a history that the real actions made."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

from commonweal.capabilities.catalogue import actions as catalogue
from commonweal.capabilities.identity.actions import appointing
from commonweal.capabilities.identity.actions.accounts import register_account
from commonweal.capabilities.identity.actions.training import record_training
from commonweal.capabilities.organisations import actions as organisations
from commonweal.capabilities.organisations import queries as bodies
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.scope.actors import Channel, System
from commonweal.frontends.cli.demo_history.living import live_through
from commonweal.frontends.cli.progress import Say
from commonweal.frontends.demo_people import PASSWORD, PEOPLE, TEAMS, demo_accounts, prepare_sign_in

LOADER = System(task="demo.load", channel=Channel.COMMAND)

COLOURS = {"leeds": "#1d5c4b", "cardiff": "#8c1d40", "fife": "#1d4f8c"}
CASES_EACH = 100
STORIES_EACH = 10


@dataclass(frozen=True)
class Council:
    """A body opened for the demonstration: its id, its teams by name, its people's accounts by e-mail."""

    slug: str
    organisation: int
    teams: dict[str, UUID] = field(default_factory=dict)
    accounts: dict[str, UUID] = field(default_factory=dict)


def load(progress: Say, *, cases_each: int = CASES_EACH, stories_each: int = STORIES_EACH) -> None:
    """Enter the register, open the councils, appoint their people and live through half a year.

    In each council so many missed collections are reported, and each story of another service is told so often at most.
    """
    entered = organisations.load_register(LOADER)
    progress(f"Demo: {entered} councils entered, from the register of mySociety (CC BY 4.0)")
    councils = [_open(slug, colour) for slug, colour in COLOURS.items()]
    progress("Demo: " + ", ".join(council.slug.title() for council in councils) + " opened, with their people")
    progress("Demo: living through half a year (once; a minute or two) ...")
    made = live_through(
        progress,
        councils,
        begin=now() - timedelta(days=180),
        until=now(),
        cases_each=cases_each,
        stories_each=stories_each,
    )
    progress(f"Demo: {made} cases made by the real actions under a seeded clock")


def sign_ins() -> list[str]:
    """Lines that tell who can be played, with the second-factor codes of this moment."""
    lines = [f"Everyone's password: {PASSWORD}"]
    for sign_in in demo_accounts():
        person = sign_in.person
        role = (
            f"{person.role.replace('_', ' ')}{', ' + person.team if person.team else ''}" if person.role else "resident"
        )
        code = f"  code now {sign_in.code}" if sign_in.code else ""
        lines.append(f"{person.email:<24} {person.council:<8} {role}{code}")
    lines.append(f"Fresh codes and the messages that were written: {settings.ADDRESS}/demo/")
    return lines


def _open(slug: str, colour: str) -> Council:
    organisation = bodies.organisation_at(LOADER, slug=slug).id
    organisations.open_organisation(
        LOADER, organisation=organisation, colour=colour, contact=f"data.protection@{slug}.example"
    )
    council = Council(slug, organisation)
    for team in sorted(TEAMS):
        council.teams[team] = organisations.add_team(LOADER, organisation=organisation, name=team)
    for declaration in sorted(Path(settings.SERVICES).glob("*/service.yaml")):
        catalogue.offer_service(
            LOADER,
            organisation=organisation,
            declaration=declaration.read_text(),
            file=str(declaration),
            overrides="",
        )
    for person in PEOPLE:
        if person.council == slug:
            account = register_account(LOADER, email=person.email, password=PASSWORD, is_demo=True)
            prepare_sign_in(person, account)
            council.accounts[person.email] = account
            if person.is_staff:
                _appoint(council, account, person.name, person.role, person.team)
    return council


def _appoint(council: Council, account: UUID, name: str, role: str, team: str) -> None:
    appointing.appoint(
        LOADER,
        organisation=council.organisation,
        account=account,
        name=name,
        roles=[role],
        team=council.teams.get(team),
    )
    passed: date = today() - timedelta(days=200)
    record_training(
        LOADER, account=account, course="starter", passed_on=passed, expires_on=passed + timedelta(days=365)
    )
