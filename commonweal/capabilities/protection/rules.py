"""How openings are shown to the person whose data was opened. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

WITHIN = timedelta(minutes=60)
"""The same actor, person and case within this time is one entry (practice: the trace)."""


@dataclass(frozen=True)
class Opened:
    """One line of the trace, or several merged: who it was is a team or role, never a name."""

    first: datetime
    last: datetime
    times: int
    actor: UUID | None
    actor_kind: str
    role: str
    team: UUID | None
    purpose: str
    channel: str
    reference: str

    def is_same_as(self, later: "Opened") -> bool:
        """Whether `later` continues this entry; automatic openings are one entry a day."""
        if self._who() != later._who():
            return False
        if self.channel == "automatic":
            return self.last.date() == later.first.date()
        return later.first - self.first <= WITHIN

    def _who(self) -> tuple[Any, ...]:
        reference = "" if self.channel == "automatic" else self.reference
        return (self.actor, self.actor_kind, self.role, self.team, self.purpose, self.channel, reference)


def merged(lines: Iterable[Opened]) -> list[Opened]:
    """Lines merged into entries, oldest first; `lines` come oldest first."""
    entries: list[Opened] = []
    for line in lines:
        for place in range(len(entries) - 1, -1, -1):
            if entries[place].is_same_as(line):
                entries[place] = replace(entries[place], last=line.last, times=entries[place].times + line.times)
                break
            if line.first - entries[place].last > timedelta(days=1):
                entries.append(line)
                break
        else:
            entries.append(line)
    return entries
