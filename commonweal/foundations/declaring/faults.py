"""What is wrong with a text that declares something: sentences that name file, line and field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from commonweal.foundations.declaring.yaml_lines import Document, Loc


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


def found_in(value: Any, error: ValidationError) -> Iterable[tuple[Loc, str]]:
    """What the types found wrong with a value that was read, as places in it and sentences."""
    found = error.errors(include_url=False, include_input=False)
    places = [one["loc"] for one in found]
    for one in found:
        loc = tuple(step for step in one["loc"] if step != "[key]")
        if one["type"] == "too_short" and any(len(place) > len(loc) and place[: len(loc)] == loc for place in places):
            continue  # its parts are there, and faulty: they are told
        yield _within(value, loc), _sentence(one)


def fault_at(document: Document, file: str, loc: Loc, sentence: str) -> Fault:
    """A fault at a place of a document."""
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
