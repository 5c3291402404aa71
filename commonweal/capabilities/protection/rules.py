"""How openings become entries, and what may be withheld for how long. Pure."""

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from dateutil.relativedelta import relativedelta

from commonweal.foundations.clocks.now import local_date

WITHIN = timedelta(minutes=60)
"""The same actor, person and case within this time is one entry (practice: the trace)."""

LONGEST_WITHHELD = relativedelta(months=6)
"""The review date of a withholding is at most so far away (practice: tipping off)."""

WARNED_BEFORE = timedelta(days=30)
"""How long before its review date a withholding is on the officer's review list."""

_SHORT = 4
"""A short part of a name may be a common word ("will", "may"): then only with a capital."""

EXEMPTIONS = (
    "crime",
    "privilege",
    "protecting_public",
    "regulatory",
    "judicial",
    "journalism",
    "research",
    "archiving",
    "serious_harm",
    "child_abuse",
    "forecasting",
    "negotiations",
    "references",
    "exams",
    "parliament",
    "honours",
    "immigration",
    "unfounded",
    "others",
)
"""The closed list of UK GDPR Article 23 and DPA 2018 Schedules 2 to 4, decided for each item, never for a class."""


@dataclass(frozen=True)
class Opened:
    """One line of the trace, or several merged into one entry: who it was is a team or role, never a name.

    `lines` are the ids of all lines in it, oldest first; purposes, channels and references those of its lines.
    """

    lines: tuple[UUID, ...]
    first: datetime
    last: datetime
    actor: UUID | None
    actor_kind: str
    role: str
    team: UUID | None
    purposes: tuple[str, ...]
    channels: tuple[str, ...]
    references: tuple[str, ...]

    @property
    def times(self) -> int:
        return len(self.lines)

    @property
    def is_automatic(self) -> bool:
        return self.channels == ("automatic",)

    def is_continued_by(self, later: "Opened") -> bool:
        """Whether a later line of the same actor and case belongs to this entry: automatic ones are one a day."""
        if self.is_automatic:
            return local_date(self.first) == local_date(later.first)
        return later.first - self.first <= WITHIN

    def with_line(self, later: "Opened") -> "Opened":
        return replace(
            self,
            lines=self.lines + later.lines,
            last=later.last,
            purposes=_joined(self.purposes, later.purposes),
            channels=_joined(self.channels, later.channels),
            references=_joined(self.references, later.references),
        )

    def key(self) -> Hashable:
        """What one entry has in common: the actor and the case, or that no one looked."""
        return "automatic" if self.is_automatic else (self.actor_kind, self.actor, self.references)


def merged(lines: Iterable[Opened]) -> list[Opened]:
    """The lines of one person as entries, in the order of their first lines; `lines` come oldest first."""
    entries: list[Opened] = []
    latest: dict[Hashable, int] = {}
    for line in lines:
        place = latest.get(line.key())
        if place is not None and entries[place].is_continued_by(line):
            entries[place] = entries[place].with_line(line)
        else:
            latest[line.key()] = len(entries)
            entries.append(line)
    return entries


def last_review_on(today: date) -> date:
    """The latest day that a withholding decided today may be reviewed on."""
    return today + LONGEST_WITHHELD


def is_within_limit(review_on: date, today: date) -> bool:
    """Whether a withholding decided today may stand until `review_on`: a later day, at most six months away."""
    return today < review_on <= last_review_on(today)


def names_anyone(text: str, name: str) -> bool:
    """Whether a text names someone: by any part of their name, however it is written when longer, or by initials."""
    words = {word.removesuffix("’s").removesuffix("'s") for word in re.findall(r"[\w’']+", text)}
    parts = {part.casefold() for part in re.findall(r"\w{2,}", name)}
    initials = [part[0].upper() for part in name.split()]
    is_part = any(word.casefold() in parts and (len(word) > _SHORT or word[0].isupper()) for word in words)
    return is_part or "".join(initials) in words or ".".join([*initials, ""]) in text.replace(" ", "")


def _joined(some: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return some + tuple(each for each in more if each not in some)
