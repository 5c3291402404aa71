"""Scopes: transactions in which the organisation is set, so that row-level security knows whose rows these are.

`write_scope` is for one organisation, `read_scope` for one or several (a shared data protection officer). Outside a
scope the database raises: the policies read the setting without a default. Nothing here is for front ends: actions,
queries and readings open scopes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import connection, transaction

from commonweal.foundations.scope.actors import Actor

PLATFORM = 0
"""The organisation that runs the platform: changes that belong to no council are made in its scope."""


class Kind(StrEnum):
    WRITE = "write"
    READ = "read"
    READING = "reading"


class ScopeError(RuntimeError):
    """The code asked for a scope it may not have here: a defect, never a person's mistake."""


@dataclass
class Frame:
    """One running action within a scope."""

    action: str
    is_recorded: bool = False


@dataclass
class Scope:
    """The open transaction: who acts, for which organisations, and what will be written at its end."""

    kind: Kind
    actor: Actor
    organisations: tuple[int, ...]
    frames: list[Frame] = field(default_factory=list)
    entries: list[Any] = field(default_factory=list)
    events: list[Any] = field(default_factory=list)
    is_broken: bool = False
    """An action in it failed: nothing of it is committed."""
    memory: dict[Any, Any] = field(default_factory=dict)
    """What is remembered for the length of the transaction (unwrapped keys), never longer."""

    @property
    def organisation(self) -> int:
        if len(self.organisations) != 1:
            raise ScopeError("This needs a scope of exactly one organisation.")
        return self.organisations[0]


_current: ContextVar[Scope | None] = ContextVar("commonweal_scope", default=None)


def current_scope() -> Scope:
    """The open scope. Raises ScopeError when there is none."""
    scope = _current.get()
    if scope is None:
        raise ScopeError("No scope is open: call an action or a query.")
    return scope


def open_scope_or_none() -> Scope | None:
    return _current.get()


@contextmanager
def write_scope(actor: Actor, organisation: int) -> Iterator[Scope]:
    """Open, or join, the transaction in which one organisation's rows may change."""
    outer = _current.get()
    if outer is None:
        with _open(Scope(Kind.WRITE, actor, (organisation,))) as scope:
            yield scope
        return
    if outer.kind is not Kind.WRITE:
        raise ScopeError("An action cannot run inside a query or a reading.")
    if outer.organisations != (organisation,) or outer.actor != actor:
        raise ScopeError("An action inside another joins its organisation and actor.")
    yield outer


@contextmanager
def read_scope(actor: Actor, organisations: tuple[int, ...]) -> Iterator[Scope]:
    """Open, or join, the transaction in which these organisations' rows may be read."""
    outer = _current.get()
    if outer is None:
        with _open(Scope(Kind.READ, actor, organisations)) as scope:
            yield scope
        return
    if not set(organisations) <= set(outer.organisations):
        raise ScopeError("A query inside a scope stays within its organisations.")
    yield outer


@contextmanager
def reading_scope(actor: Actor, organisation: int) -> Iterator[Scope]:
    """Open the transaction of a reading, which is never nested: its trace must survive whatever happens around it."""
    if _current.get() is not None:
        raise ScopeError("A reading has a transaction of its own: it cannot be opened inside another scope.")
    with _open(Scope(Kind.READING, actor, (organisation,))) as scope:
        yield scope


@contextmanager
def _open(scope: Scope) -> Iterator[Scope]:
    written = str(scope.organisation) if scope.kind is Kind.WRITE else ""
    readable = "{" + ",".join(str(organisation) for organisation in scope.organisations) + "}"
    with transaction.atomic(durable=True):
        _set(written, readable)
        token = _current.set(scope)
        try:
            yield scope
        finally:
            _current.reset(token)
        if connection.savepoint_ids or len(connection.atomic_blocks) > 1:
            # Only inside a test's transaction: a released savepoint would keep the inner values.
            _set("", "")


def _set(written: str, readable: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('commonweal.organisation', %s, true), set_config('commonweal.organisations', %s, true)",
            [written, readable],
        )
