"""Who acts in the history of a council: its staff, residents who apply, and the post that goes out."""

import random
from collections.abc import Collection
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import yaml

from commonweal.capabilities.identity.queries import acting as identity
from commonweal.capabilities.messages import actions as messages
from commonweal.capabilities.messages import queries as written
from commonweal.foundations.personal_data.purposes import SENDING
from commonweal.foundations.scope.actors import Resident, Staff, System
from commonweal.foundations.tasks.dispatcher import dispatch_all
from commonweal.frontends.demo_people import PEOPLE, DemoPerson

CONTENT: dict[str, Any] = yaml.safe_load(Path(__file__).parents[1].joinpath("demo_content.yaml").read_text())
_SENDER = System(task="messages.send", purposes=frozenset({SENDING.code}))


class Council(Protocol):
    """What history needs to know of a council."""

    @property
    def slug(self) -> str: ...
    @property
    def organisation(self) -> int: ...
    @property
    def accounts(self) -> dict[str, UUID]: ...


def people_of(council: Council, role: str, team: str | None = None) -> list[DemoPerson]:
    """Those of a role, in a team where one is given. Residents have an empty role."""
    here = [person for person in PEOPLE if person.council == council.slug and person.role == role]
    return [person for person in here if team is None or person.team == team]


def account_of(council: Council, resident: DemoPerson | None) -> UUID | None:
    """The account of a resident who can be played; None for whoever was invented."""
    return None if resident is None else council.accounts[resident.email]


def staff_of(
    council: Council, chance: random.Random, role: str, team: str, *, but: Collection[UUID] = ()
) -> Staff | None:
    """Somebody of that role in that team, other than those excepted; None where there is nobody."""
    fit = [person for person in people_of(council, role, team) if council.accounts[person.email] not in but]
    return acting(council, chance.choice(fit)) if fit else None


def acting(council: Council, person: DemoPerson) -> Staff:
    """A member of staff, signed in with a second factor."""
    account = council.accounts[person.email]
    return identity.staff(
        Resident(account=account), organisation=council.organisation, account=account, has_second_factor=True
    )


def words_of(council: Council, chance: random.Random, resident: DemoPerson | None = None) -> dict[str, str]:
    """What a resident types about themselves, by word: of one who can be played the same each time, else invented."""
    if resident is None:
        return _invent_someone(council, chance)
    always = random.Random(resident.email)  # noqa: S311 (they tell the same each time)
    return _invent_someone(council, always) | {"name": resident.name, "email": resident.email}


def _invent_someone(council: Council, chance: random.Random) -> dict[str, str]:
    pick = chance.choice
    first, last = pick(CONTENT["first_names"]), pick(CONTENT["last_names"])
    return {
        "name": f"{first} {last}",
        "other": f"{pick(CONTENT['first_names'])} {last}",
        "email": f"{first}.{chance.randint(1, 999)}@people.example".lower().replace("â", "a"),
        "phone": f"07700 900{chance.randint(0, 999):03}",
        "street": f"{chance.randint(1, 120)} {pick(CONTENT['streets'])}",
        "postcode": f"{CONTENT['postcodes'][council.slug]} {chance.randint(1, 9)}{pick('ABDE')}{pick('JLNP')}",
        "town": council.slug.title(),
        "badge": f"{pick('BCDFGH')}{pick('JKLMNP')}{chance.randint(1000, 9999)}",
    }


def tell(council: Council) -> None:
    """The dispatcher and the sender do their work at this moment; nothing leaves the demonstration."""
    dispatch_all()
    for organisation, message in written.waiting(_SENDER, organisations=(council.organisation,), at_most=20):
        messages.begin_sending(_SENDER, organisation=organisation, message=message)
        written.to_send(_SENDER, organisation=organisation, message=message)
        messages.finish_sending(_SENDER, organisation=organisation, message=message, is_sent=True)
