"""When somebody's data was opened, for themselves: team or role, purpose, channel, dates; never who."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.people.queries import records as people
from commonweal.capabilities.protection.models import Question
from commonweal.capabilities.protection.queries.moments import read_moment
from commonweal.capabilities.protection.queries.showing import shown_openings
from commonweal.capabilities.protection.rules.openings import Opened, merged
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.calendars import ONE_DAY
from commonweal.foundations.clocks.now import LONDON, local_date
from commonweal.foundations.personal_data.models import Trace
from commonweal.foundations.personal_data.purposes import OWN_INFORMATION, PURPOSES
from commonweal.foundations.personal_data.reading import current_reading
from commonweal.foundations.scope.actors import Actor, Resident

_PAGE = 200
"""How many lines a page reads at least, where there are so many; it ends with a whole day."""

_LATEST_LINES = 50

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
class QuestionRow:
    """What the person asked about an entry, and the officer's answer, once there is one."""

    asked_at: datetime
    due_on: date
    text: str
    answered_at: datetime | None
    outcome: str
    answer: str


@dataclass(frozen=True)
class OpeningRow:
    """An entry as the person may see it (UK GDPR Article 15; practice: the trace): team or role, never who.

    `key` names the entry when one asks who it was; it is empty where nobody looked.
    """

    key: str
    first: datetime
    last: datetime
    times: int
    who: str
    purposes: tuple[str, ...]
    channels: tuple[str, ...]
    references: tuple[str, ...]
    question: QuestionRow | None


@dataclass(frozen=True)
class OpeningsPage:
    """A page of entries; `following` is the day with which the next one begins, None on the last."""

    rows: tuple[OpeningRow, ...]
    following: date | None


@query(opens=OWN_INFORMATION)
def openings(actor: Resident, *, organisation: int, until: date | None = None, with_entry: str = "") -> OpeningsPage:
    """When the organisation opened the signed-in person's data, latest first, `until` a day (the latest when None).

    The page that has the entry of a key is asked for `with_entry`.

    Their own looks and masked lists are not openings; what is withheld is nowhere to be seen, also not in where a page
    ends. A page ends with a whole day, so that its entries are the same however one came to it.
    """
    if actor.account is None:
        return OpeningsPage((), None)
    subjects = people.people_of_account(actor, organisation=organisation, account=actor.account)
    shown = shown_openings(organisation, subjects).order_by("-at", "-id")
    lines, following = _page_of(shown, until or _day_of(with_entry))
    return OpeningsPage(_rows(actor, organisation, subjects, lines[::-1]), following)


def latest_openings(actor: Actor, organisation: int, subjects: tuple[UUID, ...], number: int) -> tuple[OpeningRow, ...]:
    """The latest entries that these people may see, made of the latest 50 lines. Needs an open reading."""
    lines = list(shown_openings(organisation, subjects).order_by("-at", "-id")[:_LATEST_LINES])
    return _rows(actor, organisation, subjects, lines[::-1])[:number]


def all_openings(
    actor: Actor, organisation: int, subjects: tuple[UUID, ...], *, but: Collection[str] = ()
) -> tuple[OpeningRow, ...]:
    """Every entry that these people may see, latest first: for their copy or their pack. Needs an open reading.

    The same rule as their page: what is withheld is not in it, and is not missed. Nor is what was opened in the cases
    `but`, of which a pack tells nothing.
    """
    lines = list(shown_openings(organisation, subjects).exclude(reference__in=but).order_by("at", "id"))
    return _rows(actor, organisation, subjects, lines)


def _rows(actor: Actor, organisation: int, subjects: tuple[UUID, ...], lines: list[Trace]) -> tuple[OpeningRow, ...]:
    """The entries of these lines, which come oldest first; latest first."""
    names = {team.id: team.name for team in organisations.teams(actor, organisation=organisation)}
    asked = _questions(organisation, subjects, lines)
    entries = merged(_opened(line) for line in lines)
    return tuple(_shown(entry, names, asked) for entry in reversed(entries))


def _day_of(key: str) -> date | None:
    """The day of the entry with this key; None when it is none."""
    moment = read_moment(key.partition(",")[0])
    return local_date(moment) if moment else None


def key_of(moment: datetime, reference: str) -> str:
    """An entry by its first moment and case: no id, which would differ between two people's pages."""
    return f"{moment.isoformat()},{reference}"


def _page_of(lines: "QuerySet[Trace]", until: date | None) -> tuple[list[Trace], date | None]:
    """The lines of a page, and the day with which the next begins: that of the first line that was one too many."""
    if until is not None:
        lines = lines.filter(at__lt=_begin_of(until + ONE_DAY))
    found = list(lines[: _PAGE + 1])
    if len(found) <= _PAGE:
        return found, None
    last = local_date(found[-1].at)
    whole = [line for line in found if local_date(line.at) > last]
    if whole:
        return whole, last
    one_day = list(lines.filter(at__gte=_begin_of(last)))
    before = lines.filter(at__lt=_begin_of(last)).first()
    return one_day, local_date(before.at) if before else None


def _begin_of(day: date) -> datetime:
    return datetime.combine(day, time(0), LONDON)


def _questions(organisation: int, subjects: tuple[UUID, ...], lines: list[Trace]) -> dict[UUID, QuestionRow]:
    """What was asked about these lines, by line."""
    current_reading().is_of_own(*subjects)
    asked = Question.objects.filter(organisation_id=organisation, line_id__in=[line.id for line in lines])
    found = list(asked.filter(person_id__in=subjects))
    current_reading().fetch_keys(question.key_id for question in found)
    return {
        question.line_id: QuestionRow(
            question.asked_at,
            question.due_on,
            question.text or "",
            question.answered_at,
            question.outcome,
            question.answer or "",
        )
        for question in found
    }


def _opened(line: Trace) -> Opened:
    return Opened(
        lines=(line.id,),
        first=line.at,
        last=line.at,
        actor=line.actor_id,
        actor_kind=line.actor_kind,
        role=line.actor_role,
        team=line.team_id,
        purposes=(line.purpose,),
        channels=(line.channel,),
        references=(line.reference,),
    )


def _shown(entry: Opened, teams: Mapping[UUID, str], asked: Mapping[UUID, QuestionRow]) -> OpeningRow:
    return OpeningRow(
        key="" if entry.is_automatic else key_of(entry.first, entry.references[0]),
        first=entry.first,
        last=entry.last,
        times=entry.times,
        who=who_opened(entry.actor_kind, entry.role, entry.team, teams),
        purposes=tuple(str(PURPOSES[purpose].words) for purpose in entry.purposes),
        channels=tuple(str(CHANNELS.get(channel, channel)) for channel in entry.channels),
        references=tuple(reference for reference in entry.references if reference),
        question=next((asked[line] for line in entry.lines if line in asked), None),
    )


def who_opened(kind: str, role: str, team: UUID | None, teams: Mapping[UUID, str]) -> str:
    """The team, else the role, else whose system: never a name, an id or initials."""
    if kind == "system":
        return str(_("Our system"))
    if kind == "supplier":
        return str(_("A supplier that works for us"))
    if team is not None and team in teams:
        return teams[team]
    return str(ROLES.get(role.split(",", maxsplit=1)[0], _("A member of staff")))
