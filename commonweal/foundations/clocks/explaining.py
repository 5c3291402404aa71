"""Why a date is what it is, in plain words that can be translated: pure, so the words are message ids."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date


def translatable(text: str) -> str:
    """The text itself: marks an English message for the catalogues without needing Django's settings."""
    return text


def write_plainly(day: date) -> str:
    """A date in English, with its day of the week: "Friday 27 December 2024"."""
    return f"{day:%A} {day.day} {day:%B %Y}"


@dataclass(frozen=True)
class Step:
    """One sentence of an explanation: a message id with named places, and what goes into them."""

    message: str
    values: Mapping[str, date | int | str] = field(default_factory=dict, hash=False)

    def say(
        self, translate: Callable[[str], str] = translatable, write_date: Callable[[date], str] = write_plainly
    ) -> str:
        """The sentence in the reader's language; words among the values are translated, dates written out."""
        told = {name: _tell(value, translate, write_date) for name, value in self.values.items()}
        return translate(self.message).format(**told)


def _tell(value: date | int | str, translate: Callable[[str], str], write_date: Callable[[date], str]) -> str:
    if isinstance(value, date):
        return write_date(value)
    return translate(value) if isinstance(value, str) else str(value)
