"""The documents made from the code: what happens, what is held about people, who may do what, what can be set."""

import ast
import dataclasses
import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, get_args, get_type_hints
from uuid import UUID

from django.utils import translation

from commonweal.capabilities.identity.queries import colleagues
from commonweal.foundations.actions.action import ACTIONS
from commonweal.foundations.actions.query import QUERIES
from commonweal.foundations.events.event import HANDLERS, Event, name_of
from commonweal.foundations.personal_data.purposes import PURPOSES
from commonweal.foundations.personal_data.registry import holdings, online_identifiers, reviewed_tables
from commonweal.foundations.personal_data.schedules import rules
from commonweal.frontends.cli.declarations import describe_declaration
from commonweal.frontends.cli.installation import ROOT

_INTRODUCTION = "Made by `make docs`: change what it is made from, then make it again."
_KINDS = {
    "text": "text",
    "flag": "1 or 0",
    "number": "number",
    "folder": "path",
    "words": "list",
    "database": "address",
}
_KINDS_OF_CODES: dict[type, str] = {
    UUID: "id",
    int: "number",
    str: "code",
    bool: "yes or no",
    date: "date",
    type(None): "nothing",
}

Row = tuple[object, ...]


def generate() -> dict[str, str]:
    """The text of every document by its file name; the same code gives the same text. Needs no database."""
    with translation.override("en"):
        return {
            "declaration.md": _document("A service's declaration", describe_declaration()),
            "events.md": _document("Events", _describe_events()),
            "permissions.md": _document("Permissions", _describe_permissions()),
            "personal-data.md": _document("Personal data", _describe_personal_data()),
            "settings.md": _document("Settings", _describe_settings()),
        }


def read_names() -> dict[str, tuple[str, str]]:
    """The environment variables that the settings read, each with its kind and its default as written."""
    source = (ROOT / "commonweal" / "config" / "settings.py").read_text()
    calls = [
        (node.func.attr, node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _KINDS
    ]
    return {
        str(call.args[0].value): (_KINDS[kind], _default(call, source))
        for kind, call in calls
        if call.args and isinstance(call.args[0], ast.Constant)
    }


def explained_names() -> dict[str, str]:
    """The variables of `.env.example`, each with the words above it."""
    found: dict[str, str] = {}
    for block in (ROOT / ".env.example").read_text().split("\n\n"):
        words = " ".join(line[2:].strip() for line in block.splitlines() if line.startswith("# "))
        found.update(dict.fromkeys(re.findall(r"^#?([A-Z][A-Z_]+)=", block, re.MULTILINE), words))
    return found


def _describe_events() -> Iterator[str]:
    yield "What capabilities tell those above them. Each holds ids and codes only, and reaches each handler once.\n"
    kinds = {name: kind for name, kind in Event.REGISTERED.items() if kind.__module__.startswith("commonweal.")}
    yield from _table(
        ("event", "what happened", "holds", "handled by"),
        (
            (f"`{name}`", _sentence(kind), ", ".join(_fields(kind)), ", ".join(_handlers(name)) or "nobody yet")
            for name, kind in sorted(kinds.items())
        ),
    )


def _describe_permissions() -> Iterator[str]:
    yield "Staff open personal data only for the purposes of their roles, trained and with a second factor.\n"
    yield "## Roles\n"
    yield from _table(
        ("role", "may read for", "decides purposes or means"),
        (
            (f"`{role.code}`", _codes(role.purposes) or "nothing", "yes" if role.decides_means else "no")
            for role in colleagues.roles()
        ),
    )
    yield "\nNobody is data protection officer in a role that decides purposes or means (UK GDPR Article 38(6)).\n"
    yield "## Purposes\n"
    yield from _table(
        ("purpose", "what the person reads: your information was opened"),
        ((f"`{purpose.code}`", purpose.words) for purpose in PURPOSES.values()),
    )
    yield "\n## Actions\n"
    yield from _describe_functions(ACTIONS)
    yield "\n## Queries\n"
    yield from _describe_functions(QUERIES)


def _describe_functions(functions: dict[str, Callable[..., Any]]) -> Iterator[str]:
    ours = sorted((name, run) for name, run in functions.items() if run.__module__.startswith("commonweal."))
    rows = ((f"`{name}`", _sentence(run), _purpose(run)) for name, run in ours)
    yield from _table(("name", "what it does", "opens for"), rows)


def _describe_personal_data() -> Iterator[str]:
    yield "Every field that says something about a person, as declared beside it.\n"
    yield from _table(
        ("field", "category", "DPV", "fideslang", "why", "whose", "kept", "sealed", "found by"),
        (
            (f"`{one.place}`", one.category, *one.terms, one.why, f"`{one.subject}`", f"`{one.keeps}`",
             "yes" if one.is_sealed else "no", one.is_found_by)
            for one in sorted(holdings(), key=lambda one: one.place)
        ),
    )  # fmt: skip
    yield "\n## Tables of third-party packages\n"
    yield from _table(
        ("table", "holds", "exported", "erased", "kept"),
        (
            (f"`{table}`", review.holds, review.exported, review.erased, review.keeps)
            for table, review in sorted(reviewed_tables().items())
        ),
    )
    yield "\n## Online identifiers\n"
    yield "Addresses, sessions and the like, wherever they lie. A sweep of the worker keeps to each period.\n"
    yield from _table(
        ("what", "where", "holds", "category", "why", "whose", "kept"),
        (
            (f"`{name}`", one.where, one.holds, one.category, one.why, f"`{one.subject}`", f"`{one.keeps}`")
            for name, one in sorted(online_identifiers().items())
        ),
    )
    yield "\n## Retention\n"
    yield from _table(
        ("rule", "nation", "words", "starts", "months", "days", "basis", "reason", "reviewed by"),
        (
            (f"`{name}`", nation, rule.words, rule.starts, rule.months, rule.days, rule.basis, rule.reason,
             rule.reviewed_by)
            for name, nations in sorted(rules().items())
            for nation, rule in sorted(nations.items())
        ),
    )  # fmt: skip


def _describe_settings() -> Iterator[str]:
    yield "Environment variables. `make run` needs none; `.env.example` shows how each is written.\n"
    read, explained = read_names(), explained_names()
    yield from _table(
        ("variable", "what it is", "kind", "when not set"),
        (
            (f"`{name}`", explained.get(name, ""), *read.get(name, ("text", "")))
            for name in sorted(read.keys() | explained.keys())
        ),
    )


def _document(title: str, lines: Iterable[str]) -> str:
    return "\n".join([f"# {title}\n", f"{_INTRODUCTION}\n", *lines]) + "\n"


def _table(heads: tuple[str, ...], rows: Iterable[Row]) -> Iterator[str]:
    yield _line(heads)
    yield _line(("---",) * len(heads))
    yield from (_line(row) for row in rows)


def _line(cells: Row) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _sentence(thing: object) -> str:
    text = " ".join((inspect.getdoc(thing) or "").split())
    return re.split(r"(?<=[.;]) ", text)[0].rstrip(".;")


def _fields(kind: type[Event]) -> Iterator[str]:
    types = get_type_hints(kind)
    for part in dataclasses.fields(kind):
        kinds = get_args(types[part.name]) or (types[part.name],)
        yield f"{part.name} ({' or '.join(_KINDS_OF_CODES[kind] for kind in kinds)})"


def _handlers(name: str) -> list[str]:
    return [f"`{name_of(handler)}`" for handler in HANDLERS.get(name, ())]


def _purpose(run: Callable[..., Any]) -> str:
    opens = inspect.getclosurevars(run).nonlocals.get("opens")
    return "" if opens is None else f"`{opens.code}`"


def _codes(codes: Iterable[str]) -> str:
    return ", ".join(f"`{code}`" for code in sorted(codes))


def _default(call: ast.Call, source: str) -> str:
    given = [*call.args[1:2], *(keyword.value for keyword in call.keywords if keyword.arg == "default")]
    return f"`{ast.get_source_segment(source, given[0])}`" if given else ""
