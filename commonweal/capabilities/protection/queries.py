"""When somebody's data was opened: for the person, and for the data protection officer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.identity import queries as identity
from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.people import queries as people
from commonweal.capabilities.protection.errors import NotTheOfficer
from commonweal.capabilities.protection.rules import Opened, merged
from commonweal.foundations.actions.query import query
from commonweal.foundations.personal_data.models import Opening, Trace
from commonweal.foundations.personal_data.purposes import OVERSIGHT, PURPOSES
from commonweal.foundations.scope.actors import Actor, Resident, Staff

_PAGE = 50
_MOST = 1000

CHANNELS: dict[str, Promise] = {
    "online": _("on screen"),
    "phone": _("while on the phone with you"),
    "counter": _("at the counter with you"),
    "automatic": _("by our system, without anyone looking"),
    "api": _("by a supplier's system"),
    "command": _("by those who run the system"),
}

ROLES: dict[str, Promise] = {
    "case_worker": _("A case worker"),
    "team_manager": _("A team manager"),
    "data_protection_officer": _("The data protection officer"),
}


@dataclass(frozen=True)
class OpeningRow:
    """An opening as the person may see it (UK GDPR Article 15; practice: the trace): team or role, never who."""

    first: datetime
    last: datetime
    times: int
    who: str
    purpose: str
    channel: str
    reference: str


@dataclass(frozen=True)
class OfficerRow:
    """A line of the trace as the officer sees it, with the name of the member of staff. All else is codes.

    `who` is the kind of actor (resident, system ...) where it was no member of staff.
    """

    id: UUID
    at: datetime
    kind: str
    who: str
    team: str
    purpose: str
    channel: str
    reference: str
    subject: UUID
    fields: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class OfficerPage:
    """A page of the trace, latest first; `following` continues it."""

    rows: tuple[OfficerRow, ...]
    following: UUID | None


@query()
def openings(actor: Resident, *, organisation: int) -> tuple[OpeningRow, ...]:
    """When the organisation opened the signed-in person's data, latest first, at most the last 1,000 openings.

    Their own looks and masked lists are not openings.
    """
    if actor.account is None:
        return ()
    subjects = people.people_of_account(actor, organisation=organisation, account=actor.account)
    lines = Trace.objects.filter(
        organisation_id=organisation, subject_id__in=subjects, kind=Opening.OPENED, actor_kind__in=["staff", "system"]
    ).order_by("-at", "-id")[:_MOST]
    names = {team.id: team.name for team in organisations.teams(actor, organisation=organisation)}
    entries = merged(_opened(line) for line in reversed(lines))
    return tuple(_shown(entry, names) for entry in reversed(entries))


@query()
def officer_openings(actor: Staff, *, organisation: int, kind: str = "", before: UUID | None = None) -> OfficerPage:
    """The trace of the organisation, 50 lines a page, all or of one kind. Raises NotTheOfficer."""
    if OVERSIGHT.code not in actor.purposes or actor.organisation != organisation:
        raise NotTheOfficer
    lines = Trace.objects.filter(organisation_id=organisation).order_by("-id")
    if kind in Opening.values:
        lines = lines.filter(kind=kind)
    if before is not None:
        lines = lines.filter(id__lt=before)
    found = list(lines[: _PAGE + 1])
    rows = _officer_rows(actor, organisation, found[:_PAGE])
    return OfficerPage(rows, found[_PAGE - 1].id if len(found) > _PAGE else None)


def _officer_rows(actor: Actor, organisation: int, lines: Iterable[Trace]) -> tuple[OfficerRow, ...]:
    lines = list(lines)
    staff = identity.names_of(
        actor, organisation=organisation, accounts={line.actor_id for line in lines if line.actor_id}
    )
    teams = {team.id: team.name for team in organisations.teams(actor, organisation=organisation)}
    return tuple(
        OfficerRow(
            id=line.id,
            at=line.at,
            kind=line.kind,
            who=staff.get(line.actor_id, line.actor_kind) if line.actor_id else line.actor_kind,
            team=teams.get(line.team_id, "") if line.team_id else "",
            purpose=line.purpose,
            channel=line.channel,
            reference=line.reference,
            subject=line.subject_id,
            fields=tuple(line.fields),
            reason=line.reason,
        )
        for line in lines
    )


def _opened(line: Trace) -> Opened:
    return Opened(
        first=line.at,
        last=line.at,
        times=1,
        actor=line.actor_id,
        actor_kind=line.actor_kind,
        role=line.actor_role,
        team=line.team_id,
        purpose=line.purpose,
        channel=line.channel,
        reference=line.reference,
    )


def _shown(entry: Opened, teams: dict[UUID, str]) -> OpeningRow:
    return OpeningRow(
        first=entry.first,
        last=entry.last,
        times=entry.times,
        who=_who(entry, teams),
        purpose=str(PURPOSES[entry.purpose].words),
        channel=str(CHANNELS.get(entry.channel, entry.channel)),
        reference=entry.reference,
    )


def _who(entry: Opened, teams: dict[UUID, str]) -> str:
    """The team, else the role, else our system: never a name, an id or initials."""
    if entry.actor_kind == "system":
        return str(_("Our system"))
    if entry.team in teams:
        return teams[entry.team]
    role = entry.role.split(",")[0]
    return str(ROLES.get(role, _("A member of staff")))
