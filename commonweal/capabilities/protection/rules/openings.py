"""How openings of somebody’s data become the entries they see. Pure."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from commonweal.foundations.clocks.now import local_date

WITHIN = timedelta(minutes=60)
"""The same actor, person and case within this time is one entry (practice: the trace)."""


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


def _joined(some: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return some + tuple(each for each in more if each not in some)
