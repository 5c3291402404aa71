"""Rule 9: what front ends and other capabilities call of a capability is an action or a query, which knows who asks."""

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path

from commonweal.foundations.actions.action import ACTIONS
from commonweal.foundations.actions.query import QUERIES
from tests.keepers.imports import ROOT

CAPABILITIES = "commonweal.capabilities."
ALIKE_FOR_ALL = {
    "commonweal.capabilities.catalogue.queries.examples.example_day",
    "commonweal.capabilities.catalogue.actions.check_declaration",
    "commonweal.capabilities.catalogue.queries.needing.kept_too_long",
    "commonweal.capabilities.catalogue.queries.conditions.kinds_of_case",
    "commonweal.capabilities.catalogue.queries.conditions.kinds_of_pages",
    "commonweal.capabilities.catalogue.queries.wording.slug_of",
    "commonweal.capabilities.forms.queries.asking.parse_answer",
    "commonweal.capabilities.forms.queries.asking.reckoned_answers",
    "commonweal.capabilities.forms.queries.asking.reckoned_of",
    "commonweal.capabilities.forms.queries.asking.told_of",
    "commonweal.capabilities.forms.queries.asking.typed_of",
    "commonweal.capabilities.forms.queries.submitting.may_open",
    "commonweal.capabilities.identity.queries.colleagues.roles",
    "commonweal.capabilities.people.queries.choices.dangers",
    "commonweal.capabilities.people.queries.choices.told",
    "commonweal.capabilities.protection.queries.choices.clarifications",
    "commonweal.capabilities.protection.queries.choices.extensions",
    "commonweal.capabilities.protection.queries.choices.fees",
    "commonweal.capabilities.protection.queries.choices.refusals",
    "commonweal.capabilities.protection.queries.copy_schema.schema",
}
"""Reviewed: what is alike in every organisation and for everybody needs no actor."""


def faults() -> Iterator[str]:
    """Each use of a function that is neither."""
    for path, full in outside_uses():
        if full not in ALIKE_FOR_ALL and is_neither(full):
            yield f"{path} uses {full}, which is neither an action nor a query: it does not know who asks."


def is_neither(full: str) -> bool:
    """Whether this is a function that is no action and no query."""
    thing = _thing(full)
    return inspect.isfunction(thing) and all(thing is not known for known in (*ACTIONS.values(), *QUERIES.values()))


def functions_used_from(path: Path) -> Iterator[str]:
    """The full names of what a file uses of capabilities: imported by name, or reached through an imported module."""
    tree = ast.parse(path.read_text())
    modules: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("commonweal.capabilities"):
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                modules[alias.asname or alias.name] = full
                yield full
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            yield f"{modules[node.value.id]}.{node.attr}"


def _thing(full: str) -> object:
    module, _dot, name = full.rpartition(".")
    try:
        return getattr(importlib.import_module(module), name, None)
    except ModuleNotFoundError:
        return None


def outside_uses() -> Iterator[tuple[str, str]]:
    """(file, full name) of each use of a capability's function by another capability or by a front end."""
    for folder in ("capabilities", "frontends", "config"):
        for path in sorted((ROOT / "commonweal" / folder).rglob("*.py")):
            if "tests" in path.parts or "migrations" in path.parts:
                continue
            own = (
                f"{CAPABILITIES}{path.parts[path.parts.index('capabilities') + 1]}."
                if folder == "capabilities"
                else "-"
            )
            for full in functions_used_from(path):
                if not full.startswith(own):
                    yield str(path.relative_to(ROOT)), full
