"""What others may read of public bodies and their calendars."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

from django.db import connection
from django.utils.translation import get_language, gettext

from commonweal.capabilities.organisations import rules
from commonweal.capabilities.organisations.errors import NoSuchOrganisation, NoSuchTeam
from commonweal.capabilities.organisations.models import Closure, Holiday, Organisation, Team
from commonweal.capabilities.organisations.rules import Area, nation_named
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.calendars import Calendar, Nation, packaged_holidays
from commonweal.foundations.clocks.now import today
from commonweal.foundations.scope.actors import Actor
from commonweal.foundations.scope.scopes import PLATFORM

_REGISTER = Path(__file__).with_name("uk_local_authorities.csv")


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


@dataclass(frozen=True)
class DayRow:
    """A day of a calendar: a holiday, or a closure of the body. `id` is set when it is the body's own to remove."""

    day: date
    name: str
    is_holiday: bool
    id: UUID | None = None


@dataclass(frozen=True)
class NewsRow:
    """A holiday that the bodies of its nation have not learnt of yet."""

    id: UUID
    nation: Nation
    day: date
    is_withdrawn: bool


@query()
def organisation(actor: Actor, *, organisation: int) -> OrganisationRow:
    """The body with this id. Raises NoSuchOrganisation."""
    return _row(Organisation.objects.filter(id=organisation).first())


@query()
def organisation_at(actor: Actor, *, slug: str, organisation: int = 0) -> OrganisationRow:
    """The body with this web address; asked in the platform's scope. Raises NoSuchOrganisation."""
    # The database refuses this character in any text.
    return _row(None if "\x00" in slug else Organisation.objects.filter(slug=slug).first())


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
def same_area(actor: Actor, *, organisation: int) -> tuple[OrganisationRow, ...]:
    """The other tier in the body's area, by name: a district's county or a county's districts; none elsewhere."""
    code = Organisation.objects.values_list("code", flat=True).filter(id=organisation).first() or ""
    rows = Organisation.objects.filter(code__in=rules.same_area(code, _register())).order_by("short_name")
    return tuple(_row(one) for one in rows)


@query()
def area_of(actor: Actor, *, slug: str, organisation: int = PLATFORM) -> Area | None:
    """Where the area of the body with this web address lies; None where the register does not say."""
    return next((entry.area for entry in _register() if entry.slug == slug), None)


@query()
def all_areas(actor: Actor, *, organisation: int = PLATFORM) -> tuple[tuple[str, Area], ...]:
    """The short name and the area of every authority of the register that has one."""
    return tuple((entry.short_name, entry.area) for entry in _register() if entry.area is not None)


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


@query()
def calendar(actor: Actor, *, organisation: int, is_held: bool = False) -> Calendar:
    """The working days of a body: its nation's, holidays proclaimed for it alone, and its closures.

    `is_held` keeps it as it is until the transaction ends: whoever stores a date counted by it holds it.
    """
    if is_held:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [f"calendar {organisation}"])
    nation = nation_named(Organisation.objects.values_list("nation", flat=True).get(id=organisation))
    own = list(Closure.objects.filter(organisation_id=organisation).values_list("day", "is_holiday"))
    own_holidays = {day for day, is_holiday in own if is_holiday}
    closures = frozenset(day for day, is_holiday in own if not is_holiday)
    return _calendar(frozenset({nation}), own_holidays, closures)


@query()
def calendar_of_any_part(actor: Actor, *, organisation: int = PLATFORM) -> Calendar:
    """The working days in all parts of the United Kingdom, as freedom of information counts (FOIA 2000 s.10(6))."""
    return _calendar(frozenset(Nation), set(), frozenset())


@query()
def coming_days(actor: Actor, *, organisation: int) -> tuple[DayRow, ...]:
    """The holidays and closures of a body from today on, soonest first."""
    nation = nation_named(Organisation.objects.values_list("nation", flat=True).get(id=organisation))
    is_welsh = get_language() == "cy"
    national = Holiday.objects.filter(nation=nation.value, day__gte=today(), is_withdrawn=False)
    rows = [DayRow(one.day, (is_welsh and one.name_cy) or gettext(one.name), is_holiday=True) for one in national]
    for own in Closure.objects.filter(organisation_id=organisation, day__gte=today()):
        rows.append(DayRow(own.day, (is_welsh and own.name_cy) or own.name, own.is_holiday, own.id))
    return tuple(sorted(rows, key=lambda row: (row.day, row.id is not None)))


@query()
def untold_holidays(actor: Actor, *, organisation: int = PLATFORM) -> tuple[NewsRow, ...]:
    """Holidays added or withdrawn, of which their bodies are still to learn."""
    rows = Holiday.objects.filter(told_at=None).order_by("day")
    return tuple(NewsRow(row.id, Nation(row.nation), row.day, row.is_withdrawn) for row in rows)


def _calendar(nations: frozenset[Nation], own_holidays: set[date], closures: frozenset[date]) -> Calendar:
    """What the table says overrules the package; years that were never entered are as packaged."""
    rows = Holiday.objects.filter(nation__in=nations).values_list("nation", "day", "is_withdrawn")
    entered = {day for _nation, day, is_withdrawn in rows if not is_withdrawn} | own_holidays
    withdrawn = {(nation, day) for nation, day, is_withdrawn in rows if is_withdrawn}
    packaged = {
        day
        for nation in nations
        for year in {day.year for _nation, day in withdrawn}
        for day in packaged_holidays(nation, year)
        if (nation.value, day) not in withdrawn
    }
    none_any_more = {day for _nation, day in withdrawn} - packaged - entered
    return Calendar(nations, frozenset(entered), closures, frozenset(none_any_more))


@cache
def _register() -> tuple[rules.Authority, ...]:
    return tuple(rules.authorities(_REGISTER.read_text()))


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
