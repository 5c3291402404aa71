"""Changes to the register of bodies and to their teams."""

import re
from pathlib import Path
from uuid import UUID

from commonweal.capabilities.organisations.errors import BadColour, NoSuchOrganisation
from commonweal.capabilities.organisations.models import Organisation, Team
from commonweal.capabilities.organisations.rules import authorities
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.scope.actors import Actor
from commonweal.foundations.scope.scopes import PLATFORM

_REGISTER = Path(__file__).with_name("uk_local_authorities.csv")
_ABOUT = "organisations.organisation"


@action()
def load_register(actor: Actor, *, organisation: int = PLATFORM) -> int:
    """Enter the current authorities that are not in the register yet; returns how many there are."""
    known = set(Organisation.objects.values_list("code", flat=True))
    entries = list(authorities(_REGISTER.read_text()))
    following = Organisation.objects.count() or 1
    if not known:
        Organisation.objects.create(
            id=PLATFORM, code="-", slug="-", name="Commonweal", short_name="Commonweal", nation="England", kind=""
        )
    missing = [entry for entry in entries if entry.code not in known]
    Organisation.objects.bulk_create(
        Organisation(
            id=following + number,
            code=entry.code,
            slug=entry.slug,
            name=entry.name,
            short_name=entry.short_name,
            nation=entry.nation,
            kind=entry.kind,
            powers=list(entry.powers),
        )
        for number, entry in enumerate(missing)
    )
    record(_ABOUT, entered=len(missing))
    return len(entries)


@action()
def open_organisation(actor: Actor, *, organisation: int, colour: str, contact: str) -> None:
    """A body begins to offer services here, in its colour, with the contact of its data protection officer."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise BadColour
    changed = Organisation.objects.filter(id=organisation).update(colour=colour, contact=contact, is_open=True)
    if not changed:
        raise NoSuchOrganisation
    record(_ABOUT, changed=["colour", "contact", "is_open"])


@action()
def add_team(actor: Actor, *, organisation: int, name: str) -> UUID:
    """A body has a new team; returns its id."""
    team = Team.objects.create(organisation_id=organisation, name=name)
    record("organisations.team", team.id, changed=["name"])
    return team.id
