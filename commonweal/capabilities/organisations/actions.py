"""Changes to the register of bodies, to their teams and to calendars."""

import re
from datetime import date
from pathlib import Path
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.organisations.errors import (
    BadColour,
    DayTaken,
    NoSuchDay,
    NoSuchOrganisation,
    NotAnAdministrator,
)
from commonweal.capabilities.organisations.events import CalendarChanged
from commonweal.capabilities.organisations.models import Closure, Holiday, Organisation, Team
from commonweal.capabilities.organisations.rules import authorities, calendar_of, may_be_entered
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.calendars import Nation, packaged_holidays
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.errors import Invalid
from commonweal.foundations.events.event import publish
from commonweal.foundations.scope.actors import Actor, Staff, System
from commonweal.foundations.scope.scopes import PLATFORM

_REGISTER = Path(__file__).with_name("uk_local_authorities.csv")
_ABOUT = "organisations.organisation"
_CALENDAR = "organisations.calendar"
_ADMINISTRATOR = "administrator"


@action()
def load_register(actor: System, *, organisation: int = PLATFORM) -> int:
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
def open_organisation(actor: System, *, organisation: int, colour: str, contact: str) -> None:
    """Open a body that offers services here, in its colour, with the contact of its data protection officer."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise BadColour
    changed = Organisation.objects.filter(id=organisation).update(colour=colour, contact=contact, is_open=True)
    if not changed:
        raise NoSuchOrganisation
    record(_ABOUT, changed=["colour", "contact", "is_open"])


@action()
def add_team(actor: System, *, organisation: int, name: str) -> UUID:
    """Add a team to a body; returns its id."""
    team = Team.objects.create(organisation_id=organisation, name=name)
    record("organisations.team", team.id, changed=["name"])
    return team.id


@action()
def seed_holidays(actor: System, *, first_year: int, last_year: int, organisation: int = PLATFORM) -> int:
    """Enter the packaged holidays of all nations in these years; existing rows stay unchanged."""
    known = set(Holiday.objects.values_list("nation", "day"))
    missing = [
        Holiday(nation=nation.value, day=day, name=name, told_at=now())
        for nation in Nation
        for year in range(first_year, last_year + 1)
        for day, name in packaged_holidays(nation, year).items()
        if (nation.value, day) not in known
    ]
    Holiday.objects.bulk_create(missing, ignore_conflicts=True)
    record(_CALENDAR, entered=len(missing))
    return len(missing)


@action()
def add_holiday(
    actor: Actor, *, nation: Nation, day: date, name: str, name_cy: str = "", organisation: int = PLATFORM
) -> None:
    """Add a holiday in a nation, and tell every body there. Raises DayTaken, Invalid."""
    _require_administrator(actor, organisation)
    _check_day(day, name)
    told = {"name": name.strip(), "name_cy": name_cy.strip(), "is_withdrawn": False, "told_at": None}
    holiday, is_new = Holiday.objects.get_or_create(nation=nation.value, day=day, defaults=told)
    if not is_new and not Holiday.objects.filter(id=holiday.id, is_withdrawn=True).update(**told):
        raise DayTaken
    record(_CALENDAR, holiday.id, changed=["day"], nation=nation.value, day=day)


@action()
def remove_holiday(actor: Actor, *, nation: Nation, day: date, organisation: int = PLATFORM) -> None:
    """Withdraw a holiday in a nation, and tell every body there. Raises NoSuchDay, Invalid."""
    _require_administrator(actor, organisation)
    _check_day(day)
    found = Holiday.objects.filter(nation=nation.value, day=day, is_withdrawn=False)
    if not found.update(is_withdrawn=True, told_at=None):
        raise NoSuchDay
    record(_CALENDAR, changed=["is_withdrawn"], nation=nation.value, day=day)


@action()
def add_closure(
    actor: Actor, *, organisation: int, day: date, name: str, name_cy: str = "", is_holiday: bool = False
) -> UUID:
    """Add a body's closure, or a holiday proclaimed there; returns its id. Raises DayTaken, Invalid."""
    _require_administrator(actor, organisation)
    _check_day(day, name)
    closure, is_new = Closure.objects.get_or_create(
        organisation_id=organisation,
        day=day,
        defaults={"name": name.strip(), "name_cy": name_cy.strip(), "is_holiday": is_holiday},
    )
    if not is_new:
        raise DayTaken
    _change_calendar(organisation, day, "holiday_added" if is_holiday else "closure_added")
    record(_CALENDAR, closure.id, changed=["day"], day=day, is_holiday=is_holiday)
    return closure.id


@action()
def remove_closure(actor: Actor, *, organisation: int, closure: UUID) -> None:
    """Remove a body's closure or local holiday. Raises NoSuchDay, Invalid."""
    _require_administrator(actor, organisation)
    found = Closure.objects.select_for_update().filter(organisation_id=organisation, id=closure).first()
    if found is None:
        raise NoSuchDay
    _check_day(found.day)
    found.delete()
    _change_calendar(organisation, found.day, "holiday_removed" if found.is_holiday else "closure_removed")
    record(_CALENDAR, closure, changed=["day"], day=found.day, is_holiday=found.is_holiday)


@action()
def follow_nation(actor: System, *, organisation: int, day: date, is_withdrawn: bool) -> None:
    """Tell a body that a holiday of its nation was added or withdrawn."""
    _change_calendar(organisation, day, "holiday_removed" if is_withdrawn else "holiday_added")
    record(_CALENDAR, changed=["day"], day=day, is_withdrawn=is_withdrawn)


@action()
def mark_told(actor: System, *, holiday: UUID, is_withdrawn: bool, organisation: int = PLATFORM) -> None:
    """Note that every body was told of a holiday."""
    Holiday.objects.filter(id=holiday, is_withdrawn=is_withdrawn).update(told_at=now())
    record(_CALENDAR, holiday, changed=["told_at"])


def _change_calendar(organisation: int, day: date, why: str) -> None:
    """Tell others, once whoever counted by the calendar as it was has committed."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"calendar {organisation}"])
    publish(CalendarChanged(organisation=organisation, subject_id=calendar_of(organisation), day=day, why=why))


def _require_administrator(actor: Actor, organisation: int) -> None:
    """The platform itself, or an administrator of the body with the gates met. Raises NotAnAdministrator."""
    if isinstance(actor, System):
        return
    if not (isinstance(actor, Staff) and actor.may_act_as(_ADMINISTRATOR, organisation)):
        raise NotAnAdministrator


def _check_day(day: date, name: str = "-") -> None:
    """Raises Invalid unless the day may still be changed and has a name."""
    wrong = {}
    if not may_be_entered(day, today()):
        wrong["day"] = _("Choose today or a later day, up to three years ahead")
    if not 0 < len(name.strip()) <= 80:
        wrong["name"] = _("Write what the day is, in 80 characters or fewer")
    if wrong:
        raise Invalid(wrong)
