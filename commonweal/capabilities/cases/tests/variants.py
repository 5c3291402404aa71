"""Services for tests: the missed collection with another way of dealing with it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from commonweal.capabilities.cases.actions import moving
from commonweal.capabilities.cases.models import Case
from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.conftest import SET_UP
from commonweal.foundations.scope.actors import Staff
from commonweal.foundations.scope.scopes import read_scope

Change = Callable[[dict[str, Any]], None]


def words(english: str) -> dict[str, str]:
    return {"en": english, "cy": english}


def stage(key: str, *, is_final: bool = False, waits: bool = False) -> dict[str, Any]:
    return {
        "key": key,
        "label": words(key.capitalize()),
        "words": words(f"It is {key}."),
        "is_final": is_final,
        "waits": waits,
    }


def move(leaves: str, enters: str, **more: Any) -> dict[str, Any]:
    key = more.pop("key", f"{leaves}_to_{enters}")
    roles = ["case_worker", "team_manager"]
    return {"key": key, "label": words(key), "leaves": leaves, "enters": enters, "roles": roles, **more}


def clock(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "label": words(key), "words": words(f"{key} promised."), "source": "service_standard", **more}


def reason(key: str) -> dict[str, Any]:
    return {"key": key, "label": words(f"because {key}"), "words": words(f"We need longer: {key}.")}


def offer(organisation: int, change: Change) -> None:
    """Offer the missed collection as `change` makes it."""
    declared = yaml.safe_load((Path(settings.SERVICES) / "missed_collection" / "service.yaml").read_text())
    change(declared)
    offer_service(SET_UP, organisation=organisation, declaration=yaml.safe_dump(declared))


def case_of(organisation: int, reference: str) -> Case:
    with read_scope(SET_UP, (organisation,)):
        return Case.objects.get(organisation_id=organisation, reference=reference)


def go(actor: Staff, organisation: int, reference: str, to: str, question: str = "") -> None:
    """The case makes a move, by whoever saw it as it is."""
    case = case_of(organisation, reference)
    moving.move(actor, organisation=organisation, case=case.id, revision=case.revision, to=to, question=question)
