"""From the text of a declaration to the declaration, or to sentences that name file, line and field."""

import json
from collections.abc import Iterable
from typing import TypeVar

from pydantic import ValidationError

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.overrides import Overrides
from commonweal.capabilities.catalogue.queries.wording import Declared
from commonweal.capabilities.catalogue.rules.checking import faults_of
from commonweal.capabilities.catalogue.rules.overriding import merge, source_of
from commonweal.foundations.declaring.faults import Fault, fault_at, found_in
from commonweal.foundations.declaring.yaml_lines import Document, Loc, NotReadable, read

OVERRIDES = "overrides.yaml"
"""The name under which faults speak of what a body says differently."""

D = TypeVar("D", bound=Declared)


class DeclarationFaulty(ValueError):
    """The text is no complete declaration; `faults` says why, in the order of the lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.file == OVERRIDES, fault.line, fault.field)))
        super().__init__("\n".join(map(str, self.faults)))


def load(text: str, *, file: str, overrides: str = "") -> Service:
    """The declaration that `text` (YAML) holds, with what `overrides` (YAML) says instead.

    Raises DeclarationFaulty with every fault found; a fault of an override names its line there.
    """
    document = _read(text, file)
    shared = _parse(document, file, Service)
    faults = [fault_at(document, file, loc, sentence) for loc, sentence in faults_of(shared)]
    if faults:
        raise DeclarationFaulty(faults)
    return _override(document, file, overrides) if _says_something(overrides) else shared


def _says_something(text: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines())


def _override(document: Document, file: str, overrides: str) -> Service:
    """The merged declaration, checked like any other; each fault is told where it was written."""
    own = _read(overrides, OVERRIDES)
    merged, replaced, lost = merge(document.value, _parse(own, OVERRIDES, Overrides))
    faults = [fault_at(own, OVERRIDES, one.said_at, one.sentence) for one in lost]

    def told(loc: Loc, sentence: str) -> Fault:
        source = source_of(loc, replaced)
        return fault_at(document, file, loc, sentence) if source is None else fault_at(own, OVERRIDES, source, sentence)

    try:
        service = Service.model_validate_json(json.dumps(merged))
    except ValidationError as error:
        raise DeclarationFaulty([*faults, *(told(*one) for one in found_in(merged, error))]) from None
    faults += [told(*one) for one in faults_of(service)]
    if faults:
        raise DeclarationFaulty(faults)
    return service


def _read(text: str, file: str) -> Document:
    try:
        return read(text)
    except NotReadable as error:
        raise DeclarationFaulty([Fault(file, error.line, "", error.sentence)]) from None


def _parse(document: Document, file: str, declared: type[D]) -> D:
    try:
        return declared.model_validate_json(json.dumps(document.value))
    except ValidationError as error:
        found = found_in(document.value, error)
        raise DeclarationFaulty(fault_at(document, file, loc, sentence) for loc, sentence in found) from None
