"""From the text of a declaration to the declaration, or to sentences that name file, line and field."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.overrides import Overrides
from commonweal.capabilities.catalogue.queries.wording import Declared
from commonweal.capabilities.catalogue.rules.checking import faults_of
from commonweal.capabilities.catalogue.rules.overriding import merge, source_of
from commonweal.capabilities.catalogue.rules.yaml_lines import Document, Loc, NotReadable, read

OVERRIDES = "overrides.yaml"
"""The name under which faults speak of what a body says differently."""

D = TypeVar("D", bound=Declared)


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a declaration: where, in which field, and what."""

    file: str
    line: int
    field: str
    sentence: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}"
        return f"{place}, {self.field}: {self.sentence}" if self.field else f"{place}: {self.sentence}"


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
    faults = [_fault(document, file, loc, sentence) for loc, sentence in faults_of(shared)]
    if faults:
        raise DeclarationFaulty(faults)
    return _override(document, file, overrides) if _says_something(overrides) else shared


def _says_something(text: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines())


def _override(document: Document, file: str, overrides: str) -> Service:
    """The merged declaration, checked like any other; each fault is told where it was written."""
    own = _read(overrides, OVERRIDES)
    merged, replaced, lost = merge(document.value, _parse(own, OVERRIDES, Overrides))
    faults = [_fault(own, OVERRIDES, one.said_at, one.sentence) for one in lost]

    def told(loc: Loc, sentence: str) -> Fault:
        source = source_of(loc, replaced)
        return _fault(document, file, loc, sentence) if source is None else _fault(own, OVERRIDES, source, sentence)

    try:
        service = Service.model_validate_json(json.dumps(merged))
    except ValidationError as error:
        raise DeclarationFaulty([*faults, *(told(*one) for one in _found(merged, error))]) from None
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
        found = _found(document.value, error)
        raise DeclarationFaulty(_fault(document, file, loc, sentence) for loc, sentence in found) from None


def _found(value: Any, error: ValidationError) -> Iterable[tuple[Loc, str]]:
    found = error.errors(include_url=False, include_input=False)
    places = [one["loc"] for one in found]
    for one in found:
        loc = tuple(step for step in one["loc"] if step != "[key]")
        if one["type"] == "too_short" and any(len(place) > len(loc) and place[: len(loc)] == loc for place in places):
            continue  # its parts are there, and faulty: they are told
        yield _within(value, loc), _sentence(one)


def _fault(document: Document, file: str, loc: Loc, sentence: str) -> Fault:
    return Fault(file, document.line_of(loc), name_of(loc), sentence)


def name_of(loc: Loc) -> str:
    """A place as people write it: pages[0].questions[1].label.cy."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc).lstrip(".")


def _within(value: Any, loc: Loc) -> Loc:
    """The place without the steps that pydantic adds and the text has not; a missing field stays the last one."""
    kept: list[str | int] = []
    for step in loc:
        inside = value.get(step) if isinstance(value, dict) else _item(value, step)
        if inside is None and not (isinstance(value, dict) and isinstance(step, str)):
            continue
        kept.append(step)
        value = inside
    return tuple(kept)


def _item(value: Any, step: str | int) -> Any:
    return value[step] if isinstance(value, list) and isinstance(step, int) and step < len(value) else None


def _sentence(error: Mapping[str, Any]) -> str:
    context = error.get("ctx") or {}
    template = _SENTENCES.get(error["type"])
    if template is None:
        return f"{error['msg']}."
    return template.format(**context)


_SENTENCES = {
    "missing": "This field is missing.",
    "extra_forbidden": "A declaration has no such field.",
    "enum": "This must be {expected}.",
    "literal_error": "This must be {expected}.",
    "string_type": "This must be words.",
    "string_too_long": "This must be {max_length} characters or fewer.",
    "string_too_short": "This must not be empty.",
    "string_pattern_mismatch": "This is empty, or not written as it must be (pattern {pattern}).",
    "int_type": "This must be a whole number.",
    "int_parsing": "This must be a whole number.",
    "greater_than_equal": "This must be {ge} or more.",
    "less_than_equal": "This must be {le} or less.",
    "bool_type": "This must be true or false.",
    "too_short": "This must have at least {min_length}.",
    "tuple_type": "This must be a list.",
    "dict_type": "This must have fields of its own.",
    "value_error": "{error}.",
    "model_type": "This must have fields of its own.",
    "model_attributes_type": "This must have fields of its own.",
}
