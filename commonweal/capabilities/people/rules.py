"""What may be shown of a person in a list, and how long a marker may stand. Pure."""

from datetime import date
from enum import StrEnum

from dateutil.relativedelta import relativedelta

LONGEST_MARKED = relativedelta(months=12)
"""A marker is looked at again within a year, or it ends (UK GDPR Article 5(1)(d))."""


class Danger(StrEnum):
    """What staff may meet: a closed list, of which each has one instruction. Staff read the instruction alone."""

    VIOLENCE = "violence"
    THREATS = "threats"
    WEAPONS = "weapons"
    HARASSMENT = "harassment"
    ANIMAL = "animal"
    HAZARD = "hazard"


class Told(StrEnum):
    """Whether the person was told of their marker, or why not."""

    TOLD = "told"
    DANGER = "danger"
    CRIME = "crime"
    UNREACHABLE = "unreachable"


def last_review_on(today: date) -> date:
    """The latest day that a marker asked for today may be reviewed on."""
    return today + LONGEST_MARKED


def may_be_reviewed_on(review_on: date, today: date) -> bool:
    """Whether a marker asked for today may stand until `review_on`: a later day, at most twelve months away."""
    return today < review_on <= last_review_on(today)


def mask(name: str) -> str:
    """The first name and the initial of the last: enough to recognise, not enough to learn. One word: its initial."""
    words = name.split()
    return f"{words[0][0]}…" if len(words) < 2 else f"{words[0]} {words[-1][0]}…"
