"""What a designer typed, looked through. Pure."""

import re

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.rules.loading import OVERRIDES, DeclarationFaulty, load
from commonweal.foundations.declaring.faults import Fault

FILE = "service.yaml"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,47}")


def is_name(text: str) -> bool:
    """Whether a service may be called so: lower case letters, digits and underscores."""
    return _NAME.fullmatch(text) is not None


def load_draft(name: str, text: str, overrides: str) -> Service:
    """What a draft of this service declares. Raises DeclarationFaulty."""
    service = load(text, file=FILE, overrides=overrides)
    if service.name != name:
        raise DeclarationFaulty([Fault(FILE, 1, "name", f"This is a draft of {name}: its name stays.")])
    return service


def look_through(name: str, text: str, overrides: str) -> tuple[Service | None, list[dict[str, object]]]:
    """What a draft declares, or what is wrong with it, in the form in which that is kept."""
    try:
        return load_draft(name, text, overrides), []
    except DeclarationFaulty as faulty:
        return None, [
            {"is_override": one.file == OVERRIDES, "line": one.line, "field": one.field, "sentence": one.sentence}
            for one in faulty.faults
        ]
