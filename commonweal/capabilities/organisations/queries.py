"""What others may read of public bodies."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from commonweal.capabilities.organisations.errors import NoSuchOrganisation, NoSuchTeam
from commonweal.capabilities.organisations.models import Organisation, Team
from commonweal.foundations.actions.query import query
from commonweal.foundations.scope.actors import Actor


@dataclass(frozen=True)
class OrganisationRow:
    """A public body. `powers` are codes ("waste_collection"); `contact` reaches its data protection officer."""

    id: int
    slug: str
    name: str
    short_name: str
    nation: str
    powers: frozenset[str]
    colour: str
    contact: str
    is_open: bool


@dataclass(frozen=True)
class TeamRow:
    """A team of a body."""

    id: UUID
    name: str


@query()
def organisation(actor: Actor, *, organisation: int) -> OrganisationRow:
    """The body with this id. Raises NoSuchOrganisation."""
    return _row(Organisation.objects.filter(id=organisation).first())


@query()
def organisation_at(actor: Actor, *, slug: str, organisation: int = 0) -> OrganisationRow:
    """The body with this web address; asked in the platform's scope. Raises NoSuchOrganisation."""
    return _row(Organisation.objects.filter(slug=slug).first())


@query()
def organisations(actor: Actor, *, words: str = "", organisation: int = 0) -> tuple[OrganisationRow, ...]:
    """All bodies by name, or those whose name has `words`; asked in the platform's scope."""
    found = Organisation.objects.exclude(id=0).order_by("short_name")
    if words:
        found = found.filter(short_name__icontains=words[:80])
    return tuple(_row(one) for one in found)


@query()
def organisations_with(actor: Actor, *, ids: Iterable[int], organisation: int = 0) -> tuple[OrganisationRow, ...]:
    """The bodies with these ids, by name; asked in the platform's scope."""
    return tuple(_row(one) for one in Organisation.objects.filter(id__in=list(ids)).order_by("short_name"))


@query()
def open_organisations(actor: Actor, *, organisation: int = 0) -> tuple[int, ...]:
    """The ids of the bodies that offer services here."""
    return tuple(Organisation.objects.filter(is_open=True).order_by("id").values_list("id", flat=True))


@query()
def teams(actor: Actor, *, organisation: int) -> tuple[TeamRow, ...]:
    """The body's teams by name."""
    rows = Team.objects.filter(organisation_id=organisation).order_by("name")
    return tuple(TeamRow(team.id, team.name) for team in rows)


@query()
def team_named(actor: Actor, *, organisation: int, name: str) -> UUID:
    """The team of this name. Raises NoSuchTeam."""
    found = Team.objects.filter(organisation_id=organisation, name=name).values_list("id", flat=True).first()
    if found is None:
        raise NoSuchTeam
    return found


def _row(found: Organisation | None) -> OrganisationRow:
    if found is None:
        raise NoSuchOrganisation
    return OrganisationRow(
        id=found.id,
        slug=found.slug,
        name=found.name,
        short_name=found.short_name,
        nation=found.nation,
        powers=frozenset(found.powers),
        colour=found.colour,
        contact=found.contact,
        is_open=found.is_open,
    )
