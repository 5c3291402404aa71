"""What the officer chooses from: alike in every organisation, so no scope is needed."""

from collections.abc import Mapping

from commonweal.capabilities.protection.words import CLARIFICATIONS_SAID, EXTENSIONS_SAID, FEES_SAID, REFUSALS_SAID
from commonweal.foundations.errors import Words


def clarifications() -> Mapping[str, Words]:
    """Why clarification may be asked."""
    return CLARIFICATIONS_SAID


def extensions() -> Mapping[str, Words]:
    """Why a request may be extended."""
    return EXTENSIONS_SAID


def fees() -> Mapping[str, Words]:
    """Why a fee may be asked."""
    return FEES_SAID


def refusals() -> Mapping[str, Words]:
    """On which ground a request may be refused."""
    return REFUSALS_SAID
