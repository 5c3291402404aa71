"""The tables of protection, one module per concern. Django finds them here, whichever module is asked for first."""

from commonweal.capabilities.protection.models.copies import Copy
from commonweal.capabilities.protection.models.erasing import ErasureChoice, ErasureLine, LegalHold, Redaction
from commonweal.capabilities.protection.models.limiting import Notice, RestrictionOrder, Statement
from commonweal.capabilities.protection.models.openings import Outcome, Question, Withholding
from commonweal.capabilities.protection.models.packs import (
    Ground,
    HarmCheck,
    Item,
    ItemDecision,
    ItemKind,
    Pack,
    PlaceKind,
    SearchedPlace,
)
from commonweal.capabilities.protection.models.requests import (
    Authority,
    Request,
    RequestKind,
    RequestOutcome,
    RequestPause,
    Step,
)

__all__ = [
    "Authority",
    "Copy",
    "ErasureChoice",
    "ErasureLine",
    "Ground",
    "HarmCheck",
    "Item",
    "ItemDecision",
    "ItemKind",
    "LegalHold",
    "Notice",
    "Outcome",
    "Pack",
    "PlaceKind",
    "Question",
    "Redaction",
    "Request",
    "RequestKind",
    "RequestOutcome",
    "RequestPause",
    "RestrictionOrder",
    "SearchedPlace",
    "Statement",
    "Step",
    "Withholding",
]
