"""The tables of protection, one module per concern. Django finds them here, whichever module is asked for first."""

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
    "Ground",
    "HarmCheck",
    "Item",
    "ItemDecision",
    "ItemKind",
    "Outcome",
    "Pack",
    "PlaceKind",
    "Question",
    "Request",
    "RequestKind",
    "RequestOutcome",
    "RequestPause",
    "SearchedPlace",
    "Step",
    "Withholding",
]
