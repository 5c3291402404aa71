"""The regulator, whose name is content: it changes by law, and nothing here knows it by heart."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_CONTENT = Path(__file__).parent.parent / "regulators.yaml"


@dataclass(frozen=True)
class Regulator:
    """To whom a person may complain, from a day on; `names` by language."""

    begins: date
    names: dict[str, str]
    address: str
    phone: str
    web: str

    def name(self, language: str) -> str:
        """Their name in a language, else in English."""
        return self.names.get(language, self.names["en"])


def regulator_on(day: date) -> Regulator:
    """Who it is on that day."""
    return [each for each in _regulators() if each.begins <= day][-1]


@cache
def _regulators() -> tuple[Regulator, ...]:
    return tuple(sorted(map(_read, yaml.safe_load(_CONTENT.read_text())), key=lambda each: each.begins))


def _read(row: dict[str, Any]) -> Regulator:
    return Regulator(row["from"], row["name"], row["address"], row["phone"], row["web"])
