"""The retention schedule: periods and their legal bases as data, per nation; never a constant in a model."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from dateutil.relativedelta import relativedelta
from django.conf import settings


class ScheduleError(Exception):
    """The retention schedule does not say what a declaration needs."""


@dataclass(frozen=True)
class Rule:
    """One retention rule for one nation: months and days counted from an event, with its basis and who reviewed it."""

    name: str
    words: str
    starts: str
    months: int
    basis: str
    reason: str
    reviewed_by: str
    days: int = 0
    words_cy: str = ""

    def in_language(self, language: str | None) -> str:
        """How long, in words: in Welsh where it is said in Welsh."""
        return self.words_cy if self.words_cy and (language or "").startswith("cy") else self.words

    @property
    def period(self) -> relativedelta:
        """How long it is kept."""
        return relativedelta(months=self.months, days=self.days)


@lru_cache(maxsize=1)
def rules() -> dict[str, dict[str, Rule]]:
    """All rules, by name and nation; `"UK"` stands for every nation without one of its own."""
    document: dict[str, Any] = yaml.safe_load(Path(settings.RETENTION_SCHEDULE).read_text())
    return {
        name: {
            nation: Rule(
                name=name, words=entry["words"], starts=entry["starts"], words_cy=entry.get("words_cy", ""), **rule
            )
            for nation, rule in entry["nations"].items()
        }
        for name, entry in document.items()
    }


def rule_for(name: str, nation: str) -> Rule:
    """The rule that holds in a nation. Raises ScheduleError when the schedule is silent."""
    by_nation = rules().get(name)
    if by_nation is None:
        raise ScheduleError(f"The retention schedule has no rule {name}.")
    rule = by_nation.get(nation) or by_nation.get("UK")
    if rule is None:
        raise ScheduleError(f"The retention rule {name} says nothing for {nation}.")
    return rule
