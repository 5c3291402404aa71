"""What may stand in a service's declaration, written from its types."""

import inspect
import types
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from commonweal.capabilities.catalogue.queries.conditions import ALWAYS
from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.wording import Bilingual, Declared

Part = type[Declared]


def describe_declaration() -> Iterator[str]:
    """A heading for each part, with its words and its fields, in the order in which they are met."""
    yield "One service is one value of these types, written as YAML in `services/NAME/service.yaml`.\n"
    names = ", ".join(f"`{name}`" for name in ALWAYS)
    yield f"Conditions and amounts are CEL over `answers.KEY`, `facts.KEY`, and {names}.\n"
    for part in _parts(Service):
        yield f"## {part.__name__}\n"
        yield f"{inspect.getdoc(part)}\n"
        yield "| field | holds | |"
        yield "|---|---|---|"
        for name, field in part.model_fields.items():
            yield f"| `{name}` | {_told(field.annotation)} | {_needed(field)} |"
        yield ""


def _parts(first: Part) -> list[Part]:
    found, waiting = list[Part](), [first]
    while waiting:
        part = waiting.pop(0)
        if part not in found and part is not Bilingual:
            found.append(part)
            waiting += [inner for field in part.model_fields.values() for inner in _named(field.annotation)]
    return found


def _named(kind: Any) -> Iterator[Part]:
    if isinstance(kind, type) and issubclass(kind, Declared):
        yield kind
    for inner in get_args(kind):
        yield from _named(inner)


def _told(kind: Any) -> str:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _told(inner[0])
    if origin in {Union, types.UnionType}:
        return " or ".join(_told(each) for each in inner if each is not type(None))
    if origin is tuple:
        return f"list of {_told(inner[0])}"
    if origin is dict:
        return f"{_told(inner[0])} → {_told(inner[1])}"
    if origin is Literal:
        return ", ".join(f"`{each}`" for each in inner)
    return _told_plainly(kind)


def _told_plainly(kind: Any) -> str:
    if kind is Bilingual:
        return "words in English and Welsh"
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return ", ".join(f"`{each.value}`" for each in kind)
    if isinstance(kind, type) and issubclass(kind, Declared):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    return {str: "text", int: "whole number", bool: "true or false"}[kind]


def _needed(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    empty = field.default in (None, "", (), {})
    return "" if empty else f"else `{getattr(field.default, 'value', field.default)}`"
