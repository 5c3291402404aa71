"""What is erased, restricted and objected to, by the ground on which it is used. Pure."""

from datetime import date
from enum import StrEnum


class Fate(StrEnum):
    """What becomes of a case when its person asks for erasure (UK GDPR Article 17)."""

    ERASE = "erase"
    OPEN = "open"
    TASK = "task"
    HOLD = "hold"
    CHOSEN = "chosen"

    @property
    def ground(self) -> str:
        """The ground of Article 17(3) on which it is kept; empty when it is not."""
        return {Fate.ERASE: "", Fate.HOLD: "legal_claims"}.get(self, "legal_obligation")


_OF_TASK = frozenset({"public_task", "legal_obligation"})


def fate_of(*, is_held: bool, is_open: bool, basis: str, kept_until: date | None, today: date) -> Fate:
    """What the rules propose for a case; the officer may decide otherwise, but for what is held for a claim.

    Held for a legal claim: kept (Article 17(3)(e)). Still dealt with: kept until it is decided. Of a public task or a
    legal obligation: kept until its period is over (Article 17(3)(b)). All else goes: consent is withdrawn, a contract
    is over (Article 17(1)).
    """
    if is_held:
        return Fate.HOLD
    if is_open:
        return Fate.OPEN
    is_over = kept_until is not None and kept_until < today
    return Fate.ERASE if is_over or basis not in _OF_TASK else Fate.TASK


RESTRICTED_WHILE = ("accuracy", "unlawful", "claims", "objection")
"""Why information is restricted (UK GDPR Article 18(1)(a) to (d))."""


def may_object(basis: str) -> bool:
    """Whether a use on this basis may be objected to: a public task is, consent, contract and duty not (Article 21).

    Nothing here rests on legitimate interests, and no direct marketing is done.
    """
    return basis == "public_task"
