"""Prompts: the few openings that need one of at most five reasons, which the trace keeps.

A case of one's own team needs none. A prompt on more than 2% of openings is a defect (practice: the trace); the rate is
measured.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.errors import Forbidden, Words

MOST_REASONS = 5
MOST_PROMPTED = 0.02
"""The share of openings above which prompts get in the way of work."""


@dataclass(frozen=True)
class Prompt:
    """What is asked before an opening: its code, the reasons (code, words) to choose from, and why it is asked."""

    code: str
    reasons: Mapping[str, Words]
    message: Words = ""

    def __post_init__(self) -> None:
        if not 0 < len(self.reasons) <= MOST_REASONS:
            raise ValueError(f"The prompt {self.code} needs one to {MOST_REASONS} reasons.")

    def require(self, reason: str) -> str:
        """The reason, when it is one of these. Raises ReasonNeeded."""
        if reason not in self.reasons:
            raise ReasonNeeded(self)
        return reason


class ReasonNeeded(Forbidden):
    """Opening it needs one of the reasons and none was given. Nothing was opened or refused."""

    code = "reason_needed"
    title: Words = _("Say why you need to open this")
    message: Words = _("It belongs to another team. The data protection officer will see your reason.")

    def __init__(self, prompt: Prompt) -> None:
        super().__init__(prompt.message or None)
        self.prompt = prompt


OTHER_TEAM = Prompt(
    "other_team",
    MappingProxyType(
        {
            "covering": _("I am covering for the team"),
            "taking_over": _("The case is being handed over to my team"),
            "complaint": _("I am dealing with a complaint about it"),
            "safety": _("Somebody may be in danger"),
            "asked_by_team": _("The team has asked me to look"),
        }
    ),
)
COLLEAGUE = Prompt(
    "colleague",
    MappingProxyType(
        {
            "instead_of_team": _("I am dealing with it so that nobody who works with them has to"),
            "complaint": _("I am dealing with a complaint about it"),
            "safety": _("Somebody may be in danger"),
        }
    ),
)
RESTRICTED = Prompt(
    "restricted",
    MappingProxyType(
        {
            "dealing": _("I am dealing with it"),
            "deciding": _("I supervise or decide it"),
            "covering": _("I am covering for the person who deals with it"),
            "safety": _("Somebody may be in danger"),
            "complaint": _("I am dealing with a complaint about it"),
        }
    ),
    _("This service is restricted. The data protection officer will see your reason."),
)

ARTICLE_18 = Prompt(
    "article_18",
    MappingProxyType(
        {
            "consent": _("The person agreed to this use"),
            "legal_claims": _("It is for legal claims: to make, pursue or defend one"),
            "protecting_other": _("It protects the rights of another person"),
            "public_interest": _("It is for reasons of important public interest"),
        }
    ),
    _("We keep it, but nobody may use it, including your team, except on one of four grounds."),
)
"""The grounds on which restricted information may be opened (UK GDPR Article 18(2)), whoever deals with it."""

BREAK_GLASS = Prompt(
    "break_glass",
    MappingProxyType(
        {
            "glass_danger": _("Somebody may be in danger"),
            "glass_nobody_else": _("It cannot wait, and nobody else is there"),
            "glass_incident": _("An emergency or a failure of our systems"),
            "glass_court": _("A court or the law sets a time that ends now"),
        }
    ),
)
"""For twelve hours, when training has expired or a role lacks: no approver, and told next morning."""

PROMPTS: dict[str, Prompt] = {
    prompt.code: prompt for prompt in (OTHER_TEAM, COLLEAGUE, RESTRICTED, ARTICLE_18, BREAK_GLASS)
}
