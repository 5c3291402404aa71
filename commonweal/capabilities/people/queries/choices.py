"""What staff choose from when they ask for a marker: alike in every organisation, so no scope is needed."""

from collections.abc import Mapping

from commonweal.capabilities.people.words import DANGERS, INSTRUCTIONS, TOLD
from commonweal.foundations.errors import Words


def dangers() -> tuple[tuple[str, Words, Words], ...]:
    """Each danger: its code, what happened, and the instruction that colleagues read."""
    return tuple((code, words, INSTRUCTIONS[code]) for code, words in DANGERS.items())


def told() -> Mapping[str, Words]:
    """Whether somebody was told of their marker, or why not."""
    return TOLD
